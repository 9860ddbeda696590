"""Bank holidays in England: as announced, and beyond that worked out by rule and marked so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from rightplace.vocabulary import data_file

HORIZON: Final = date(2045, 12, 31)
"""The last day Rightplace says anything about. Beyond it no bank holiday is known or projected."""

_MONDAY: Final = 0
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class BankHoliday:
    """A bank holiday. ``substitute``: in place of a holiday on a weekend. ``projected``: by rule, not announced."""

    day: date
    title: str
    substitute: bool = False
    projected: bool = False


@cache
def bank_holidays() -> Mapping[date, BankHoliday]:
    """Every bank holiday in England from 2012 to the horizon, by date, in order.

    Announced days come from https://www.gov.uk/bank-holidays; later years are projected by
    :func:`by_rule`, which cannot know of one-off days and moves.
    """
    facts: dict[str, Any] = data_file.read("rightplace.calendar", "bank_holidays.yaml")
    substitutes = set(facts["substitute"])
    known = [BankHoliday(day=day, title=title, substitute=day in substitutes) for day, title in facts["days"].items()]
    later = range(facts["published_to"].year + 1, HORIZON.year + 1)
    projected = [holiday for year in later for holiday in by_rule(year)]
    return MappingProxyType({holiday.day: holiday for holiday in (*known, *projected)})


@cache
def published_period() -> tuple[date, date]:
    """First and last day of the years for which every bank holiday was announced."""
    facts: dict[str, Any] = data_file.read("rightplace.calendar", "bank_holidays.yaml")
    return facts["published_from"], facts["published_to"]


def by_rule(year: int) -> list[BankHoliday]:
    """The eight usual bank holidays of a year in England, in order, all marked projected.

    A New Year's Day, Christmas Day or Boxing Day at a weekend moves to the next weekday that is not one
    already. Source: Banking and Financial Dealings Act 1971, schedule 1, and the yearly proclamations
    for New Year's Day, the early May holiday and substitute days.
    """
    easter = easter_sunday(year)
    fixed = [
        ("Good Friday", easter - timedelta(days=2)),
        ("Easter Monday", easter + timedelta(days=1)),
        ("Early May bank holiday", _next_monday(date(year, 5, 1))),
        ("Spring bank holiday", _next_monday(date(year, 5, 25))),
        ("Summer bank holiday", _next_monday(date(year, 8, 25))),
    ]
    holidays = [BankHoliday(day=day, title=title, projected=True) for title, day in fixed]
    return sorted((*holidays, *_moved_off_weekends(year)), key=lambda holiday: holiday.day)


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous rule printed in Nature, 20 April 1876."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leaps, rest = divmod(of_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _moved_off_weekends(year: int) -> Iterator[BankHoliday]:
    usual = (
        ("New Year's Day", date(year, 1, 1)),
        ("Christmas Day", date(year, 12, 25)),
        ("Boxing Day", date(year, 12, 26)),
    )
    taken = {day for _, day in usual if day.weekday() < _SATURDAY}
    for title, day in usual:
        actual = day
        if day.weekday() >= _SATURDAY:
            while actual.weekday() >= _SATURDAY or actual in taken:
                actual += timedelta(days=1)
            taken.add(actual)
        yield BankHoliday(day=actual, title=title, substitute=actual != day, projected=True)


def _next_monday(day: date) -> date:
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)
