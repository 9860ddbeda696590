"""Consulting settings, findings with their evidence, and the decision of a named person.

What the tests come to is casework's, held to the law by its own tests. Here: the order of the Act (sections 38, 39, then 33:
ME v London Borough of Southwark [2017] UKUT 73 (AAC)) on the page, and what is kept. 15 days from 20 April 2026 is 5 May.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, Link
from rightplace.web.placement import save
from rightplace.web.placement.models import Decision, Findings
from rightplace.web.placement.questions import QUESTIONS

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
DRAFTED = (
    ("2026-01-05", "request_received"),
    ("2026-02-09", "assessment_agreed"),
    ("2026-04-13", "draft_plan_sent"),
    ("2026-04-17", "setting_preferred", {"setting": "Hill School"}),
)


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def case(area: Any) -> Case:
    return _PEOPLE["make_case"](area.people["case_officer"], *DRAFTED, forename="Cy")


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _day(text: str) -> dict[str, str]:
    year, month, day = text.split("-")
    return {"day_day": day, "day_month": month, "day_year": year}


def _consult(client: Any, case: Case, **more: str) -> Any:
    case.refresh_from_db()
    form = {"key": "c", "version": str(case.version), "setting": "", "other": "", **_day("2026-04-20"), **more}
    return client.post(reverse("placement_consult", args=[case.reference]), form)


def _findings(**answers: str) -> dict[str, str]:
    form = {"key": "f", "version": "0", "status": "academy"}
    for question in QUESTIONS:
        form[question.name] = answers.get(question.name, "")
        form[f"{question.name}_evidence"] = "Report of 1 May." if question.name in answers else ""
    return form


def _decide(client: Any, case: Case, **more: str) -> Any:
    form = {
        "key": "d", "version": "0", "findings": "0", "named": "", "kind": "Mainstream primary school",
        "reasons": "Because.", "decided_by": "Mo Dean, head of service", "without_ground": "", **_day("2026-05-11"),
    }  # fmt: skip
    return client.post(reverse("placement_decide", args=[case.reference]), form | more)


def test_a_setting_is_consulted_linked_and_answers(area: Any, case: Case, officer: Any) -> None:
    assert _consult(officer, case, setting=str(area.elsewhere.pk)).status_code == 302
    assert Link.objects.get(case=case, kind="setting_asked").organisation == area.elsewhere
    page = whole(officer.get(reverse("placement", args=[case.reference])))
    assert "due 5 May 2026" in page
    case.refresh_from_db()
    answer = {
        "key": "a",
        "version": str(case.version),
        "setting": "Hill School",
        "can_meet": "no",
        **_day("2026-05-08"),
    }
    assert officer.post(reverse("placement_answer", args=[case.reference]), answer).status_code == 302
    page = whole(officer.get(reverse("placement", args=[case.reference])))
    assert "Says it cannot (8 May 2026, after the day expected)" in page
    assert "The setting was sent the draft on 20 April 2026." in page
    assert "No ground is shown against Hill School." in page


def test_the_tests_stand_in_the_order_of_the_act(case: Case, officer: Any) -> None:
    page = officer.get(reverse("placement", args=[case.reference])).content.decode()
    grounds = [
        "section 38(2)(b)",
        "section 38(3)",
        "section 39(4)(a)",
        "section 39(4)(b)(i)",
        "section 39(3)",
        "section 33(2)(a)",
    ]
    places = [page.index(f"{ground}<") for ground in grounds]
    assert places == sorted(places)


def test_an_answer_needs_its_evidence(case: Case, officer: Any) -> None:
    form = _findings(unsuitable="yes") | {"unsuitable_evidence": " "}
    text = whole(officer.post(reverse("placement_findings", args=[case.reference]), form))
    assert "Enter the evidence for this answer" in text
    assert Findings.objects.count() == 0


def test_a_refusal_without_a_ground_is_recorded_only_by_one_who_says_so(case: Case, officer: Any) -> None:
    """Section 39(3) and (4): it must be named unless the authority shows a ground."""
    text = whole(_decide(officer, case, named="Marsh School"))
    assert "No ground of section 39(4) is shown against Hill School." in text
    assert Decision.objects.count() == 0
    assert _decide(officer, case, named="Marsh School", without_ground="on").status_code == 302
    assert "No ground to refuse Hill School was shown." in Entry.objects.filter(action="placement_decision").get().words


def test_a_ground_that_is_shown_is_kept_with_the_decision_and_its_decider(case: Case, officer: Any) -> None:
    address = reverse("placement_findings", args=[case.reference])
    assert officer.post(address, _findings(unsuitable="yes")).status_code == 302
    assert _decide(officer, case, findings="1").status_code == 302
    made = Decision.objects.get()
    assert made.decided_by == "Mo Dean, head of service"
    kept = {test["id"]: (test["result"], test["evidence"]) for test in made.tests}
    assert kept["unsuitable"] == ("met", ["Report of 1 May."])
    page = whole(officer.get(reverse("placement", args=[case.reference])))
    assert "Decided by Mo Dean, head of service; recorded by Case Officer." in page
    assert verify().broken == ()


def test_naming_the_setting_asked_for_needs_no_ground(case: Case, officer: Any) -> None:
    for _ in range(2):
        assert _decide(officer, case, named="Hill School").status_code == 302
    assert Decision.objects.count() == 1


def test_a_decision_on_findings_that_changed_is_not_recorded(area: Any, case: Case, officer: Any) -> None:
    save.save_findings(case, {}, seen=0, by=area.people["team_manager"], key="x")
    text = whole(_decide(officer, case, named="Hill School"))
    assert "The findings changed since you opened this page." in text
    assert 'name="findings" value="1"' in text


def test_the_loser_of_two_finders_sees_the_other_findings(area: Any, case: Case, officer: Any) -> None:
    theirs = {"unsuitable": {"answer": False, "evidence": "Visit of 2 May."}}
    save.save_findings(case, theirs, seen=0, by=area.people["team_manager"], key="x")
    lost = officer.post(reverse("placement_findings", args=[case.reference]), _findings(unsuitable="yes"))
    assert lost.status_code == 409
    text = whole(lost)
    assert "unsuitable: no. Visit of 2 May." in text
    assert "Report of 1 May." in text
    assert 'name="version" value="1"' in text
    assert Findings.objects.count() == 1


def test_one_setting_at_a_time_is_consulted(area: Any, case: Case, officer: Any) -> None:
    assert "and not both" in whole(_consult(officer, case))
    assert "and not both" in whole(_consult(officer, case, setting=str(area.school.pk), other="Other"))
    assert _consult(officer, case, other="College of the Vale").status_code == 302


def test_the_pages_hold_to_the_rules(case: Case, officer: Any, django_assert_max_num_queries: Any) -> None:
    for name in ("placement", "placement_consult", "placement_answer", "placement_findings", "placement_decide"):
        with django_assert_max_num_queries(20):
            response = officer.get(reverse(name, args=[case.reference]))
        whole(response)
