"""Who can go where at what cost: the assignment problem as arrays, and an answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.errors import DataError

Whole = npt.NDArray[np.int64]
Index = npt.NDArray[np.int32]

NOWHERE: Final = -1
"""The base of a child who has no place."""

MOST_COST: Final = 2**61
"""No cost may be larger in size, so that the difference of two still fits in 64 bits."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Children, bases with seats, and the pairs that are possible.

    ``seats`` int64[bases]. The candidates of child ``i`` are entries ``start[i]`` to ``start[i + 1]`` of ``base``
    (int32, a row of ``seats``) and ``cost`` (int64, any whole unit). ``unplaced`` int64[children] is what it costs to
    leave a child without a place, so every child is placed or paid for.
    """

    seats: Whole
    start: Whole
    base: Index
    cost: Whole
    unplaced: Whole

    @property
    def children(self) -> int:
        """How many children."""
        return len(self.unplaced)

    @property
    def bases(self) -> int:
        """How many bases."""
        return len(self.seats)

    def child_of_arc(self) -> Index:
        """The child of each candidate, int32[arcs]."""
        return np.repeat(np.arange(self.children, dtype=np.int32), np.diff(self.start))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assignment:
    """A plan, what it costs, and the prices that prove it best.

    ``base`` int32[children], ``NOWHERE`` for a child without a place. ``base_price`` int64[bases] is the value of one
    more place there; ``child_price`` int64[children] is the least, over the child's candidates, of cost and price
    together. :func:`rightplace.places.assign.certificate.certify` checks the proof.
    """

    base: Index
    cost: int
    child_price: Whole
    base_price: Whole


def problem(*, seats: Whole, start: Whole, base: Index, cost: Whole, unplaced: Whole) -> Problem:
    """A problem whose arrays fit each other.

    Raises ``DataError`` naming the first thing that does not fit.
    """
    made = Problem(
        seats=np.ascontiguousarray(seats, np.int64),
        start=np.ascontiguousarray(start, np.int64),
        base=np.ascontiguousarray(base, np.int32),
        cost=np.ascontiguousarray(cost, np.int64),
        unplaced=np.ascontiguousarray(unplaced, np.int64),
    )
    fault = _fault(made)
    if fault:
        raise DataError(f"The assignment problem is not whole: {fault}.")
    return made


def _fault(made: Problem) -> str:
    arcs = len(made.base)
    if len(made.start) != made.children + 1 or made.start[0] != 0 or made.start[-1] != arcs:
        return "the candidates are not divided among the children"
    if len(made.cost) != arcs:
        return "there is not one cost for each candidate"
    if (np.diff(made.start) < 0).any():
        return "the candidates of a child end before they start"
    if arcs and (made.base.min() < 0 or made.base.max() >= made.bases):
        return "a candidate is at a base that does not exist"
    if made.bases and made.seats.min() < 0:
        return f"base {int(made.seats.argmin())} has fewer than no seats"
    largest = max((int(np.abs(part).max()) for part in (made.cost, made.unplaced) if len(part)), default=0)
    return "a cost is too large to add up" if largest > MOST_COST else ""


def paid(of: Problem, base: Index) -> Whole:
    """What each child's place costs, int64[children].

    Raises ``DataError`` where a child is at a base that is not one of its candidates.
    """
    cost = of.unplaced.copy()
    child = of.child_of_arc()
    used = np.flatnonzero(of.base == base[child])
    cost[child[used]] = of.cost[used]
    found = np.zeros(of.children, bool)
    found[child[used]] = True
    stray = np.flatnonzero((base != NOWHERE) & ~found)
    if len(stray):
        raise DataError(f"Child {int(stray[0])} is at a base that is not one of its candidates.")
    return cost
