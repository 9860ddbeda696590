"""Sharing people out among parts by weights: each has a draw of their own, which falls on one part of the running total.

A further person, or weights that are a little different, leaves the others where they were. The draw is compared with every
running total rather than until it is passed: a processor compares many at once, but loses time wherever it guesses wrongly
that a search goes on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.keyed import uniform

Reals = NDArray[np.float64]
Places = NDArray[np.int64]


@part
def add_up(weights: Reals, parts: int, running: Reals) -> float:
    """Write the running totals of the first so many ``parts``; what they all add up to."""
    total = 0.0
    for i in range(parts):
        total += weights[i]
        running[i] = total
    return total


@part
def fallen_on(running: Reals, parts: int, place: float) -> int:
    """The part, of so many ``parts`` with ``running`` totals, that a place below the last total falls on.

    A part without weight is never the one: its running total is that of the part before.
    """
    at = 0
    for i in range(parts):
        at += 1 if place >= running[i] else 0
    return at


@part
def share_out(people: int, weights: Reals, parts: int, key: np.uint64, running: Reals, out: Places) -> None:
    """``people`` among the first so many ``parts`` by ``weights``, which need not add up to 1: how many come ``out`` in each.

    ``running`` is room for as many running totals.
    """
    total = add_up(weights, parts, running)
    for i in range(parts):
        out[i] = 0
    for person in range(people):
        out[fallen_on(running, parts, uniform(key, person) * total)] += 1
