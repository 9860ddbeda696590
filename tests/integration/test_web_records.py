"""Whole records: all that is held of a person in one file, and a record removed with the log left whole."""

from __future__ import annotations

import csv
import io
import runpy
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.advice.models import Chaser, Request
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, CaseEvent, CaseExemption, Document, Message, Person
from rightplace.web.documents.models import Sharing
from rightplace.web.exemptions.models import Withdrawal
from rightplace.web.records import retention
from rightplace.web.records.models import Removal
from rightplace.web.records.remove import remove

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
PARSER = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
LONG_AGO = (
    ("2014-10-06", "request_received"),
    ("2014-11-03", "assessment_refused"),
)


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    for made in _PEOPLE["kept_area"](django_db_blocker):
        made.people["second"] = _PEOPLE["person"]("team_manager", name="second")
        yield made


@pytest.fixture
def area(kept: Any, db: None) -> Any:
    return kept


def _fill(case: Case) -> Document:
    """Something in a case from several subjects."""
    asked = Request.objects.create(case=case, adviser="health", asked_of="Dr Who", asked_on=clock.today(), event=1)
    Chaser.objects.create(request=asked, day=clock.today(), how="By letter", recorded_by="x", recorded_at=clock.now())
    Message.objects.create(case=case, from_family=True, sender="Mum", text="=1+1", sent_at=clock.now())
    excuse = CaseExemption.objects.create(
        case=case, deadline="final_plan", ground="away", starts=clock.today(), ends=clock.today(), evidence="x",
        decided_by="x", recorded_by="x", recorded_at=clock.now(),
    )  # fmt: skip
    Withdrawal.objects.create(exemption=excuse, reason="x", recorded_by="x", recorded_at=clock.now())
    document = Document.objects.create(
        case=case, title="Report", name="report.pdf", kind="application/pdf", size=3, sha256="0" * 64,
        file=ContentFile(b"abc", name="x"), added_by="x", added_at=clock.now(),
    )  # fmt: skip
    Sharing.objects.create(document=document, of_family=True)
    return document


def _page(client: Any, name: str, *values: Any) -> str:
    response = client.get(reverse(name, args=values))
    assert response.status_code == 200
    text = response.content.decode()
    PARSER.parse(text)
    return text


