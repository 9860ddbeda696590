"""Census days and deadlines against the dates DfE published."""

from __future__ import annotations

from datetime import date

import pytest

from rightplace.calendar import census

SEN2_CENSUS_DAYS = {
    2015: date(2015, 1, 15),
    2016: date(2016, 1, 21),
    2017: date(2017, 1, 19),
    2018: date(2018, 1, 18),
    2019: date(2019, 1, 17),
    2020: date(2020, 1, 16),
    2021: date(2021, 1, 14),
    2022: date(2022, 1, 20),
    2023: date(2023, 1, 19),
    2024: date(2024, 1, 18),
    2025: date(2025, 1, 16),
    2026: date(2026, 1, 15),
    2027: date(2027, 1, 21),
}
"""DfE SEN2 guides for 2015 to 2026, and the survey dates published for 2027."""


@pytest.mark.parametrize(("year", "day"), SEN2_CENSUS_DAYS.items())
def test_census_day_is_the_one_dfe_published(year: int, day: date) -> None:
    """DfE, special educational needs survey guides."""
    assert census.census_day(year) == day


def test_the_rule_gives_every_published_day_but_that_of_2021() -> None:
    """The school census of 2021 was on 21 January, a week after the SEN2 day of that year."""
    off = {year for year, day in SEN2_CENSUS_DAYS.items() if census.school_census_day(year) != day}
    assert off == set(census.SEN2_OFF_RULE) == {2021}
    assert census.school_census_day(2021) == date(2021, 1, 21)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 3, 14)), (2025, date(2025, 3, 14)), (2026, date(2026, 3, 12)), (2027, date(2027, 3, 11))],
)
def test_return_deadline_is_the_one_dfe_published(year: int, day: date) -> None:
    """DfE, special educational needs survey dates."""
    assert census.return_deadline(year) == day


def test_an_unpublished_deadline_is_the_second_thursday_of_march() -> None:
    """March 2028 begins on a Wednesday, so its Thursdays are the 2nd and the 9th."""
    assert 2028 not in census.PUBLISHED_DEADLINES
    assert census.return_deadline(2028) == date(2028, 3, 9)
