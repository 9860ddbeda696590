"""A table made to agree with the margins that are known, and made whole numbers without losing its total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled

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
    lack = [np.round(scaled.sum(axis=_others(axis))) - floor.sum(axis=_others(axis)) for axis in range(table.ndim)]
    _give(total - int(floor.sum()), scaled - floor, lack[0], lack[1], lack[2], floor)
    return floor.astype(np.int32)


def _others(axis: int) -> tuple[int, ...]:
    return tuple(other for other in range(3) if other != axis)


@compiled
def _give(people: int, rest: Reals, first: Reals, second: Reals, third: Reals, out: Reals) -> None:
    """Add ``people`` to ``out``, each to the largest remainder ``rest`` among cells short by every axis, or else by fewer."""
    rows, columns, layers = rest.shape
    for _ in range(people):
        best, most = (-1, -1, -1, -1), (-1, -2.0)
        for i in range(rows):
            for j in range(columns):
                for k in range(layers):
                    short = (first[i] > 0.0, second[j] > 0.0, third[k] > 0.0)
                    rank = 0
                    if short[0]:
                        rank = 4 if short[1] and short[2] else 3 if short[2] else 2 if short[1] else 1
                    left = rest[i, j, k] if rest[i, j, k] > -1.0 or rank == 0 else -2.0
                    if left > -2.0 and (rank > most[0] or (rank == most[0] and left > most[1])):
                        best, most = (i, j, k, rank), (rank, left)
        i, j, k, _rank = best
        out[i, j, k] += 1.0
        rest[i, j, k] -= 1.0
        first[i] -= 1.0
        second[j] -= 1.0
        third[k] -= 1.0
