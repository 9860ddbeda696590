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
    """Chances of leaving, of moving if one stays, and of a change of recorded need, by cell (Y x N x K)."""

    leave: Reals
    move: Reals
    change: Reals


def room(cells: int) -> Chances:
    """Room for the chances of a year."""
    return Chances(np.empty(cells), np.empty(cells), np.empty(cells))


@part
def fill(bench: Bench, drawn: Drawn, altered: Altered | None, pull: Reals, held: int, out: Chances) -> None:
    """Chances of the first ``held`` cells that have people."""
    last = len(bench.people) - bench.size[1] * bench.size[2]
    for i in range(held):
        c = bench.lists.held[i]
        if c >= last:
            out.leave[c], out.move[c], out.change[c] = 1.0, 0.0, 0.0
            continue
        out.leave[c] = step.likely_leaving(drawn.leaving.cell[c], bench.odds[bench.group[c]])
        out.move[c] = step.likely_moving(drawn.moving.cell[c], pull[bench.kind[c]])
        out.change[c] = drawn.change[bench.need[c]]
        if altered is not None:
            out.leave[c] = min(1.0, altered.leaving[c] * out.leave[c])
            out.change[c] = min(1.0, altered.change[c] * out.change[c])
