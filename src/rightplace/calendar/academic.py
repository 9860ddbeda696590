"""Academic years, and the age, year group and school age that follow from a date of birth.

An academic year is named by the calendar year it starts in: 2025 is 1 September 2025 to 31 August 2026.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import polars as pl

from rightplace.vocabulary import year_group as year_groups

_SEPTEMBER: Final = 9
_FRIDAY: Final = 4

_PRESCRIBED_DAYS: Final = ((3, 31), (8, 31), (12, 31))
"""Days on which compulsory school age can begin.

Source: Education (Start of Compulsory School Age) Order 1998 (SI 1998/1607).
"""


def academic_year(on: date) -> int:
    """The academic year a date falls in, by the calendar year it starts in."""
    return on.year - (on.month < _SEPTEMBER)


def first_day(year: int) -> date:
    """1 September of an academic year."""
    return date(year, _SEPTEMBER, 1)


def last_day(year: int) -> date:
    """31 August that ends an academic year."""
    return date(year + 1, 8, 31)


def label(year: int) -> str:
    """How people write an academic year: 2025 is "2025/26"."""
    return f"{year}/{(year + 1) % 100:02d}"


def age_on_31_august(birth: date, academic_year: int) -> int:
    """Age in whole years on the 31 August before an academic year starts. Negative before birth."""
    return academic_year - birth.year - (birth.month >= _SEPTEMBER)


def year_group(birth: date, on: date) -> int:
    """National curriculum year group, by age, in the academic year of a date.

    SEN2 collects no year group, so this is always by age: a child educated out of year is counted
    in the year group of their age. Raises ``ValueError`` outside -4 (under one) to 20 (aged 24).
    """
    group = year_groups.of_age(age_on_31_august(birth, academic_year(on)))
    if group not in year_groups.YEAR_GROUPS:
        raise ValueError(
            f"Born {birth}, on {on}: year group {group} is outside {year_groups.FIRST} to {year_groups.LAST}."
        )
    return group


def academic_year_expr(on: pl.Expr) -> pl.Expr:
    """Academic year (Int16) of a date expression; null where the date is null."""
    return (on.dt.year() - (on.dt.month() < _SEPTEMBER).cast(pl.Int32)).cast(pl.Int16)


def age_expr(birth: pl.Expr, on: pl.Expr | date) -> pl.Expr:
    """Age (Int16) on the 31 August before the academic year of ``on``; null where a date is null.

    ``birth`` and ``on`` are Date expressions; ``on`` may be one date for every row.
    """
    start = academic_year_expr(on) if isinstance(on, pl.Expr) else pl.lit(academic_year(on), dtype=pl.Int16)
    return (start.cast(pl.Int32) - academic_year_expr(birth).cast(pl.Int32) - 1).cast(pl.Int16)


def year_group_expr(birth: pl.Expr, on: pl.Expr | date) -> pl.Expr:
    """Year group (Int16) by age in the academic year of ``on``.

    Null where a date is null and where the year group is outside -4 to 20, so that an impossible
    date of birth is counted as missing and never as the nearest age.
    """
    group = age_expr(birth, on) - year_groups.age(0)
    return pl.when(group.is_between(year_groups.FIRST, year_groups.LAST)).then(group).cast(pl.Int16)


def compulsory_school_age(birth: date) -> tuple[date, date]:
    """First and last day of compulsory school age.

    It begins on the first of 31 March, 31 August and 31 December on or after the fifth birthday,
    and ends with the last Friday in June of the school year (taken to start on 1 September) in
    which the person becomes 16. Someone born on 29 February has a birthday on 1 March in other years.

    Source: Education Act 1996, section 8; SI 1998/1607; Education (School Leaving Date) Order 1997
    (SI 1997/1970).
    """
    fifth = _birthday(birth, 5)
    starts = (date(year, month, day) for year in (fifth.year, fifth.year + 1) for month, day in _PRESCRIBED_DAYS)
    return next(day for day in starts if day >= fifth), school_leaving_date(academic_year(_birthday(birth, 16)))


def school_leaving_date(year: int) -> date:
    """Last Friday in June of an academic year, on which those aged 16 by its end may leave school."""
    last = date(year + 1, 6, 30)
    return last - timedelta(days=(last.weekday() - _FRIDAY) % 7)


def _birthday(birth: date, age: int) -> date:
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)
