"""Mediation and appeals: the last day to appeal, and what an order makes us owe.

Worked by hand: a decision of 10 February 2026 can be appealed until 10 April; a certificate of 20 March moves that to 20 April
(SI 2008/2699, rule 20). An order of 1 June 2026 to assess is notified within two weeks, 15 June (SEND Regulations 2014,
regulation 44(2)(b)).
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.casework.events import EVENTS
from rightplace.casework.terms import AppealSubject, OrderKind
from rightplace.web.cases.store.record import record

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
REFUSED = (("2026-01-05", "request_received"), ("2026-02-10", "assessment_refused"))


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _case(area: Any) -> Any:
    who = area.people["case_officer"]
    return _PEOPLE["make_case"](who, *REFUSED, forename="Cy", officer=who)


def _then(area: Any, case: Any, when: str, kind: str, **facts: Any) -> None:
    case.refresh_from_db()
    event = EVENTS[kind](day=_PEOPLE["day"](when), **facts)
    record(case, event, by=area.people["case_officer"], version=case.version)


def test_the_last_day_to_appeal_follows_the_certificate(area: Any, officer: Any) -> None:
    case = _case(area)
    address = reverse("dispute", args=[case.reference])
    assert ">10 April 2026</td>" in whole(officer.get(address))
    _then(area, case, "2026-03-16", "mediation_contacted")
    _then(area, case, "2026-03-20", "certificate_issued")
    page = whole(officer.get(address))
    assert ">20 April 2026</td>" in page
    assert "Appeal lodged" in page
    assert "Cy Marsh" in whole(officer.get(reverse("disputes")))


def test_an_order_makes_us_owe_what_regulation_44_says(area: Any, officer: Any) -> None:
    case = _case(area)
    _then(area, case, "2026-03-16", "mediation_contacted")
    _then(area, case, "2026-03-20", "certificate_issued")
    _then(area, case, "2026-04-02", "appeal_lodged", subject=AppealSubject.NOT_ASSESS)
    _then(area, case, "2026-06-01", "tribunal_ordered", order=OrderKind.ASSESS)
    page = whole(officer.get(reverse("dispute", args=[case.reference])))
    assert "15 June 2026" in page
    assert "regulation 44" in page
    listed = whole(officer.get(reverse("disputes")))
    assert "due 15 June 2026" in listed
    other = _PEOPLE["signed_in"](_PEOPLE["person"]("case_officer", name="someone_else"))
    assert "Cy Marsh" not in whole(other.get(reverse("disputes")))


def test_papers_that_are_held_are_listed(area: Any, officer: Any) -> None:
    runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_routes" / "plans.py"))["prepare"](area)
    page = whole(officer.get(reverse("dispute", args=[area.one.reference])))
    assert "Version 1: final plan" in page


def test_the_pages_hold_to_the_rules(area: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(20):
        whole(officer.get(reverse("disputes")))
    with django_assert_max_num_queries(20):
        whole(officer.get(reverse("dispute", args=[area.one.reference])))
