"""Periods of the law: so much of a unit from a day, with the number kept as a dated parameter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from rightplace import parameters
from rightplace.calendar import weeks, working_days
from rightplace.parameters.parameter import Parameter, Value


class Counted(StrEnum):
    """How a period is counted, in the words of the law."""

    WEEKS = "weeks after"
    WEEKS_BEFORE = "weeks before"
    DAYS = "calendar days after"
    DAYS_BEGINNING = "calendar days, beginning with the day itself"
    WORKING_DAYS = "working days after"
    WORKING_DAYS_BEGINNING = "working days, beginning with the day itself"
    MONTHS = "months after"
    MONTHS_BEGINNING = "months, beginning with the day itself"
    MONTHS_BEFORE = "months before"


def _months_beginning(day: date, months: int) -> date:
    return weeks.add_months(day, months) - timedelta(days=1)


_COUNTING: Final[dict[Counted, Callable[[date, int], date]]] = {
    Counted.WEEKS: weeks.add_weeks,
    Counted.WEEKS_BEFORE: lambda day, number: weeks.add_weeks(day, -number),
    Counted.DAYS: weeks.add_days,
    Counted.DAYS_BEGINNING: weeks.last_of_days_beginning_with,
    Counted.WORKING_DAYS: working_days.add_working_days,
    Counted.WORKING_DAYS_BEGINNING: working_days.last_of_working_days_beginning_with,
    Counted.MONTHS: weeks.add_months,
    Counted.MONTHS_BEGINNING: _months_beginning,
    Counted.MONTHS_BEFORE: lambda day, number: weeks.add_months(day, -number),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A period: the parameter that holds its length, and how it is counted.

    "12 months beginning with" a day, or "starting with" it, make that day the first, so a plan made on 1 January is
    reviewed by 31 December (Children and Families Act 2014, section 44(1)).
    """

    parameter: str
    counted: Counted

    def last_day(self, day: date) -> date:
        """The last day in time, for a period that runs from ``day`` or back from it."""
        return _COUNTING[self.counted](day, number(self.parameter, day))

    def words(self, on: date) -> str:
        """The period as people say it: "6 weeks after"."""
        many, counted = number(self.parameter, on), self.counted.value
        return f"1 {counted.replace('s ', ' ', 1).replace('s,', ',', 1)}" if many == 1 else f"{many} {counted}"


def law(name: str, on: date) -> Value:
    """The value of a parameter in force on a day. Raises ``UserError`` before it was in force."""
    return _parameter(name).at(on)


def number(name: str, on: date) -> int:
    """A whole number of the law on a day. Raises ``UserError`` before it was in force."""
    return int(str(law(name, on).value))


@cache
def _parameter(name: str) -> Parameter:
    return parameters.load(name)
