"""Small systems of linear equations, solved in place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import part

Reals = NDArray[np.float64]


@part
def solve(matrix: Reals, right: Reals) -> None:
    """Leave in ``right`` (n,) what solves ``matrix`` (n, n) x = ``right``; ``matrix`` is spoilt.

    Elimination without exchanging rows: for a matrix whose diagonal outweighs the rest of each column.
    """
    size = len(right)
    for i in range(size):
        scale = 1.0 / matrix[i, i]
        for r in range(i + 1, size):
            factor = matrix[r, i] * scale
            for c in range(i + 1, size):
                matrix[r, c] -= factor * matrix[i, c]
            right[r] -= factor * right[i]
    for i in range(size - 1, -1, -1):
        left = right[i]
        for c in range(i + 1, size):
            left -= matrix[i, c] * right[c]
        right[i] = left / matrix[i, i]


@part
def step(moves: Reals, longest: float, farthest: float, at: Reals) -> None:
    """Move ``at`` by ``moves``, each at most ``longest``, and to at most ``farthest`` from nought."""
    for i in range(len(at)):
        moved = at[i] + min(max(moves[i], -longest), longest)
        at[i] = min(max(moved, -farthest), farthest)