def test_the_file_holds_everything_that_every_subject_keeps_of_the_case(
    area: Any, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    _fill(area.one)
    client = _PEOPLE["signed_in"](area.people["team_manager"])
    _page(client, "record_export", area.one.reference)
    response = client.post(reverse("record_export", args=[area.one.reference]))
    held = zipfile.ZipFile(io.BytesIO(response.content))
    rows = {
        name: list(csv.DictReader(io.StringIO(held.read(name).decode())))
        for name in held.namelist()
        if name.endswith(".csv")
    }
    assert [row["day"] for row in rows["events.csv"]] == [
        "6 January 2025",
        "10 February 2025",
        "14 April 2025",
        "19 May 2025",
    ]
    assert rows["person.csv"][0]["forename"] == "Ada"
    assert rows["advice_chaser.csv"][0]["how"] == "By letter"
    assert rows["cases_message.csv"][0]["text"] == "'=1+1"
    assert len(rows["access.csv"]) == Entry.objects.filter(case=area.one.reference).count()
    assert any(name.startswith("documents/") and held.read(name) == b"abc" for name in held.namelist())
    assert Entry.objects.filter(action="export", case=area.one.reference).count() == 1
    assert "Ben" not in "".join(held.read(name).decode("utf-8", "replace") for name in held.namelist())


def test_a_record_is_kept_until_the_day_before_the_birthday() -> None:
    """An age is reached at the start of the birthday: Family Law Reform Act 1969, section 9(1)."""
    years = retention.years()
    assert retention.until(date(1990, 5, 2)) == date(1990 + years, 5, 1)
    assert retention.until(date(1992, 2, 29)) == date(1992 + years, 2, 27)


def _old(area: Any) -> Case:
    born = clock.today().replace(day=1) - timedelta(days=366 * (retention.years() + 1))
    case = _PEOPLE["make_case"](area.people["case_officer"], *LONG_AGO, forename="Olga", born=born.isoformat())
    Case.objects.filter(pk=case.pk).update(ended=True)
    case.refresh_from_db()
    return case


def test_only_ended_cases_whose_time_is_up_are_listed(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    assert "There are none." in _page(client, "records_kept")
    case = _old(area)
    assert case.reference in _page(client, "records_kept")
    assert area.one.reference not in _page(client, "records_kept")
    Case.objects.filter(pk=case.pk).update(ended=False)
    assert "There are none." in _page(client, "records_kept")


def test_two_people_remove_a_record_and_the_log_stays_whole(
    area: Any, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = _old(area)
    document = _fill(case)
    person, reference, file = case.person_id, case.reference, Path(document.file.path)
    assert verify().broken == ()
    first, second = (_PEOPLE["signed_in"](area.people[name]) for name in ("team_manager", "second"))
    _page(first, "record_propose", reference)
    first.post(reverse("record_propose", args=[reference]), {"key": "k", "version": 0, "reason": "Its time is up."})
    assert first.get(reverse("record_remove", args=[reference])).status_code == 403
    assert "Its time is up." in _page(second, "record_remove", reference)
    before = Entry.objects.filter(case=reference).count()
    with django_capture_on_commit_callbacks(execute=True):
        assert second.post(reverse("record_remove", args=[reference])).status_code == 302
    assert not Case.objects.filter(reference=reference).exists()
    assert not Person.objects.filter(pk=person).exists()
    assert not CaseEvent.objects.filter(case_id=case.pk).exists()
    assert not any(model.objects.exists() for model in (Chaser, CaseExemption, Withdrawal, Sharing))
    assert not file.exists()
    assert Entry.objects.filter(case=reference).count() == before + 1
    assert verify().broken == ()
    assert Removal.objects.get().removed_by == str(area.people["second"])
    assert Case.objects.filter(reference=area.one.reference).exists()


def test_a_record_of_a_load_is_removed_and_the_rest_of_the_load_still_vouched_for(area: Any) -> None:
    """An event of what is left that is changed afterwards is still found."""
    from django.db import connection

    from rightplace.web.audit import log
    from rightplace.web.audit.seal import seal_of_many
    from rightplace.web.cases.store.record import new_row

    case = _old(area)
    other = _PEOPLE["make_case"](area.people["case_officer"], *LONG_AGO, forename="Petra")
    rows = []
    for one in (case, other):
        last = one.events.order_by("-number")[0]
        row = new_row(one, last, kind="struck_out", day=clock.today(), facts={"number": 9}, by="x", source="A load")
        row.save()
        rows.append(row)
    log.add(who="x", action="load", words="Loaded.", seals=seal_of_many(row.seal for row in rows))
    assert verify().broken == ()
    Removal.objects.create(reference=case.reference, reason="r", proposed_by="y", proposer=0, proposed_at=clock.now())
    remove(case, by=area.people["second"])
    assert verify().broken == ()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caseevent SET day = '2020-01-01' WHERE id = %s", [rows[1].pk])
    assert verify().broken


def test_a_record_whose_time_is_not_up_is_never_removed(area: Any) -> None:
    Removal.objects.create(
        reference=area.one.reference, reason="r", proposed_by="y", proposer=0, proposed_at=clock.now()
    )
    with pytest.raises(RefusedError):
        remove(area.one, by=area.people["team_manager"])
    client = _PEOPLE["signed_in"](area.people["team_manager"])
    for name in ("record_propose", "record_remove"):
        assert client.post(reverse(name, args=[area.one.reference])).status_code == 403


def test_each_night_every_case_is_worked_out_anew(area: Any, capsys: Any) -> None:
    """Columns that no longer follow from the events are put right, and the deadlines are those of the new day."""
    case = area.one
    before = (case.stage, case.plan_state, case.next_due, case.holders)
    rules = sorted(case.open_deadlines.values_list("rule", flat=True))
    Case.objects.filter(pk=case.pk).update(stage="wrong", plan_state="", next_due=None, holders="")
    case.open_deadlines.all().delete()
    call_command("nightly")
    case.refresh_from_db()
    assert (case.stage, case.plan_state, case.next_due, case.holders) == before
    assert sorted(case.open_deadlines.values_list("rule", flat=True)) == rules
    assert rules
    assert f"{Case.objects.count():,} cases were worked out anew" in capsys.readouterr().out
    assert Entry.objects.order_by("-number")[0].action == "nightly"
