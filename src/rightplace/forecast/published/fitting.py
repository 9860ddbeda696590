"""A table made to agree with the margins that are known, and made whole numbers without losing its total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Margin = tuple[tuple[int, ...], Reals]

_ROUNDS: Final = 60
_CLOSE: Final = 1e-6


def fit(table: Reals, margins: Sequence[Margin], total: float) -> Reals:
    """Iterative proportional fitting (Deming and Stephan 1940): the table nearest ``table`` with the margins given.

    A margin is the axes it keeps and its counts. Margins are first scaled to ``total``, so that they
    agree with one another. A cell that is nought in ``table`` stays nought.
    """
    fitted = table * (total / table.sum())
    for _ in range(_ROUNDS):
        furthest = 0.0
        for kept, counts in margins:
            summed = tuple(axis for axis in range(table.ndim) if axis not in kept)
            target = np.transpose(counts, np.argsort(kept)) * (total / counts.sum())
            now = fitted.sum(axis=summed)
            ratio = np.divide(target, now, out=np.zeros_like(now), where=now > 0)
            furthest = max(furthest, float(np.abs(now - target).max()) / max(total, 1.0))
            fitted = fitted * np.expand_dims(ratio, summed)
        if furthest < _CLOSE:
            break
    whole_table: Reals = fitted * (total / max(fitted.sum(), 1e-12))
    return whole_table


def whole(table: Reals, total: int) -> NDArray[np.int32]:
    """The three-way table in whole numbers that add up to ``total``, with each margin as near as it can be.

    Cells are rounded down and the people left over are given, one by one, to the largest remainder
    among cells whose margins are all short of people; then of fewer margins, the first axis (year
    groups) the last to be given up.
    """
    scaled = table * (total / table.sum()) if table.sum() > 0 else table
    floor = np.floor(scaled + 1e-9)
    rest = scaled - floor
    axes = range(table.ndim)
    lack = [np.round(scaled.sum(axis=_others(axis))) - floor.sum(axis=_others(axis)) for axis in axes]
    for _ in range(total - int(floor.sum())):
        at = np.unravel_index(int(np.argmax(_among(rest, lack))), table.shape)
        floor[at] += 1
        rest[at] -= 1
        for axis in axes:
            lack[axis][at[axis]] -= 1
    return floor.astype(np.int32)


def _among(rest: Reals, lack: list[Reals]) -> Reals:
    """Remainders of the cells that may be given a person; -1 elsewhere."""
    short = [np.expand_dims(one > 0, _others(axis)) for axis, one in enumerate(lack)]
    for kept in ((0, 1, 2), (0, 2), (0, 1), (0,)):
        room = rest > -1.0
        for axis in kept:
            room = room & short[axis]
        if room.any():
            return np.where(room, rest, -1.0)
    return rest


def _others(axis: int) -> tuple[int, ...]:
    return tuple(other for other in range(3) if other != axis)
