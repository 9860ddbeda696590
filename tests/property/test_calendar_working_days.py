"""Working days: the scalar functions, the polars expressions and numpy's business days agree."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.calendar import working_days

DAYS = st.dates(date(2012, 3, 1), date(2045, 9, 30))
HOLIDAYS = np.array(list(working_days.bank_holidays()), dtype="datetime64[D]")


@given(DAYS, st.integers(-40, 40).filter(bool))
def test_adding_agrees_with_numpy_busdays(anchor: date, days: int) -> None:
    """numpy.busday_offset is an independent count over the same holidays."""
    roll = "backward" if days > 0 else "forward"
    expected = np.busday_offset(anchor, days, roll=roll, holidays=HOLIDAYS).item()
    assert working_days.add_working_days(anchor, days) == expected


@given(DAYS, st.integers(1, 60))
def test_between_is_the_inverse_of_adding(anchor: date, days: int) -> None:
    """Counting the days of a period gives back its length."""
    end = working_days.add_working_days(anchor, days)
    assert working_days.working_days_between(anchor, end) == days
    assert working_days.is_working_day(end)


@given(DAYS, DAYS)
def test_between_agrees_with_numpy_busday_count(start: date, end: date) -> None:
    """numpy.busday_count over (start, end], which is [start + 1, end + 1)."""
    if end < start:
        start, end = end, start
    end = min(end, start + timedelta(days=400))
    one = timedelta(days=1)
    expected = int(np.busday_count(start + one, end + one, holidays=HOLIDAYS))
    assert working_days.working_days_between(start, end) == expected


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=20), st.integers(-20, 20))
def test_expressions_agree_with_the_scalar_functions(pairs: list[tuple[date, date]], days: int) -> None:
    """One row of a frame is one call."""
    near = [(start, min(end, start + timedelta(days=200))) for start, end in pairs]
    near = [(start, max(end, start - timedelta(days=200))) for start, end in near]
    frame = pl.DataFrame(near, schema={"start": pl.Date, "end": pl.Date}, orient="row").with_columns(
        added=working_days.add_working_days_expr(pl.col("start"), days),
        between=working_days.working_days_between_expr(pl.col("start"), pl.col("end")),
    )
    assert frame["added"].to_list() == [working_days.add_working_days(start, days) for start, _ in near]
    assert frame["between"].to_list() == [working_days.working_days_between(start, end) for start, end in near]


@pytest.mark.parametrize("day", [None, date(2011, 12, 31), date(2046, 1, 1)])
def test_expressions_are_null_where_nothing_is_known(day: date | None) -> None:
    """A date before 2012, past the horizon, or missing."""
    frame = pl.DataFrame({"day": [day], "known": [date(2026, 1, 5)]}, schema={"day": pl.Date, "known": pl.Date}).select(
        working_days.add_working_days_expr(pl.col("day"), 3).alias("added"),
        working_days.working_days_between_expr(pl.col("day"), pl.col("known")).alias("between"),
    )
    assert frame.row(0) == (None, None)


def test_only_years_beyond_the_announced_ones_are_projected() -> None:
    """GOV.UK has announced bank holidays to the end of 2028."""
    assert not working_days.is_projected(date(2028, 12, 31))
    assert working_days.is_projected(date(2029, 1, 1))
    assert all(h.projected == working_days.is_projected(day) for day, h in working_days.bank_holidays().items())
