"""Dates as whole numbers of days since 1970, so that a hundred thousand can be worked on at once."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import polars as pl

from rightplace.calendar.census import census_day
from rightplace.example.kinds import Flags, Ints

NEVER: Final = -1
"""A day that has not come, or an item that is not there."""

_EPOCH: Final = date(1970, 1, 1).toordinal()
_THURSDAY: Final = 3
"""1 January 1970 was a Thursday; Monday is 0."""


def number(day: date) -> int:
    """The number of a day."""
    return day.toordinal() - _EPOCH


def of(year: int, month: int, day: int) -> int:
    """The number of a day given as year, month and day."""
    return number(date(year, month, day))


def census(year: int) -> int:
    """The number of the census day of a year."""
    return number(census_day(year))


def column(days: Ints) -> pl.Series:
    """Days as a polars Date column; null where the day is ``NEVER``."""
    return (
        pl.Series(np.where(days == NEVER, 0, days).astype(np.int32)).cast(pl.Date).set(pl.Series(days == NEVER), None)
    )


def september(year: Ints) -> Ints:
    """1 September of each year."""
    months = (year - 1970) * 12 + 8
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64))


def cohort(age: Ints, august: int) -> Ints:
    """The first birth date of people who are an age on 31 August of the year ``august``."""
    return september(august - age - 1)


def age_on_august(birth: Ints, year: int) -> Ints:
    """Completed years on 31 August of a year."""
    born_on = birth.astype("datetime64[D]")
    years = born_on.astype("datetime64[Y]").astype(np.int64) + 1970
    months = born_on.astype("datetime64[M]").astype(np.int64) % 12 + 1
    return np.asarray(year - years - (months >= 9), dtype=np.int64)


def birthday(birth: Ints, age: int) -> Ints:
    """The day people become an age. A birthday on 29 February is kept on 1 March in other years."""
    born_on = birth.astype("datetime64[D]")
    months = born_on.astype("datetime64[M]")
    in_month = (born_on - months.astype("datetime64[D]")).astype(np.int64)
    return np.asarray((months + 12 * age).astype("datetime64[D]").astype(np.int64) + in_month, dtype=np.int64)


def completed_years(birth: Ints, on: Ints | int) -> Ints:
    """Age in completed years on a day."""
    guess = (np.asarray(on) - birth) // 365
    out = np.zeros(len(birth), dtype=np.int64)
    for age in range(int(guess.max(initial=0)) + 1):
        out += np.asarray(on) >= birthday(birth, age + 1)
    return out


def weekday(days: Ints) -> Ints:
    """Day of the week, Monday 0 to Sunday 6."""
    return np.asarray((days + _THURSDAY) % 7, dtype=np.int64)


def working(days: Ints) -> Ints:
    """Each day, or the Friday before it where it is at a weekend."""
    return np.asarray(days - np.maximum(weekday(days) - 4, 0), dtype=np.int64)


def school_day(days: Ints) -> Ints:
    """Each day, or the first school day after it where it is in the summer or Christmas holiday, or at a weekend."""
    whole = days.astype("datetime64[D]")
    first = whole.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    day = days - first
    out = np.where(_between(day, 203, 245), first + 246, days)
    out = np.where(day >= 354, first + 371, out)
    out = np.where(day <= 4, first + 5, out)
    return np.asarray(out + np.where(weekday(out) > 4, 7 - weekday(out), 0), dtype=np.int64)


def _between(values: Ints, low: int, high: int) -> Flags:
    return np.asarray((values >= low) & (values <= high))
