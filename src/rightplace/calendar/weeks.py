"""Statutory periods in weeks, calendar days and calendar months, counted as the law counts them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def add_weeks(anchor: date, weeks: int) -> date:
    """The last day of a period of weeks from an event: the same weekday, so many weeks on.

    The day of the event is not counted. "Within 6 weeks of receiving the request" received on a
    Monday ends with the Monday six weeks later. Negative ``weeks`` count back from the event.
    """
    return anchor + timedelta(weeks=weeks)


def add_days(anchor: date, days: int) -> date:
    """The last of so many calendar days after an event; the day of the event is not counted."""
    return anchor + timedelta(days=days)


def last_of_days_beginning_with(first: date, days: int) -> date:
    """The last of so many calendar days "beginning with" a day, which is itself day 1.

    A draft plan served on the 1st with "15 days beginning with the day on which it was served" leaves
    until the end of the 15th (SI 2014/1530, regulation 13(1); the phrase as in Trow v Ind Coope
    [1967] 2 QB 899). Raises ``ValueError`` for fewer than one day.
    """
    if days < 1:
        raise ValueError(f"A period beginning with a day is at least one day long, not {days}.")
    return first + timedelta(days=days - 1)


def add_months(anchor: date, months: int) -> date:
    """The last day of a period of calendar months from an event: the corresponding date.

    The day of the event is not counted. Where the month has no such day the period ends on its last:
    two months from 31 December end on 28 or 29 February (Dodds v Walker [1981] 1 WLR 1027). Negative
    ``months`` count back.
    """
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def whole_weeks_between(start: date, end: date) -> int:
    """Completed weeks from one day to another; negative when ``end`` comes first."""
    days = (end - start).days
    return days // 7 if days >= 0 else -((-days) // 7)
