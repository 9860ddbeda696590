"""Requests however they come, caseloads in counts, and handing over.

The limits are those of the law: six weeks from the day of receipt (SEND Regulations 2014, regulation 5(1)); six weeks from
Monday 2 March 2026, counted on a calendar, is Monday 13 April 2026.
"""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.caseload.load import loads
from rightplace.web.caseload.models import Handover
from rightplace.web.cases.models import Case, OpenDeadline, Person
from rightplace.web.intake.models import Intake

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
REQUEST = {
    "key": "r1", "version": "0", "forename": "Eve", "surname": "Lane", "born_day": "3", "born_month": "6",
    "born_year": "2018", "postcode": "zz1 1aa", "upn": "", "setting": "", "source": "1", "asked_by": "Jo Lane",
    "reach": "01632 960 002", "how": "letter", "received_day": "2", "received_month": "3", "received_year": "2026",
    "reason": "She is not learning to read.", "officer": "", "different": "",
}  # fmt: skip


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def test_a_request_on_paper_opens_a_case_whose_clock_runs_from_receipt(area: Any, officer: Any) -> None:
    whole(officer.get(reverse("intake")))
    form = REQUEST | {"officer": str(area.people["case_officer"].pk), "setting": str(area.school.pk)}
    response = officer.post(reverse("intake"), form, follow=True)
    text = whole(response)
    case = Case.objects.get(person__forename="Eve")
    assert case.next_due == _PEOPLE["day"]("2026-04-13")
    assert "Decide whether to assess by 13 April 2026." in text
    assert (case.officer, case.setting, case.person.postcode) == (area.people["case_officer"], area.school, "ZZ1 1AA")
    assert Intake.objects.get(case=case).asked_by == "Jo Lane"
    assert Entry.objects.filter(action="record", case=case.reference).exists()
    assert verify().broken == ()


def test_the_same_form_sent_twice_opens_one_case(officer: Any) -> None:
    for _ in range(2):
        assert officer.post(reverse("intake"), REQUEST).status_code == 302
    assert Person.objects.filter(forename="Eve").count() == 1
    assert Intake.objects.count() == 1


def test_somebody_alike_is_shown_and_the_officer_says_who_it_is(officer: Any) -> None:
    assert officer.post(reverse("intake"), REQUEST).status_code == 302
    again = REQUEST | {"key": "r2", "forename": "Evie"}
    text = whole(officer.post(reverse("intake"), again))
    assert "Somebody alike is known" in text
    assert "Eve Lane" in text
    assert 'value="Evie"' in text
    assert Person.objects.filter(surname="Lane").count() == 1
    assert officer.post(reverse("intake"), again | {"different": "on"}).status_code == 302
    assert Person.objects.filter(surname="Lane").count() == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"forename": ""}, "Enter the first name"),
        ({"received_year": "2090"}, "The day has not come yet"),
        ({"born_year": "1995"}, "up to the age of 25"),
        ({"source": ""}, "Select who asks."),
        ({"how": ""}, "Select how the request came."),
    ],
)
def test_mistakes_are_told_and_nothing_is_opened(officer: Any, wrong: dict[str, str], words: str) -> None:
    assert words in whole(officer.post(reverse("intake"), REQUEST | wrong))
    assert not Person.objects.filter(surname="Lane").exists()


def test_loads_agree_with_a_count_by_hand(area: Any, officer: Any) -> None:
    officer.post(reverse("intake"), REQUEST)
    _PEOPLE["person"]("case_officer", name="spare_officer")
    on = _PEOPLE["day"]("2026-04-20")
    found = {one.name: one for one in loads(on)}
    mine = OpenDeadline.objects.filter(case__officer=area.people["case_officer"], duty=True, excused=False)
    late = [row for row in mine if row.due and row.due < on and "authority" in row.owner]
    soon = [row for row in mine if row.due and on <= row.due <= on + timedelta(days=14) and "authority" in row.owner]
    assert (found["Case Officer"].cases, found["Case Officer"].late, found["Case Officer"].soon) == (
        2,
        len(late),
        len(soon),
    )
    assert (found["Nobody yet"].cases, found["Nobody yet"].without_plan, found["Nobody yet"].late) == (1, 1, 1)
    assert found["Spare Officer"].cases == 0


def test_the_manager_sees_loads_and_the_duties_of_one_officer(
    area: Any, officer: Any, django_assert_max_num_queries: Any
) -> None:
    officer.post(reverse("intake"), REQUEST)
    manager = _PEOPLE["signed_in"](area.people["team_manager"])
    with django_assert_max_num_queries(20):
        text = whole(manager.get(reverse("caseload")))
    assert "Tell the family whether there will be an assessment" in text
    nobody = whole(manager.get(reverse("caseload"), {"officer": "none"}))
    assert "Eve Lane" in nobody
    assert "Ada Marsh" not in nobody
    assert whole(manager.get(reverse("caseload"), {"officer": "; drop"})) is not None


def test_a_case_is_handed_over_once_with_its_note(area: Any, officer: Any) -> None:
    manager = area.people["team_manager"]
    address = reverse("hand_over", args=[area.one.reference])
    whole(officer.get(address))
    before = str(area.people["case_officer"].pk)
    form = {"key": "h", "version": "0", "before": before, "officer": str(manager.pk), "note": "Ring after six."}
    for _ in range(2):
        assert officer.post(address, form).status_code == 302
    area.one.refresh_from_db()
    assert area.one.officer == manager
    assert Handover.objects.count() == 1
    assert "Ring after six." in whole(officer.get(address))
    assert Entry.objects.get(action="hand_over").words == "Handed over from Case Officer to Team Manager."
    lost = officer.post(address, form | {"key": "h2", "note": "Mine"})
    assert "since you opened this page" in whole(lost)


def test_a_handover_needs_a_note(area: Any, officer: Any) -> None:
    form = {"key": "h", "version": "0", "before": str(area.people["case_officer"].pk), "officer": "", "note": ""}
    text = whole(officer.post(reverse("hand_over", args=[area.one.reference]), form))
    assert "Enter what the new officer needs to know." in text
    assert "Select the new case officer." in text
