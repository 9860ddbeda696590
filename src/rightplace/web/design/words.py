"""Dates, numbers and statuses as people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from django.utils.timezone import localtime

from rightplace.casework.speech import days


@lru_cache(maxsize=10_000)
def day(when: date | None) -> str:
    """A day in a list: "3 March 2026"; "no date" for none."""
    return f"{when.day} {when:%B %Y}" if when else "no date"


def moment(when: datetime | None) -> str:
    """A moment: "3 March 2026 at 14:02", by the clocks of England."""
    if when is None:
        return "not yet"
    local = localtime(when)
    return f"{day(local.date())} at {local:%H:%M}"


def left(due: date | None, on: date) -> str:
    """How a day due stands: "5 days left", "Due today", "12 days late (due 3 March 2026)"."""
    if due is None:
        return "No date"
    gap = (due - on).days
    if gap > 0:
        return f"{days(gap)} left (due {day(due)})"
    return f"{days(-gap)} late (due {day(due)})" if gap < 0 else "Due today"


def number(value: float) -> str:
    """A count: "1,234"."""
    return f"{value:,.0f}"


FILTERS: Final[Mapping[str, Callable[..., Any]]] = MappingProxyType(
    {"day": day, "moment": moment, "left": left, "number": number, "days": days}
)
