"""Room for a year under way, made once for many futures; cells are numbered (year group x needs + need) x kinds + kind."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]


class Lists(NamedTuple):
    """Lists of cells, filled from the front: ``held`` have people, ``busy`` have people to whom something happens.

    For the i-th busy cell: ``leave``, ``move`` and ``change`` are the chances, ``moving`` how many move, ``staying``
    how many do not. ``movers`` are the busy cells with movers; ``place`` is each one's number among the busy.
    """

    held: Whole
    busy: Whole
    leave: Reals
    move: Reals
    change: Reals
    moving: Whole
    staying: Whole
    movers: Whole
    place: Whole


class Groups(NamedTuple):
    """Groups of people whose recorded need may yet change: the busy cell's number, the kind they are now in, how many.

    ``moved`` is 1 where they have moved.
    """

    place: Whole
    kind: Whole
    people: Whole
    moved: Whole


class Bench(NamedTuple):
    """``people`` of the January before, ``after`` those of this one, ``joining`` those who joined: all (Y x N x K).

    ``joiners`` (Y,) counts joiners, ``expected`` (Y,) is how many are expected and ``odds`` (Y,) multiplies the odds of
    leaving; ``taken`` (Y x N x K) are plans taken away to meet a total. ``weights`` has room for one year group's needs and kinds, ``size`` holds Y, N, K;
    ``group``, ``need`` and ``kind`` are those of each cell.
    """

    people: Whole
    after: Whole
    joining: Whole
    joiners: Whole
    expected: Reals
    odds: Reals
    taken: Whole
    weights: Reals
    lists: Lists
    groups: Groups
    group: Whole
    need: Whole
    kind: Whole
    size: NDArray[np.int64]


def bench(groups: int, needs: int, kinds: int) -> Bench:
    """Room for a year of a stock of this shape."""
    cells = groups * needs * kinds

    def whole() -> Whole:
        return np.zeros(cells + 1, np.int32)

    def real() -> Reals:
        return np.zeros(cells + 1)

    group, need, kind = (place.ravel().astype(np.int32) for place in np.indices((groups, needs, kinds)))
    return Bench(
        people=whole()[:cells],
        after=whole()[:cells],
        joining=whole()[:cells],
        joiners=np.zeros(groups, np.int32),
        expected=np.zeros(groups),
        odds=np.zeros(groups),
        taken=whole()[:cells],
        weights=np.zeros(needs * kinds),
        lists=Lists(whole(), whole(), real(), real(), real(), whole(), whole(), whole(), whole()),
        groups=Groups(*np.zeros((4, cells * (kinds + 1)), np.int32)),
        group=group,
        need=need,
        kind=kind,
        size=np.array([groups, needs, kinds]),
    )
