"""Axes of counts: they start at nought and never mark a step smaller than a reader may know of."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

import altair as alt


def count_axis(values: Iterable[int | None], *, most: int = 6) -> tuple[list[int], Any]:
    """Marks from 0 past the largest value, at most ``most`` steps of 5, 10, 20, 50, 100 ..., and their scale."""
    largest = max((value for value in values if value is not None), default=0)
    steps = (factor * 10**power for power in count() for factor in (5, 10, 20))
    step = next(step for step in steps if step * most >= largest)
    marks = [step * number for number in range(max(1, -(-largest // step)) + 1)]
    return marks, alt.Scale(domain=[0, marks[-1]], nice=False)
