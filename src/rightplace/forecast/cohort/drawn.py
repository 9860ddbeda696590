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

from rightplace.forecast.cohort.model import TIED, Destinations, Joining, Ladder, NeedChanges
from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.keyed import child
from rightplace.forecast.draws.spread import beta, gamma, shares

Reals = NDArray[np.float64]
Places = NDArray[np.int64]
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
    """Every parameter of one future. ``change`` is (N,), ``becomes`` (N, to N), ``rate`` (Y,), ``joiners`` (Y, N x K)."""

    leaving: Shares
    moving: Shares
    destinations: Splits
    change: Reals
    becomes: Reals
    rate: Reals
    joiners: Reals


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
    )


@part
def _forget(drawn: Shares) -> None:
    drawn.year[:] = UNKNOWN
    drawn.kind[:] = UNKNOWN
    drawn.cell[:] = UNKNOWN


@part
def begin(need_changes: NeedChanges, joining: Joining, drawn: Drawn, need_key: np.uint64, join_key: np.uint64) -> None:
    """Forget the last future; draw what every future needs: need changes and joining rates."""
    _forget(drawn.leaving)
    _forget(drawn.moving)
    drawn.destinations.kind[:, 0] = UNKNOWN
    drawn.destinations.known[:] = 0
    drawn.joiners[:, 0] = UNKNOWN
    for n in range(len(drawn.change)):
        drawn.change[n] = _share(need_key, 0, n, need_changes.change[n, 0], need_changes.change[n, 1])
        _split(child(child(need_key, 2), n), need_changes.becomes[n], drawn.becomes[n])
    for y in range(len(drawn.rate)):
        drawn.rate[y] = gamma(child(child(join_key, 0), y), joining.rate[y, 0]) / joining.rate[y, 1]


@part
def _share(key: np.uint64, level: int, place: int, yes: float, no: float) -> float:
    return beta(child(child(key, 2 * level), place), child(child(key, 2 * level + 1), place), yes, no)


@part
def _split(key: np.uint64, parameters: Reals, out: Reals) -> None:
    for i in range(len(parameters)):
        out[i] = gamma(child(key, i), parameters[i])
    if not shares(out):
        for i in range(len(parameters)):
            out[i] = parameters[i]
        shares(out)


@part
def fill_shares(ladder: Ladder, drawn: Shares, key: np.uint64, cells: Places, count: int) -> None:
    """Draw the shares of the first ``count`` of ``cells``: each its group's, moved by the cell's own evidence."""
    _, needs, kinds = ladder.cell_yes.shape
    for i in range(count):
        c = cells[i]
        if drawn.cell[c] >= 0.0:
            continue
        y, n, k = c // (needs * kinds), (c // kinds) % needs, c % kinds
        group = y * kinds + k
        if drawn.year[y] < 0.0:
            drawn.year[y] = _share(key, 0, y, ladder.year[y, 0], ladder.year[y, 1])
        if drawn.kind[group] < 0.0:
            centre = ladder.weights[0] * drawn.year[y]
            against = ladder.weights[0] - centre + ladder.kind_no[y, k]
            drawn.kind[group] = _share(key, 1, group, centre + ladder.kind_yes[y, k], against)
        if ladder.weights[1] >= TIED:
            drawn.cell[c] = drawn.kind[group]
            continue
        centre = ladder.weights[1] * drawn.kind[group]
        against = ladder.weights[1] - centre + ladder.cell_no[y, n, k]
        drawn.cell[c] = _share(key, 2, c, centre + ladder.cell_yes[y, n, k], against)


@part
def fill_destinations(evidence: Destinations, drawn: Splits, key: np.uint64, cells: Places, count: int) -> None:
    """Draw the destination shares of the first ``count`` of ``cells``."""
    _, needs, kinds, _ = evidence.cell.shape
    of_kind, of_cell = child(key, 0), child(key, 1)
    for i in range(count):
        c = cells[i]
        if drawn.known[c] > 0:
            continue
        drawn.known[c] = 1
        y, n, k = c // (needs * kinds), (c // kinds) % needs, c % kinds
        group = y * kinds + k
        if drawn.kind[group, 0] < 0.0:
            _split(child(of_kind, group), evidence.kind[y, k], drawn.kind[group])
        out = drawn.cell[c]
        tied = evidence.weight >= TIED
        for to in range(kinds):
            share = drawn.kind[group, to]
            out[to] = share if tied else evidence.weight * share + evidence.cell[y, n, k, to]
        if not tied:
            _split(child(of_cell, c), out, out)


@part
def fill_joiners(evidence: Joining, drawn: Reals, key: np.uint64, count: Places) -> None:
    """Draw the split by need and kind of every year group that has joiners."""
    for y in range(len(count)):
        if count[y] > 0 and drawn[y, 0] < 0.0:
            _split(child(child(key, 1), y), evidence.split[y], drawn[y])
