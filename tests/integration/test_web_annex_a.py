"""The lists of an area SEND inspection, from live records.

Headings and codes are those that Data to Insight's public tools read and write (annex-a-sen-validator-be; SSD script for lists 1
and 2, November 2024); the inspectorates' own template was not seen, and the files say so.
"""

from __future__ import annotations

import csv
import io
import runpy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from rightplace.web.accounts.models import Organisation
from rightplace.web.annex_a.columns import ethnicity, need
from rightplace.web.audit.models import Entry
from rightplace.web.placement.stays import begin
from rightplace.web.return_items.form import ItemsForm
from rightplace.web.return_items.save import save

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
HEADINGS = """Unique ID|UPN|ULN|Date of birth|Gender|Ethnicity|Date initial EHC plan issued|Date updated EHC plan issued
|Date EHC plan last reviewed|SEN primary need|Main education establishment – URN|Main education establishment – phase
|Subsidiary education establishment – phase (dual registration)|Elective home education|Suspensions|Permanent exclusions
|Absence|Pupil Premium|Known to children's social care?|Which children's social care team?
|Does the child or young person have a disability?""".replace("\n", "").split("|")
LATER = (
    ("2026-01-12", "review_meeting_held"),
    ("2026-02-02", "review_decided", {"outcome": "A"}),
    ("2026-02-02", "amendment_notice_sent"),
    ("2026-03-16", "amended_plan_issued"),
)


@pytest.fixture
def area(db: None) -> Any:
    made = _PEOPLE["area"]()
    officer = made.people["case_officer"]
    values = dict.fromkeys((name for name in ItemsForm().fields if name not in ("key", "version")), "")
    values |= {"sex": "F", "ethnicity": "WENG", "need": "DS", "upn": "", "uln": ""}
    save(made.one, values, seen=0, by=officer, key="a")
    Organisation.objects.filter(pk=made.school.pk).update(setting_kind="special_state")
    stay = {"other": "", "sen_unit": False, "resourced": False, "residential": "", "work_based": ""}
    begin(
        made.one,
        stay | {"rank": "1", "setting": made.school.pk, "kind": "", "entry": _PEOPLE["day"]("2024-09-03"), "key": "1"},
        by=officer,
    )
    begin(
        made.other,
        stay | {"rank": "1", "setting": "", "kind": "EHE", "entry": _PEOPLE["day"]("2024-09-03"), "key": "2"},
        by=officer,
    )
    for when, kind, *facts in LATER:
        _PEOPLE["record"](made.one, _event(kind, when, *facts), by=officer, version=made.one.version)
        made.one.refresh_from_db()
    _PEOPLE["make_case"](officer, ("2026-01-05", "request_received"), forename="Cy")
    return made


def _event(kind: str, when: str, facts: dict[str, Any] | None = None) -> Any:
    from rightplace.vocabulary.codes import ReviewOutcome

    named = {"outcome": ReviewOutcome(facts["outcome"])} if facts else {}
    return _PEOPLE["EVENTS"][kind](day=_PEOPLE["day"](when), **named)


@pytest.fixture
def manager(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["team_manager"])


def _take(client: Any, kind: str) -> Any:
    return client.post(reverse("annex_a_file"), {"file": kind})


def test_list_1_has_everyone_with_a_plan_in_the_words_of_the_list(area: Any, manager: Any) -> None:
    response = _take(manager, "1")
    assert response["Content-Disposition"].startswith('attachment; filename="annex-a-')
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert list(rows[0]) == HEADINGS
    assert [row["Unique ID"] for row in rows] == [area.one.reference, area.other.reference], "a request is not a plan"
    one, other = rows
    assert (one["Date of birth"], one["Gender"], one["Ethnicity"]) == ("02/05/2014", "b) Female", "a) WBRI")
    assert one["SEN primary need"] == "l) OTH"
    assert (one["Date initial EHC plan issued"], one["Date updated EHC plan issued"]) == ("19/05/2025", "16/03/2026")
    assert one["Date EHC plan last reviewed"] == "12/01/2026"
    assert (one["Main education establishment – URN"], one["Main education establishment – phase"]) == (
        "900001", "g) Special",
    )  # fmt: skip
    assert (one["Elective home education"], other["Elective home education"]) == ("b) No", "a) Yes")
    assert other["Gender"] == "c) Not known"
    assert {one[name] for name in HEADINGS[14:]} == {""}, "what is not held is blank, and neither 0 nor No"
    assert Entry.objects.filter(action="export", words__contains="list 1: 2 people").count() == 1


def test_the_workbook_has_notes_that_say_what_is_unverified(area: Any, manager: Any) -> None:
    """Read by openpyxl, a reader of its own."""
    book = openpyxl.load_workbook(io.BytesIO(_take(manager, "workbook").content))
    assert book.sheetnames == ["Notes", "List_1", "List_2"]
    said = " ".join(str(cell.value) for (cell,) in book["Notes"].iter_rows())
    assert "UNVERIFIED" in said
    assert "Suspensions" in said
    assert [cell.value for cell in book["List_1"][1]] == HEADINGS
    assert book["List_1"].max_row == 3
    assert [cell.value for cell in book["List_2"][1]] == [
        name for name in HEADINGS if "EHC" not in name and "Elective" not in name
    ]


def test_a_name_of_a_thing_that_looks_like_a_formula_is_made_plain(area: Any, manager: Any) -> None:
    """OWASP on CSV injection."""
    from rightplace.web.cases.models import Person

    Person.objects.filter(pk=area.one.person_id).update(upn="=1+1")
    rows = list(csv.DictReader(io.StringIO(_take(manager, "1").content.decode("utf-8-sig"))))
    assert rows[0]["UPN"] == "'=1+1"


def test_codes_are_those_of_the_list() -> None:
    """The 21 main codes and 12 needs of the public script, with their letters."""
    assert [ethnicity(code) for code in ("WBRI", "CHNE", "REFU", "NOBT", "", "ZZZZ")] == [
        "a) WBRI", "q) CHNE", "s) REFU", "t) NOBT", "u) UNKNOWN", "u) UNKNOWN",
    ]  # fmt: skip
    assert [need(code) for code in ("SPLD", "ASD", "OTH", "DS", "")] == ["a) SPLD", "k) ASD", "l) OTH", "l) OTH", ""]


def test_the_page_counts_what_is_missing(area: Any, manager: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(20):
        page = whole(manager.get(reverse("annex_a"), {"gaps": "1"}))
    assert "SEN primary need: 1 row has none" in page
    assert "UPN or ULN: 2 rows have none" in page
    whole(manager.get(reverse("annex_a")))
    assert _take(manager, "3")["Location"] == reverse("annex_a"), "a file that is not offered"
