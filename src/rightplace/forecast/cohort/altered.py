"""What a scenario's effects make of the rates of one year of one future, cell by cell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.effects import JOINING, LEAVING, MOVING, NEED_CHANGE, Effects
from rightplace.forecast.draws.compiled import compiled

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]


class Altered(NamedTuple):
    """Factors on leaving, need change and joining by cell (Y x N x K); ``moving`` is 1 where moves are altered.

    ``counted`` (2,) counts cells whose chances were altered, and those of them where a chance was held to 1.
    """

    leaving: Reals
    change: Reals
    joining: Reals
    moving: NDArray[np.uint8]
    counted: NDArray[np.int64]


@compiled
def unaltered(cells: int) -> Altered:
    """Every rate as it is."""
    return Altered(np.ones(cells), np.ones(cells), np.ones(cells), np.zeros(cells, np.uint8), np.zeros(2, np.int64))


@compiled
def alter(effects: Effects, future: int, t: int, altered: Altered) -> bool:
    """Set the factors of one year of one future; False where no effect acts in it."""
    altered.leaving[:] = 1.0
    altered.change[:] = 1.0
    altered.joining[:] = 1.0
    altered.moving[:] = 0
    acts = False
    for e in range(len(effects.rate)):
        if effects.first[e] <= t < effects.last[e]:
            acts = True
            _multiply(effects.rate[e], effects.cells[e].ravel(), effects.factor[e, future], altered)
    return acts


@compiled
def _multiply(rate: int, acts: NDArray[np.uint8], factor: float, altered: Altered) -> None:
    for c in range(len(acts)):
        if acts[c] > 0:
            if rate == JOINING:
                altered.joining[c] *= factor
            elif rate == LEAVING:
                altered.leaving[c] *= factor
            elif rate == NEED_CHANGE:
                altered.change[c] *= factor
            elif rate == MOVING:
                altered.moving[c] = 1


@compiled
def factors_to(effects: Effects, future: int, t: int, place: tuple[int, int, int], out: Reals) -> None:
    """Factors (K,) on moves from the cell ``place`` to each kind of setting."""
    y, n, k = place
    out[:] = 1.0
    for e in range(len(effects.rate)):
        if effects.rate[e] == MOVING and effects.first[e] <= t < effects.last[e] and effects.cells[e, y, n, k] > 0:
            for to in range(len(out)):
                out[to] *= effects.factor[e, future] if effects.to[e, to] > 0 else 1.0
