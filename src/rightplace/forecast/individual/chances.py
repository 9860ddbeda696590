"""The chances of every cell in a year: what each person in it faces."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import step
from rightplace.forecast.cohort.altered import Altered
from rightplace.forecast.cohort.bench import Bench
from rightplace.forecast.cohort.drawn import Drawn
from rightplace.forecast.draws.compiled import part

Reals = NDArray[np.float64]


class Chances(NamedTuple):
    """Chances of leaving, of moving if one stays, and of a change of recorded need, by cell (Y x N x K).

    ``lowest`` and ``who`` (Y x N x K) have room for a cell's lowest draw, and whose it is.
    """

    leave: Reals
    move: Reals
    change: Reals
    lowest: Reals
    who: NDArray[np.int64]


def room(cells: int) -> Chances:
    """Room for the chances of a year."""
    leave, move, change, lowest = np.empty((4, cells))
    return Chances(leave, move, change, lowest, who=np.empty(cells, np.int64))


@part
def fill(bench: Bench, drawn: Drawn, altered: Altered | None, pull: Reals, held: int, out: Chances) -> None:
    """Chances of the first ``held`` cells that have people."""
    shares = (drawn.leaving.cell, drawn.moving.cell, drawn.change)
    for i in range(held):
        c = bench.lists.held[i]
        out.leave[c], out.move[c], out.change[c] = step.faced(c, bench, altered, shares, pull)
