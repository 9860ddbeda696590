"""The small expressions rules are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import polars as pl

from rightplace.returns.sen2.layout import TABLES

READ_KINDS: Final = frozenset({"date", "datetime", "flag", "integer"})
"""Kinds of item that are read into another type: the text as returned is in ``<item>_raw``."""

READ_ITEMS: Final = frozenset(item.name for table in TABLES for item in table.items if item.kind in READ_KINDS)

COLUMN_OF: Final[dict[str, str]] = {item.xml: item.name for table in TABLES for item in table.items}
"""XML name of an item to its column, the same in every table that has it."""


def c(name: str) -> pl.Expr:
    """A column of the wide frame."""
    return pl.col(name)


def as_returned(item: str) -> str:
    """The column that holds an item as text, exactly as returned."""
    return f"{item}_raw" if item in READ_ITEMS else item


def missing(*items: str) -> pl.Expr:
    """Any of the items is absent or empty. An item that cannot be read is not missing."""
    return pl.any_horizontal(pl.col(as_returned(item)).is_null() for item in items)


def given(*items: str) -> pl.Expr:
    """All of the items hold something, readable or not."""
    return pl.all_horizontal(pl.col(as_returned(item)).is_not_null() for item in items)


def is_one_of(item: str, codes: Iterable[str]) -> pl.Expr:
    """The item is one of the codes; null where it is missing."""
    return pl.col(item).is_in([str(code) for code in codes])


def not_one_of(item: str, codes: Iterable[str]) -> pl.Expr:
    """The item is given and is none of the codes."""
    return pl.col(item).is_not_null() & ~is_one_of(item, codes)


def missing_or_not_one_of(item: str, codes: Iterable[str]) -> pl.Expr:
    """The item is missing or none of the codes."""
    return pl.col(item).is_null() | ~is_one_of(item, codes)


def bad_rank(item: str) -> pl.Expr:
    """A rank is missing, or is a whole number other than 1 and 2. One that is no whole number is left to rule V04."""
    return missing(item) | ~pl.col(item).is_in([1, 2])


def age_on(birth: pl.Expr, on: pl.Expr) -> pl.Expr:
    """Age in completed years on a date. Someone born on 29 February has a birthday on 1 March in other years."""
    birthday_passed = (on.dt.month() > birth.dt.month()) | (
        (on.dt.month() == birth.dt.month()) & (on.dt.day() >= birth.dt.day())
    )
    return on.dt.year() - birth.dt.year() - (~birthday_passed).cast(pl.Int32)


def school_age_starts(birth: pl.Expr) -> pl.Expr:
    """First day of compulsory school age: the first of 31 March, 31 August and 31 December on or after the fifth birthday.

    Source: Education Act 1996, section 8; SI 1998/1607.
    """
    month = birth.dt.month()
    end = pl.when(month <= 3).then(3).when(month <= 8).then(8).otherwise(12)
    return pl.date(birth.dt.year() + 5, end, 31)


def school_age_ends(birth: pl.Expr) -> pl.Expr:
    """Last day of compulsory school age: the last Friday in June of the school year of the sixteenth birthday.

    Source: Education (School Leaving Date) Order 1997 (SI 1997/1970).
    """
    summer = birth.dt.year() + 16 + (birth.dt.month() >= 9).cast(pl.Int32)
    june = pl.date(summer, 6, 30)
    return june - pl.duration(days=(june.dt.weekday().cast(pl.Int32) + 2) % 7)


def year_before(day: pl.Expr) -> pl.Expr:
    """The same day a year earlier."""
    return day.dt.offset_by("-12mo")


def days_between(start: str, end: str) -> pl.Expr:
    """Days from one date column to another."""
    return (pl.col(end) - pl.col(start)).dt.total_days()


def day(year: pl.Expr, month: int, of_month: int) -> pl.Expr:
    """A day of a year that differs by row."""
    return pl.date(year, month, of_month)
