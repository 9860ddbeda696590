"""Exemptions are records on one deadline: allowed only for listed reasons, and never a pause."""

from __future__ import annotations

import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rightplace.casework.deadlines import Deadline, Status, deadlines
from rightplace.casework.exemptions import Exemption, ExemptionGround
from rightplace.casework.process import replay
from rightplace.casework.terms import Adviser
from rightplace.errors import RefusedError, UserError

_MADE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "casework_life.py"))
day = _MADE["day"]
life = _MADE["life"]

LATE = (
    ("2026-05-11", "request_received"),
    ("2026-06-15", "assessment_agreed"),
    ("2026-07-20", "advice_requested", {"adviser": Adviser.EDUCATION}),
    ("2026-10-05", "draft_plan_sent"),
    ("2026-11-02", "final_plan_issued"),
)
SUMMER = Exemption(
    deadline="final_plan",
    ground=ExemptionGround.SCHOOL_CLOSED,
    starts=date(2026, 7, 22),
    ends=date(2026, 9, 2),
    advice_asked_on=date(2026, 7, 20),
    evidence="School calendar",
    decided_by="A. Officer",
)


def plan(*exemptions: Exemption) -> Deadline:
    found = deadlines(replay(life(*LATE)), exemptions, day("2026-12-01"))
    return next(deadline for deadline in found if deadline.rule.id == "final_plan")


def test_an_exemption_excuses_and_moves_no_day() -> None:
    """Regulation 13(3) with 10(4)(a): the authority need not comply; 28 September stays the last day."""
    assert (plan().status, plan().due) == (Status.MET_LATE, date(2026, 9, 28))
    excused = plan(SUMMER)
    assert (excused.status, excused.due, excused.met) == (Status.EXCUSED, date(2026, 9, 28), date(2026, 11, 2))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ground": ExemptionGround.MISSED_APPOINTMENT}, "does not excuse this deadline"),
        ({"evidence": " "}, "needs its evidence"),
        ({"decided_by": ""}, "needs its evidence and the name"),
        ({"ends": date(2026, 7, 1)}, "end before they start"),
        ({"ends": date(2026, 8, 18)}, "closure lasted less than 4 weeks"),
        ({"advice_asked_on": date(2026, 7, 14)}, "one week before it"),
        ({"advice_asked_on": date(2026, 8, 27)}, "one week before it"),
        ({"advice_asked_on": None}, "one week before it"),
        ({"ground": ExemptionGround.ABSENCE, "ends": date(2026, 8, 17)}, "absence lasted less than 4 weeks"),
    ],
)
def test_an_exemption_the_regulations_do_not_list_is_refused(change: dict[str, object], words: str) -> None:
    """Regulation 10(4)(a) and (d): closures and absences of not less than 4 weeks, advice asked for in the window."""
    with pytest.raises(RefusedError, match=words):
        plan(replace(SUMMER, **change))  # type: ignore[arg-type]


def test_the_window_of_a_closure_has_its_first_and_last_day() -> None:
    """From one week before closing (22 July) to one week before opening (2 September)."""
    for asked in (date(2026, 7, 15), date(2026, 8, 26)):
        assert plan(replace(SUMMER, advice_asked_on=asked)).status is Status.EXCUSED


def test_an_absence_of_exactly_four_weeks_counts() -> None:
    """28 days, both ends included."""
    absence = replace(SUMMER, ground=ExemptionGround.ABSENCE, starts=date(2026, 8, 3), ends=date(2026, 8, 30))
    assert plan(absence).status is Status.EXCUSED


def test_circumstances_outside_the_period_excuse_nothing() -> None:
    """They must fall between the start and the last day."""
    after = replace(SUMMER, ground=ExemptionGround.EXCEPTIONAL, starts=date(2026, 10, 1), ends=date(2026, 10, 9))
    assert plan(after).status is Status.MET_LATE


def test_an_exemption_on_one_adviser_is_not_one_on_another() -> None:
    """Regulation 8(2) excuses the body whose appointment was missed."""
    steps = (*LATE[:3], ("2026-07-20", "advice_requested", {"adviser": Adviser.HEALTH}))
    missed = replace(
        SUMMER,
        deadline="advice_return",
        about="health",
        ground=ExemptionGround.MISSED_APPOINTMENT,
        advice_asked_on=None,
    )
    found = deadlines(replay(life(*steps)), [missed], day("2026-10-01"))
    assert {d.about: d.status for d in found if d.rule.id == "advice_return"} == {
        "education": Status.OVERDUE,
        "health": Status.EXCUSED,
    }


def test_a_deadline_nobody_knows_comes_with_the_nearest() -> None:
    """A slip of the pen ends in a sentence."""
    with pytest.raises(UserError, match="Did you mean final_plan"):
        plan(replace(SUMMER, deadline="final_plans"))
