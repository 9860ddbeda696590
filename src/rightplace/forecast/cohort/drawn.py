"""The parameters of one future, drawn when a cell first has people and then held for all its years.

A parameter is keyed by what it is and by its cell, so it is the same whenever it is first needed.
Groups are drawn before their members, and a member's draw is centred on its group's: cells of one
group are uncertain together, which is what keeps ranges from being too narrow.

Cells are numbered (year group x needs + need) x kinds + kind.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.model import Joining, NeedChanges
from rightplace.forecast.draws.compiled import part, within
from rightplace.forecast.draws.keyed import child
from rightplace.forecast.draws.many import Many, answer, ask, gammas, room
from rightplace.forecast.draws.spread import beta, gamma

Reals = NDArray[np.float64]
Places = NDArray[np.int64]
Key = np.uint64
UNKNOWN: Final = -1.0


class Shares(NamedTuple):
    """Drawn shares of a ladder by year group (Y,), kind (Y x K) and cell (Y x N x K); -1 until drawn."""

    year: Reals
    kind: Reals
    cell: Reals


class Splits(NamedTuple):
    """Drawn destinations by origin (Y x K, to K) and cell (Y x N x K, to K); ``known`` is 1 for cells once drawn.

    The first entry of an origin is -1 until drawn.
    """

    kind: Reals
    cell: Reals
    known: NDArray[np.uint8]


class Drawn(NamedTuple):
    """Every parameter of one future. ``change`` is (N,), ``becomes`` (N, to N), ``rate`` (Y,), ``joiners`` (Y, N x K).

    ``many`` is room for draws made at once; ``fresh`` and ``groups`` have room for lists of cells (Y x N x K) and of groups (Y x K)
    that have no draws yet.
    """

    leaving: Shares
    moving: Shares
    destinations: Splits
    change: Reals
    becomes: Reals
    rate: Reals
    joiners: Reals
    many: Many
    fresh: Places
    groups: Places


def empty(groups: int, needs: int, kinds: int) -> Drawn:
    """Room for the parameters of one future."""
    cells = groups * needs * kinds
    return Drawn(
        Shares(np.empty(groups), np.empty(groups * kinds), np.empty(cells)),
        Shares(np.empty(groups), np.empty(groups * kinds), np.empty(cells)),
        Splits(np.empty((groups * kinds, kinds)), np.empty((cells, kinds)), np.empty(cells, np.uint8)),
        np.empty(needs),
        np.empty((needs, needs)),
        np.empty(groups),
        np.empty((groups, needs * kinds)),
        room(max(4 * cells, cells * kinds, cells + needs * needs)),
        np.empty(cells + 1, np.int64),
        np.empty(groups * kinds + 1, np.int64),
    )


@part
def _forget(drawn: Shares) -> None:
    drawn.year[:] = UNKNOWN
    drawn.kind[:] = UNKNOWN
    drawn.cell[:] = UNKNOWN


@within
def begin(need_changes: NeedChanges, joining: Joining, drawn: Drawn, need_key: Key, join_key: Key) -> None:
    """Forget the last future; draw what every future needs: need changes, joining rates, and joiners' needs and kinds."""
    many, of_becoming, of_rate, of_split = drawn.many, child(need_key, 2), child(join_key, 0), child(join_key, 1)
    _forget(drawn.leaving)
    _forget(drawn.moving)
    drawn.destinations.kind[:, 0] = UNKNOWN
    drawn.destinations.known[:] = 0
    needs, groups, parts = len(drawn.change), len(drawn.rate), joining.split.shape[1]
    first = needs * needs
    for n in range(needs):
        drawn.change[n] = draw_share(need_key, 0, n, need_changes.change[n, 0], need_changes.change[n, 1])
        ask(many, n * needs, child(of_becoming, n), need_changes.becomes[n])
    for y in range(groups):
        drawn.rate[y] = gamma(child(of_rate, y), joining.rate[y, 0]) / joining.rate[y, 1]
        ask(many, first + y * parts, child(of_split, y), joining.split[y])
    gammas(many, first + groups * parts)
    for n in range(needs):
        answer(many, n * needs, drawn.becomes[n])
    for y in range(groups):
        answer(many, first + y * parts, drawn.joiners[y])


@part
def draw_share(key: Key, level: int, place: int, yes: float, no: float) -> float:
    """A share: a Beta draw with ``yes`` and ``no`` in people, for a ``place`` at a ``level`` of a ladder."""
    return beta(child(child(key, 2 * level), place), child(child(key, 2 * level + 1), place), yes, no)
