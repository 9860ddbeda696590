"""The parameters of the cells that a future meets for the first time, drawn many at once.

Groups are drawn before their members. A draw is keyed by what it is for, so it does not matter which are made together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.drawn import Drawn, Shares, draw_share
from rightplace.forecast.cohort.model import TIED, Destinations, Ladder
from rightplace.forecast.draws.compiled import part, within
from rightplace.forecast.draws.keyed import child
from rightplace.forecast.draws.many import Many, answer, ask, gammas
from rightplace.forecast.draws.spread import NOUGHT, part_of

Reals = NDArray[np.float64]
Places = NDArray[np.int64]
Key = np.uint64


@within
def fill_shares(
    leaving: Ladder, moving: Ladder, drawn: Drawn, keys: tuple[Key, Key], columns: Places, cells: Places, count: int
) -> None:
    """Draw the shares leaving and moving of the first ``count`` of ``cells``: each its group's, moved by the cell's own evidence.

    ``keys`` are those of leaving and moving, ``columns`` the margins a cell counts in.
    """
    fresh, cell = drawn.fresh, drawn.leaving.cell
    found = 0
    for i in range(count):
        fresh[found] = cells[i]
        found += 1 if cell[cells[i]] < 0.0 else 0
    rows = 0
    for ladder, shares_of, key in ((leaving, drawn.leaving, keys[0]), (moving, drawn.moving, keys[1])):
        _groups(ladder, shares_of, key, columns, fresh, found)
        if ladder.weights[1] < TIED:
            _ask_shares(ladder, shares_of, key, columns, fresh, (found, rows), drawn.many)
            rows += 2 * found
    gammas(drawn.many, rows)
    rows = 0
    for ladder, shares_of in ((leaving, drawn.leaving), (moving, drawn.moving)):
        if ladder.weights[1] < TIED:
            _answer_shares(drawn.many, (found, rows), fresh, shares_of.cell)
            rows += 2 * found


@part
def _groups(ladder: Ladder, drawn: Shares, key: Key, columns: Places, fresh: Places, count: int) -> None:
    """Give the first ``count`` ``fresh`` cells the shares of their groups, which are drawn where they are not known."""
    groups, needs, kinds = ladder.cell_yes.shape
    first, kind_yes, kind_no = groups + needs, ladder.kind_yes, ladder.kind_no
    for i in range(count):
        c = fresh[i]
        y, k = columns[c, 0], columns[c, 2] - first
        group = y * kinds + k
        if drawn.kind[group] < 0.0:
            if drawn.year[y] < 0.0:
                drawn.year[y] = draw_share(key, 0, y, ladder.year[y, 0], ladder.year[y, 1])
            centre = ladder.weights[0] * drawn.year[y]
            against = ladder.weights[0] - centre + kind_no[y, k]
            drawn.kind[group] = draw_share(key, 1, group, centre + kind_yes[y, k], against)
        drawn.cell[c] = drawn.kind[group]


@part
def _ask_shares(
    ladder: Ladder, drawn: Shares, key: Key, columns: Places, fresh: Places, lengths: tuple[int, int], many: Many
) -> None:
    """Make draws ready for ``fresh`` cells, which have the shares of their groups so far; ``lengths`` are cells and draws before."""
    groups, needs, _ = ladder.cell_yes.shape
    weight, cell_yes, cell_no = ladder.weights[1], ladder.cell_yes, ladder.cell_no
    of_yes, of_no = child(key, 4), child(key, 5)
    count, first = lengths
    for i in range(count):
        c = fresh[i]
        y, n, k = columns[c, 0], columns[c, 1] - groups, columns[c, 2] - groups - needs
        centre = weight * drawn.cell[c]
        yes, no = first + i, first + count + i
        many.key[yes], many.shape[yes], many.least[yes] = child(of_yes, c), centre + cell_yes[y, n, k], NOUGHT
        many.key[no], many.shape[no], many.least[no] = child(of_no, c), weight - centre + cell_no[y, n, k], NOUGHT


@part
def _answer_shares(many: Many, lengths: tuple[int, int], fresh: Places, out: Reals) -> None:
    """The shares of ``fresh`` cells from their draws."""
    count, first = lengths
    for i in range(count):
        a, b = first + i, first + count + i
        out[fresh[i]] = part_of(many.drawn[a], many.drawn[b], many.key[a], many.key[b], many.shape[a], many.shape[b])


@within
def fill_destinations(
    evidence: Destinations, drawn: Drawn, key: Key, columns: Places, cells: Places, count: int
) -> None:
    """Draw the destination shares of the first ``count`` of ``cells``: of their groups first, then their own."""
    to, fresh, unmet, many = drawn.destinations, drawn.fresh, drawn.groups, drawn.many
    kinds, found = evidence.cell.shape[3], 0
    for i in range(count):
        fresh[found] = cells[i]
        found += 1 - to.known[cells[i]]
    for level in range(2):
        if level == 0:
            rows = _ask_groups(evidence, drawn, child(key, 0), columns, found)
        else:
            rows = _ask_cells(evidence, drawn, child(key, 1), columns, found)
        gammas(many, rows * kinds)
        for row in range(rows):
            answer(many, row * kinds, to.kind[unmet[row]] if level == 0 else to.cell[fresh[row]])


@part
def _ask_groups(evidence: Destinations, drawn: Drawn, key: Key, columns: Places, count: int) -> int:
    """Make draws ready for the groups of the first ``count`` fresh cells, where they are not known; says how many there are."""
    groups, needs, kinds, _ = evidence.cell.shape
    kind, rows = drawn.destinations.kind, 0
    for i in range(count):
        c = drawn.fresh[i]
        y, k = columns[c, 0], columns[c, 2] - groups - needs
        group = y * kinds + k
        if kind[group, 0] < 0.0:
            kind[group, 0] = 0.0
            drawn.groups[rows] = group
            ask(drawn.many, rows * kinds, child(key, group), evidence.kind[y, k])
            rows += 1
    return rows


@part
def _ask_cells(evidence: Destinations, drawn: Drawn, key: Key, columns: Places, count: int) -> int:
    """Make draws ready for the first ``count`` fresh cells, and say so many; none where a cell is its group, whose shares it is given."""
    groups, needs, kinds, _ = evidence.cell.shape
    to, tied = drawn.destinations, evidence.weight >= TIED
    for row in range(count):
        c = drawn.fresh[row]
        y, n, k = columns[c, 0], columns[c, 1] - groups, columns[c, 2] - groups - needs
        group, out = y * kinds + k, to.cell[c]
        to.known[c] = 1
        for i in range(kinds):
            share = to.kind[group, i]
            out[i] = share if tied else evidence.weight * share + evidence.cell[y, n, k, i]
        if not tied:
            ask(drawn.many, row * kinds, child(key, c), out)
    return 0 if tied else count
