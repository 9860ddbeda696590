"""A setting that is consulted reads the draft plan: of that child only, and only until it has answered.

Children and Families Act 2014, sections 38(2), 39(2) and 40(3): a setting that may be named is consulted on the draft.
"""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.accounts.models import Organisation
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.record import strike_out
from rightplace.web.placement.save import consult
from rightplace.web.plans.models import PlanVersion

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
DRAFTED = (("2026-01-05", "request_received"), ("2026-02-09", "assessment_agreed"), ("2026-04-20", "draft_plan_sent"))


@pytest.fixture
def area(db: None) -> Any:
    with time_machine.travel("2026-05-05T10:00:00+01:00", tick=False):
        yield _PEOPLE["area"]()


def _drafted(area: Any, forename: str) -> Case:
    case = _PEOPLE["make_case"](area.people["case_officer"], *DRAFTED, forename=forename, setting=area.elsewhere)
    content = [{"section": "B", "number": 1, "values": {"text": f"What {forename} finds hard."}, "ties": []}]
    PlanVersion.objects.create(
        case=case, number=1, kind="draft_plan_sent", day=date(2026, 4, 20), event=3, content=content, seal="x",
        recorded_by="Case Officer", recorded_at=clock.now(),
    )  # fmt: skip
    return case


def _consult(area: Any, case: Case, setting: Organisation) -> None:
    case.refresh_from_db()
    consult(
        case, name=setting.name, organisation=setting, day=date(2026, 4, 27), by=area.people["case_officer"],
        version=case.version, key=f"c{case.pk}{setting.pk}",
    )  # fmt: skip


def _address(case: Case) -> str:
    return reverse("school_draft", args=[case.reference])


@pytest.mark.parametrize("role", ["school", "trust"])
def test_a_consulted_setting_reads_the_draft_of_that_child_and_no_other(area: Any, role: str) -> None:
    asked, other = _drafted(area, "Cy"), _drafted(area, "Di")
    _consult(area, asked, area.school)
    senco = _PEOPLE["signed_in"](area.people[role])
    page = whole(senco.get(_address(asked)))
    assert "What Cy finds hard." in page
    assert senco.get(_address(other)).status_code == 403
    assert senco.get(reverse("plan_version", args=[asked.reference, 1])).status_code == 403, "nothing else opens"
    assert senco.get(reverse("documents", args=[asked.reference])).status_code == 403
    looks = Entry.objects.filter(action="read", case=asked.reference)
    assert "the draft plan of Cy Marsh, as Marsh School was consulted" in looks.get().words


def test_it_closes_when_the_setting_has_answered(area: Any) -> None:
    case = _drafted(area, "Cy")
    _consult(area, case, area.school)
    senco = _PEOPLE["signed_in"](area.people["school"])
    form = {
        "key": "a",
        "version": "0",
        "can_meet": "yes",
        "ground": "",
        "why": "We have a place.",
        "start": "",
        "cost": "",
    }
    assert senco.post(reverse("school_answer", args=[case.reference]), form).status_code == 302
    assert senco.get(_address(case)).status_code == 403


def test_it_closes_when_the_consultation_is_struck_out_or_the_plan_is_final(area: Any) -> None:
    officer, senco = area.people["case_officer"], _PEOPLE["signed_in"](area.people["school"])
    first, second = _drafted(area, "Cy"), _drafted(area, "Di")
    for case in (first, second):
        _consult(area, case, area.school)
        assert senco.get(_address(case)).status_code == 200
        case.refresh_from_db()
    strike_out(first, 4, reason="The wrong school.", by=officer, version=first.version)
    event = _PEOPLE["EVENTS"]["final_plan_issued"](day=date(2026, 5, 5), setting="Marsh School")
    _PEOPLE["record"](second, event, by=officer, version=second.version)
    assert senco.get(_address(first)).status_code == 403
    assert senco.get(_address(second)).status_code == 403


def test_another_setting_of_the_same_name_reads_nothing(area: Any) -> None:
    """A setting is asked by its name in the event; the link says which of two it was."""
    twin = Organisation.objects.create(kind="setting", code="900009", name="Marsh School")
    stranger = _PEOPLE["person"]("school", twin, name="twin_senco")
    case = _drafted(area, "Cy")
    _consult(area, case, area.school)
    assert _PEOPLE["signed_in"](stranger).get(_address(case)).status_code == 403


def test_a_consultation_with_no_version_in_the_service_says_so(area: Any) -> None:
    case = _drafted(area, "Cy")
    PlanVersion.objects.filter(case=case)._raw_delete("default")
    _consult(area, case, area.school)
    page = whole(_PEOPLE["signed_in"](area.people["school"]).get(_address(case)))
    assert "The plan was not written in this service." in page
