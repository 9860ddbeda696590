"""Reviews in their chain, and the board of moves between phases.

Weeks are counted on a calendar: from a meeting on Monday 2 March 2026 two weeks end on 16 March, four on 30 March, twelve on
25 May (SEND Regulations 2014, regulations 20 and 22; R (L, M and P) v Devon County Council [2022] EWHC 493 (Admin)). Who moves
when: regulation 18; year groups by the usual ages (Year 6 of 2025/26 was born from 1 September 2014 to 31 August 2015).
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.calendar import academic, phase_transfer
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.record import record, strike_out
from rightplace.web.transfers import board

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]
day = _PEOPLE["day"]
YEAR_6 = next(one for one in phase_transfer.TRANSFERS if one.leaving == 6)


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _plan(area: Any, forename: str, born: str, *more: Any) -> Case:
    steps = (*_PEOPLE["PLAN"], *more)
    who = area.people["case_officer"]
    return _PEOPLE["make_case"](who, *steps, forename=forename, born=born, officer=who)


def test_the_chain_counts_two_four_and_twelve_weeks_from_the_meeting(area: Any, officer: Any) -> None:
    case = _plan(area, "Cy", "2014-05-02", ("2026-03-02", "review_meeting_held"))
    page = whole(officer.get(reverse("review", args=[case.reference])))
    for due in ("16 March 2026", "30 March 2026", "25 May 2026"):
        assert due in page
    assert "Decision after the review notified" in page
    record(case, _event("review_report_sent", "2026-03-16"), by=area.people["case_officer"], version=case.version)
    assert "16 March 2026" in whole(officer.get(reverse("review", args=[case.reference])))


def _event(kind: str, when: str, **facts: Any) -> Any:
    from rightplace.casework.events import EVENTS

    return EVENTS[kind](day=day(when), **facts)


def test_the_list_counts_each_group_and_shows_ones_own(area: Any, officer: Any) -> None:
    _plan(area, "Cy", "2014-05-02", ("2026-03-02", "review_meeting_held"))
    page = whole(officer.get(reverse("reviews"), {"show": "late"}))
    assert "Cy Marsh" in page
    other = _PEOPLE["signed_in"](_PEOPLE["person"]("case_officer", name="someone_else"))
    assert "Cy Marsh" not in whole(other.get(reverse("reviews"), {"show": "late"}))
    manager = _PEOPLE["signed_in"](area.people["team_manager"])
    assert "Cy Marsh" in whole(manager.get(reverse("reviews"), {"show": "late"}))


@pytest.mark.parametrize("leaving", [-1, 2, 6, 11])
def test_year_groups_on_the_board_are_those_of_the_calendar(leaving: int) -> None:
    first, last = board.born_between(leaving, 2025)
    on = day("2026-01-15")
    assert {academic.year_group(first, on), academic.year_group(last, on)} == {leaving}
    assert academic.year_group(day(str(last)).replace(month=9, day=1), on) == leaving - 1


def test_the_board_counts_who_moves_and_who_is_named(area: Any) -> None:
    named = ("2026-01-30", "review_decided", {"outcome": _outcome("maintain"), "for_next_phase": True})
    meeting = ("2026-01-12", "review_meeting_held")
    _plan(area, "Fay", "2014-09-01")
    done = _plan(area, "Gus", "2015-08-31", meeting, ("2026-01-20", "review_report_sent"), named)
    _plan(area, "Hal", "2015-09-01")
    found = next(move for move in board.board(2025, everywhere=True) if move.transfer.leaving == 6)
    assert (found.due, found.named, found.left, found.last_day) == (2, 1, 1, day("2026-02-14"))
    strike_out(done, done.version, reason="Wrong child", by=area.people["case_officer"], version=done.version)
    assert board.named(board.movers(YEAR_6, 2025), 2025) == set()


def _outcome(name: str) -> Any:
    from rightplace.vocabulary.codes import ReviewOutcome

    return ReviewOutcome[name.upper()]


def test_moves_are_recorded_as_expected_for_those_ticked_once(
    area: Any, officer: Any, django_assert_max_num_queries: Any
) -> None:
    year = academic.academic_year(_today())
    ticked = _plan(area, "Fay", f"{year - 11}-11-11")
    left = _plan(area, "Gus", f"{year - 11}-12-12")
    address = {"year": str(year), "leaving": "6"}
    with django_assert_max_num_queries(20):
        page = whole(officer.get(reverse("transfers"), address))
    assert "Fay Marsh" in page
    assert "Record as expected" in page
    for _ in range(2):
        response = officer.post(reverse("transfers_expect"), address | {"case": [ticked.reference], "key": "k"})
        assert response.status_code == 302
    assert ticked.events.filter(kind="phase_transfer_expected").count() == 1
    assert not left.events.filter(kind="phase_transfer_expected").exists()
    ticked.refresh_from_db()
    due = ticked.open_deadlines.get(rule="phase_transfer").due
    assert due == day(f"{year + 1}-02-14"), "before 15 February"
    assert verify().broken == ()


def test_nobody_of_another_move_is_recorded(area: Any, officer: Any) -> None:
    form = {"year": "2025", "leaving": "6", "case": [area.one.reference], "key": "k"}
    page = whole(officer.post(reverse("transfers_expect"), form, follow=True))
    assert "Nobody was ticked" in page
    assert not area.one.events.filter(kind="phase_transfer_expected").exists()


def _today() -> Any:
    from rightplace.calendar import clock

    return clock.today()


def test_the_pages_hold_to_the_rules(area: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(20):
        whole(officer.get(reverse("reviews")))
    with django_assert_max_num_queries(20):
        whole(officer.get(reverse("review", args=[area.one.reference])))
    with django_assert_max_num_queries(20):
        whole(officer.get(reverse("transfers"), {"some": "1"}))
