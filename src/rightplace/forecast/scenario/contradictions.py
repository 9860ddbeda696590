"""Changes of one scenario that cannot both be meant."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from rightplace.forecast.scenario.description import Change


def contradictions(changes: Sequence[Change]) -> list[tuple[str, str, str]]:
    """Where ("changes 1 and 3"), what is wrong and what to do, for each pair that contradicts itself.

    Two changes contradict one another where they act on the same rate of the same people at the same time and one can only
    raise what the other can only lower; or where one stops it altogether; or where one is the other written again.
    """
    return [
        (f"changes {one} and {other}", what, "Make their dates or people differ, or keep one of them.")
        for (one, first), (other, second) in combinations(enumerate(changes, start=1), 2)
        if (what := _wrong(first, second))
    ]


def _wrong(one: Change, other: Change) -> str:
    if one.name == other.name:
        return f"both are called {one.name!r}"
    if one.rate != other.rate or not _meet(one, other):
        return ""
    rate = one.rate.replace("_", " ")
    if 0.0 in (one.high, other.high):
        return f"one stops {rate} altogether and the other changes it, for some of the same people at the same time"
    if _direction(one) * _direction(other) < 0:
        return f"one raises and the other lowers {rate} of some of the same people at the same time"
    same = (
        _reach(one) == _reach(other) and (one.low, one.high) == (other.low, other.high) and one.reason == other.reason
    )
    return "they are the same change, written twice" if same else ""


def _direction(change: Change) -> int:
    """1 where it can only raise the rate, -1 where it can only lower it, 0 where it may do either or nothing."""
    if change.low >= 1.0 and change.high > 1.0:
        return 1
    return -1 if change.high <= 1.0 and change.low < 1.0 else 0


def _meet(one: Change, other: Change) -> bool:
    """Whether some people of some day are under both."""
    days = (one.until is None or other.start < one.until) and (other.until is None or one.start < other.until)
    sides = (
        (one.year_groups, other.year_groups),
        (one.needs, other.needs),
        (one.settings, other.settings),
        (one.to_settings, other.to_settings),
    )
    return days and all(not a or not b or set(a) & set(b) for a, b in sides)


def _reach(change: Change) -> tuple[object, ...]:
    return change.start, change.until, change.year_groups, change.needs, change.settings, change.to_settings
