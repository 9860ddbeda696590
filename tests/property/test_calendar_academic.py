"""Age and year group: scalar and expression forms agree with each other and with a slow count."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rightplace.calendar import academic
from rightplace.vocabulary import year_group

BIRTHS = st.dates(date(1985, 1, 1), date(2027, 12, 31))
DAYS = st.dates(date(2014, 9, 1), date(2030, 8, 31))


def birthdays_until(birth: date, until: date) -> int:
    """Birthdays from birth to a day, counted one at a time; 29 February counts on 1 March otherwise."""
    years = range(birth.year + 1, until.year + 1)
    leap = (birth.month, birth.day) == (2, 29)
    count = 0
    for year in years:
        is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        birthday = date(year, 3, 1) if leap and not is_leap else birth.replace(year=year)
        count += birthday <= until
    return count


@given(BIRTHS, st.integers(2014, 2030))
def test_age_is_the_number_of_birthdays_by_31_august(birth: date, year: int) -> None:
    """An independent count of birthdays, for anyone born by then."""
    if birth <= date(year, 8, 31):
        assert academic.age_on_31_august(birth, year) == birthdays_until(birth, date(year, 8, 31))


@given(st.lists(st.tuples(BIRTHS, DAYS), min_size=1, max_size=30))
def test_expressions_agree_with_the_scalar_functions(pairs: list[tuple[date, date]]) -> None:
    """Outside -4 to 20 the scalar raises and the expression is null."""
    frame = pl.DataFrame(pairs, schema={"birth": pl.Date, "on": pl.Date}, orient="row").with_columns(
        year=academic.academic_year_expr(pl.col("on")),
        age=academic.age_expr(pl.col("birth"), pl.col("on")),
        group=academic.year_group_expr(pl.col("birth"), pl.col("on")),
        group_on_one_day=academic.year_group_expr(pl.col("birth"), date(2026, 1, 15)),
    )
    for birth, on, year, age, group, on_one_day in frame.iter_rows():
        assert year == academic.academic_year(on)
        assert age == academic.age_on_31_august(birth, year)
        for found, day in ((group, on), (on_one_day, date(2026, 1, 15))):
            if found is None:
                with pytest.raises(ValueError, match="outside -4 to 20"):
                    academic.year_group(birth, day)
            else:
                assert found == academic.year_group(birth, day)


@given(BIRTHS, DAYS)
def test_a_child_is_in_one_year_group_for_a_whole_academic_year(birth: date, on: date) -> None:
    """The year group depends on the academic year alone and rises by one each year."""
    year = academic.academic_year(on)
    ages = {academic.age_on_31_august(birth, academic.academic_year(day)) for day in (academic.first_day(year), on)}
    ages.add(academic.age_on_31_august(birth, academic.academic_year(academic.last_day(year))))
    assert len(ages) == 1
    assert academic.age_on_31_august(birth, year + 1) == ages.pop() + 1


@pytest.mark.parametrize(
    ("birth", "group"),
    [
        # DfE's usual ages: Reception in the year of the fifth birthday, Year 7 of the twelfth, Year 11 of the sixteenth.
        (date(2020, 9, 1), 0),
        (date(2021, 8, 31), 0),
        (date(2013, 9, 1), 7),
        (date(2014, 8, 31), 7),
        (date(2009, 9, 1), 11),
        (date(2010, 8, 31), 11),
        (date(2000, 9, 1), 20),
        (date(2025, 8, 31), -4),
    ],
)
def test_year_groups_of_the_census_of_january_2026(birth: date, group: int) -> None:
    """DfE, school admissions: ages of the school years in England."""
    assert academic.year_group(birth, date(2026, 1, 15)) == group
    assert year_group.age(group) == academic.age_on_31_august(birth, 2025)


def test_missing_dates_stay_missing() -> None:
    """A null birth date or day gives a null age and year group, with the declared type."""
    frame = pl.DataFrame({"birth": [None]}, schema={"birth": pl.Date}).select(
        academic.age_expr(pl.col("birth"), date(2026, 1, 15)).alias("age"),
        academic.year_group_expr(pl.col("birth"), pl.lit(date(2026, 1, 15))).alias("group"),
    )
    assert frame.schema == {"age": pl.Int16, "group": pl.Int16}
    assert frame.row(0) == (None, None)


def test_academic_years_turn_on_1_september() -> None:
    """The boundary days and the label."""
    assert academic.academic_year(date(2025, 8, 31)) == 2024
    assert academic.academic_year(date(2025, 9, 1)) == 2025
    assert academic.label(2025) == "2025/26"
    assert academic.label(1999) == "1999/00"


def test_phase_transfer_expression_agrees_with_the_scalar() -> None:
    """Every year group, with and without the moves of some areas."""
    from rightplace.calendar import phase_transfer

    frame = pl.DataFrame({"leaving": list(year_group.YEAR_GROUPS)}, schema={"leaving": pl.Int16})
    for everywhere_only in (True, False):
        due = frame.select(
            phase_transfer.due_date_expr(
                pl.col("leaving"), pl.lit(2025, dtype=pl.Int16), everywhere_only=everywhere_only
            ).alias("due")
        )["due"]
        expected = [
            phase_transfer.due_date(leaving, 2025, everywhere_only=everywhere_only) for leaving in frame["leaving"]
        ]
        assert due.to_list() == expected
        assert due.dtype == pl.Date
