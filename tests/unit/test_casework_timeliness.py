"""The timeliness measures, counted as DfE counts them."""

from __future__ import annotations

import runpy
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from rightplace.casework import events as ev
from rightplace.casework.deadlines import Deadline, deadlines
from rightplace.casework.exemptions import Exemption, ExemptionGround
from rightplace.casework.process import replay
from rightplace.casework.timeliness import Measure, timeliness

_MADE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "casework_life.py"))
life = _MADE["life"]
START = date(2025, 1, 6)


def case(weeks: int, *, days: int = 0, excused: bool = False) -> tuple[Deadline, ...]:
    """A plan issued so long after a request of 6 January 2025."""
    issued = START + timedelta(weeks=weeks, days=days)
    history = replay(
        [
            ev.RequestReceived(day=START),
            ev.AssessmentAgreed(day=START + timedelta(weeks=6, days=days)),
            ev.DraftPlanSent(day=issued - timedelta(days=15)),
            ev.FinalPlanIssued(day=issued),
        ]
    )
    exemption = Exemption(
        deadline="final_plan",
        ground=ExemptionGround.EXCEPTIONAL,
        starts=START,
        ends=START,
        evidence="Letter",
        decided_by="A. Officer",
    )
    return deadlines(history, [exemption] if excused else [], date(2027, 1, 1))


def test_both_twenty_week_measures_and_the_six_week_one() -> None:
    """In time, a day late, late with an exemption, and over a year; by the year the plan was issued."""
    cases = [case(20), case(20, days=1), case(30, excused=True), case(60), case(18, excused=True)]
    found = timeliness(cases)
    assert found.issued_in_20_weeks == Measure(in_time=2, counted=5)
    assert found.issued_in_20_weeks_without_exceptions == Measure(in_time=1, counted=3)
    assert found.decided_in_6_weeks == Measure(in_time=4, counted=5)
    assert found.issued_after_52_weeks == Measure(in_time=1, counted=5)
    assert timeliness(cases, year=2026).issued_in_20_weeks == Measure(in_time=0, counted=1)


def test_decisions_not_to_issue_are_counted_against_sixteen_weeks() -> None:
    """Regulation 10(1): 28 April 2025 is the last day."""
    steps = (("2025-01-06", "request_received"), ("2025-02-10", "assessment_agreed"))
    held = [
        deadlines(replay(life(*steps, (day, "plan_refused"))), (), date(2026, 1, 1))
        for day in ("2025-04-28", "2025-04-29")
    ]
    assert timeliness(held).refused_in_16_weeks == Measure(in_time=1, counted=2)


def test_nothing_counted_has_no_share() -> None:
    """Not 0, and not a division by it."""
    assert timeliness([]).issued_in_20_weeks.share is None
    assert Measure(in_time=1, counted=4).share == 0.25


def test_dfe_takes_plans_with_exceptions_out_of_both_counts(open_data: Path) -> None:
    """DfE, EHC plans 2025: the rate without exceptions is plans in time over plans, both without exceptions."""
    table = pl.read_parquet(open_data / "ehcp_2025" / "timeliness_20_week.parquet")
    names = {name.lower(): name for name in table.columns}
    rate, count, base = (
        names[n] for n in ("pc_plans_issued_20_weeks_ex", "plans_issued_20_weeks_ex", "plans_issued_den_ex")
    )
    england = (
        table.filter(pl.col("geographic_level") == "National")
        .select(pl.col(rate, count, base, names["plans_issued_den"]).cast(pl.Float64, strict=False))
        .drop_nulls()
    )
    assert england.height
    for row in england.iter_rows(named=True):
        assert row[rate] == pytest.approx(100 * row[count] / row[base], abs=0.06)
        assert row[base] <= row[names["plans_issued_den"]]
