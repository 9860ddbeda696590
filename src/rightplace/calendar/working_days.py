"""Working days in England: Monday to Friday, but for Good Friday, Christmas Day and bank holidays.

The Special Educational Needs and Disability Regulations 2014 use the words (regulations 15 and 34) and do not
define them; the usual statutory meaning is taken. Dates from 2012 to ``HORIZON`` are answered.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal

import polars as pl

from rightplace.calendar.bank_holidays import HORIZON, bank_holidays, published_period
from rightplace.errors import UserError

__all__ = [
    "FIRST",
    "HORIZON",
    "add_working_days",
    "add_working_days_expr",
    "bank_holidays",
    "first_working_day",
    "is_projected",
    "is_working_day",
    "last_of_working_days_beginning_with",
    "working_days_between",
    "working_days_between_expr",
]

FIRST: Final = date(2012, 1, 1)
"""The first day Rightplace knows the bank holidays of."""

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether a day is a working day in England.

    Raises ``UserError`` before ``FIRST`` or after ``HORIZON``.
    """
    if not FIRST <= day <= HORIZON:
        raise UserError(
            f"Working days are known from {FIRST} to {HORIZON}, and {day} is outside them.",
            action="Check the year of the date.",
        )
    return day.weekday() < _SATURDAY and day not in bank_holidays()


def is_projected(day: date) -> bool:
    """Whether the bank holidays of a day's year are worked out by rule, not yet announced."""
    return day > published_period()[1]


def first_working_day(day: date) -> date:
    """The day itself if it is a working day, otherwise the next one. Raises as :func:`is_working_day`."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(anchor: date, days: int) -> date:
    """The last of so many working days after an event; the day of the event is not counted.

    One working day after a Friday, a Saturday or a Sunday is the Monday, if that is a working day.
    Negative ``days`` count back. 0 gives the day itself, or the next working day when it is
    not one. Raises as :func:`is_working_day`.
    """
    if days == 0:
        return first_working_day(anchor)
    step = _DAY if days > 0 else -_DAY
    day = anchor
    for _ in range(abs(days)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def last_of_working_days_beginning_with(first: date, days: int) -> date:
    """The last of so many working days "beginning with" a day, which is day 1 when it is a working day.

    An authority that learns of a move on a Monday has "15 working days beginning with the day on which it
    became aware" (SI 2014/1530, regulation 15(2)) until the Friday of the third week, holidays aside.
    Raises ``ValueError`` for fewer than one day, and as :func:`is_working_day`.
    """
    if days < 1:
        raise ValueError(f"A period beginning with a day is at least one day long, not {days}.")
    start = first_working_day(first)
    return start if days == 1 else add_working_days(start, days - 1)


def working_days_between(start: date, end: date) -> int:
    """How many working days have passed by the end of ``end``, not counting ``start``.

    The inverse of :func:`add_working_days` when ``end`` is a working day. Negative when ``end`` comes before
    ``start``. Raises as :func:`is_working_day`.
    """
    if end < start:
        return -_count(end, start - _DAY)
    return _count(start + _DAY, end)


def add_working_days_expr(anchor: pl.Expr, days: int) -> pl.Expr:
    """As :func:`add_working_days`, for a Date expression; null outside ``FIRST`` to ``HORIZON``.

    A result near the horizon may pass it; only the anchor is tested.
    """
    roll: Literal["backward", "forward"] = "backward" if days > 0 else "forward"
    known = pl.when(anchor.is_between(FIRST, HORIZON)).then(anchor)
    return known.dt.add_business_days(days, holidays=list(bank_holidays()), roll=roll)


def working_days_between_expr(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """As :func:`working_days_between`, for Date expressions: Int32, null where either date is null or unknown."""
    known = start.is_between(FIRST, HORIZON) & end.is_between(FIRST, HORIZON)
    holidays = list(bank_holidays())
    forward = pl.business_day_count(start + _DAY, end + _DAY, holidays=holidays)
    backward = -pl.business_day_count(end, start, holidays=holidays)
    return pl.when(known).then(pl.when(end >= start).then(forward).otherwise(backward))


def _count(first: date, last: date) -> int:
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return sum(is_working_day(day) for day in days)
