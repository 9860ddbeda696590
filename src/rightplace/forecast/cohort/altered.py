"""What a scenario's effects make of the rates of one year of one future, cell by cell."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.effects import JOINING, LEAVING, MOVING, NEED_CHANGE, Effects
from rightplace.forecast.draws.compiled import part

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]


class Altered(NamedTuple):
    """What a scenario's ``effects`` make of a year: factors on leaving, need change and joining by cell (Y x N x K).

    ``moving`` is 1 where moves are altered. Where there is no scenario there is None in its place, and the code that
    reads it is not compiled. ``counted`` (2,) counts cells whose chances were altered, and those of them where a chance was held to 1.
    """

    effects: Effects
    leaving: Reals
    change: Reals
    joining: Reals
    moving: NDArray[np.uint8]
    counted: NDArray[np.int64]


def altered_by(effects: Effects, cells: int) -> Altered:
    """Room for what ``effects`` make of the rates of so many cells."""
    leaving, change, joining = np.ones((3, cells))
    return Altered(effects, leaving, change, joining, np.zeros(cells, np.uint8), np.zeros(2, np.int64))


@part
def alter(altered: Altered, future: int, t: int) -> None:
    """Set the factors of one year of one future."""
    effects = altered.effects
    altered.leaving[:] = 1.0
    altered.change[:] = 1.0
    altered.joining[:] = 1.0
    altered.moving[:] = 0
    for e in range(len(effects.rate)):
        if effects.first[e] <= t < effects.last[e]:
            _multiply(effects.rate[e], effects.cells[e], effects.factor[e, future], altered)


@part
def _multiply(rate: int, acts: NDArray[np.uint8], factor: float, altered: Altered) -> None:
    groups, needs, kinds = acts.shape
    for c in range(groups * needs * kinds):
        if acts[c // (needs * kinds), c // kinds % needs, c % kinds] > 0:
            if rate == JOINING:
                altered.joining[c] *= factor
            elif rate == LEAVING:
                altered.leaving[c] *= factor
            elif rate == NEED_CHANGE:
                altered.change[c] *= factor
            elif rate == MOVING:
                altered.moving[c] = 1


@part
def factors_to(effects: Effects, future: int, t: int, place: tuple[int, int, int], out: Reals) -> None:
    """Factors (K,) on moves from the cell ``place`` to each kind of setting."""
    y, n, k = place
    out[:] = 1.0
    for e in range(len(effects.rate)):
        if effects.rate[e] == MOVING and effects.first[e] <= t < effects.last[e] and effects.cells[e, y, n, k] > 0:
            for to in range(len(out)):
                out[to] *= effects.factor[e, future] if effects.to[e, to] > 0 else 1.0
