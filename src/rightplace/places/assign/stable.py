"""The stable plan: no child and base would both rather have each other than what they have.

Children ask in the order of their wishes; a base keeps those who come first in its own order and turns the others away,
who ask on (deferred acceptance, children asking: D. Gale and L. S. Shapley, "College Admissions and the Stability of
Marriage", *American Mathematical Monthly* 69, 1962). No stable plan is better for any child. Which children are without
a place, and how many each base takes, is the same in every stable plan (A. E. Roth, "On the Allocation of Residents to
Rural Hospitals", *Econometrica* 54, 1986).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rightplace.errors import DataError
from rightplace.forecast.draws.compiled import compiled
from rightplace.places.assign.problem import NOWHERE, Index, Whole

LAST: Final = np.iinfo(np.int64).max
"""A turn after every other."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Market:
    """Children's wishes and the order in which bases take children.

    ``seats`` int64[bases]. The candidates of child ``i`` are entries ``start[i]`` to ``start[i + 1]`` of ``base``
    (int32), **the most wished for first**, and of ``turn`` (int64): a base takes a lower turn before a higher one.
    """

    seats: Whole
    start: Whole
    base: Index
    turn: Whole

    def child_of_arc(self) -> Index:
        """The child of each candidate, int32[arcs]."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int32), np.diff(self.start))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlockingPairs:
    """Pairs that would both rather have each other: the children and the bases, by row. None in a stable plan."""

    child: Index
    base: Index

    def __len__(self) -> int:
        """How many."""
        return len(self.child)


def stable(market: Market) -> Index:
    """The base of each child in the stable plan that is best for every child, int32[children].

    Raises ``DataError`` where the plan turns on two children who have the same turn at a base: ties are to be broken
    first, by a lottery number (:mod:`rightplace.places.assign.turns`).
    """
    room = np.concatenate(([0], np.cumsum(np.minimum(market.seats, _asking(market)))))
    at, tied = _accept(market.start, market.base, market.turn, room)
    if tied != NOWHERE:
        raise DataError(f"Two children have the same turn at base {tied}.", action="Break ties by a lottery number.")
    return at


def blocking_pairs(market: Market, base: Index) -> BlockingPairs:
    """Every pair of a child and a base that block a plan, found from the definition and not from how it was made.

    A candidate blocks when the child wishes for it more than for what it has, and the base has room or has a child
    whose turn comes later. Raises ``DataError`` where a child is at a base that is not a candidate, or a base is too full.
    """
    child = market.child_of_arc()
    held = market.base == base[child]
    has = np.full(len(base), len(market.base), np.int64)
    has[child[held]] = np.flatnonzero(held)
    if ((base != NOWHERE) & (has == len(market.base))).any():
        raise DataError("A child is at a base that is not one of its candidates.")
    load = np.bincount(base[base != NOWHERE], minlength=len(market.seats))
    if (load > market.seats).any():
        raise DataError("A base is given more children than it has seats.")
    latest = np.full(len(market.seats), -1, np.int64)
    np.maximum.at(latest, market.base[held], market.turn[held])
    latest[load < market.seats] = LAST
    wished_more = np.arange(len(market.base)) < has[child]
    block = np.flatnonzero(wished_more & (market.turn < latest[market.base]))
    return BlockingPairs(child=child[block], base=market.base[block])


def _asking(market: Market) -> Whole:
    return np.bincount(market.base, minlength=len(market.seats))


@compiled
def _accept(start: Whole, base: Index, turn: Whole, room: Whole) -> tuple[Index, int]:
    """Deferred acceptance. Each base keeps its children in a heap with the latest turn on top.

    Returns with the plan a base where a tie had to be broken, or ``NOWHERE``: without one, ties do not matter.
    """
    children = len(start) - 1
    at = np.full(children, NOWHERE, np.int32)
    asks = start[:-1].copy()
    held = np.zeros(len(room) - 1, np.int64)
    heap = np.empty(room[-1], np.int64)
    owner = np.empty(room[-1], np.int32)
    tied = NOWHERE
    for first in range(children):
        child = first
        while child != NOWHERE and asks[child] < start[child + 1]:
            arc = asks[child]
            asks[child] += 1
            b = base[arc]
            low, seats = room[b], room[b + 1] - room[b]
            if held[b] < seats:
                _rise(heap, owner, low, held[b], turn[arc], child)
                held[b] += 1
                at[child] = b
                child = NOWHERE
            elif seats > 0 and turn[arc] <= heap[low]:
                if turn[arc] == heap[low] or heap[low] == _second(heap, low, seats):
                    tied = b
                    if turn[arc] == heap[low]:
                        continue
                turned_away = owner[low]
                _sink(heap, owner, low, seats, turn[arc], child)
                at[child] = b
                at[turned_away] = NOWHERE
                child = turned_away
    return at, tied


@compiled
def _second(heap: Whole, low: int, size: int) -> int:
    """The latest turn but one; -1 where there is one seat."""
    if size == 1:
        return -1
    return int(heap[low + 1]) if size == 2 else int(max(heap[low + 1], heap[low + 2]))


@compiled
def _rise(heap: Whole, owner: Index, low: int, place: int, turn: int, child: int) -> None:
    while place > 0:
        above = (place - 1) >> 1
        if heap[low + above] >= turn:
            break
        heap[low + place] = heap[low + above]
        owner[low + place] = owner[low + above]
        place = above
    heap[low + place] = turn
    owner[low + place] = child


@compiled
def _sink(heap: Whole, owner: Index, low: int, size: int, turn: int, child: int) -> None:
    place = 0
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and heap[low + below + 1] > heap[low + below]:
            below += 1
        if heap[low + below] <= turn:
            break
        heap[low + place] = heap[low + below]
        owner[low + place] = owner[low + below]
        place = below
    heap[low + place] = turn
    owner[low + place] = child
