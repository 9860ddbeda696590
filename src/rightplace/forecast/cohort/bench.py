"""Room for a year under way, made once for many futures; cells are numbered (year group x needs + need) x kinds + kind."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]
Places = NDArray[np.int64]


class Lists(NamedTuple):
    """Lists of cells, filled from the front: ``held`` have people, ``busy`` have people to whom something happens.

    For the i-th busy cell: ``leave``, ``move`` and ``change`` are the chances, ``moving`` how many move, ``staying``
    how many do not. ``movers`` are the busy cells with movers; ``place`` is each one's number among the busy.
    """

    held: Places
    busy: Places
    leave: Reals
    move: Reals
    change: Reals
    moving: Places
    staying: Places
    movers: Places
    place: Places


class Groups(NamedTuple):
    """Groups of people whose recorded need may yet change: the busy cell's number, the cell they are now in, how many.

    They are still of the year group of the January before. Where the cell is not the busy one, they have moved.
    """

    place: Places
    cell: Places
    people: Places


class Room(NamedTuple):
    """Room for what is worked out and used at once.

    By kind (K,): weights of the kinds that movers go ``toward``, a scenario's ``factor`` on each, ``extra`` weights that it adds,
    and how many ``also`` go there. ``of_kinds`` (N, K) are for running totals of each need's kinds, ``running`` for one of needs or kinds,
    ``parts`` for counts of one year group's needs and kinds.
    """

    toward: Reals
    factor: Reals
    extra: Reals
    also: Places
    running: Reals
    of_kinds: Reals
    parts: Places


class Bench(NamedTuple):
    """``people`` of the January before, ``after`` those of this one, ``joining`` those who joined: all (Y x N x K).

    ``joiners`` (Y,) counts joiners, ``expected`` (Y,) is how many are expected and ``odds`` (Y,) multiplies the odds of
    leaving; ``taken`` (Y x N x K) are plans taken away to meet a total. ``size`` holds Y, N, K; ``columns`` (Y x N x K, 3) are
    the margins that a cell counts in.
    """

    people: Whole
    after: Whole
    joining: Whole
    joiners: Places
    expected: Reals
    odds: Reals
    taken: Whole
    lists: Lists
    groups: Groups
    room: Room
    columns: Places
    size: Places


def bench(groups: int, needs: int, kinds: int) -> Bench:
    """Room for a year of a stock of this shape."""
    cells = groups * needs * kinds

    def people() -> Whole:
        return np.zeros(cells, np.int32)

    def places() -> Places:
        return np.zeros(cells + 1, np.int64)

    def reals() -> Reals:
        return np.zeros(cells + 1)

    group, need, kind = (place.ravel() for place in np.indices((groups, needs, kinds)))
    return Bench(
        people=people(),
        after=people(),
        joining=people(),
        joiners=np.zeros(groups, np.int64),
        expected=np.zeros(groups),
        odds=np.zeros(groups),
        taken=people(),
        lists=Lists(places(), places(), reals(), reals(), reals(), places(), places(), places(), places()),
        groups=Groups(*np.zeros((3, cells * (kinds + 1)), np.int64)),
        room=Room(
            toward=np.zeros(kinds),
            factor=np.zeros(kinds),
            extra=np.zeros(kinds),
            also=np.zeros(kinds, np.int64),
            running=np.zeros(max(needs, kinds)),
            of_kinds=np.zeros((needs, kinds)),
            parts=np.zeros(needs * kinds, np.int64),
        ),
        columns=np.stack([group, groups + need, groups + needs + kind], axis=1).astype(np.int64),
        size=np.array([groups, needs, kinds], dtype=np.int64),
    )
