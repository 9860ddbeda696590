"""Ways of drawing that the life of the area uses again and again."""

from __future__ import annotations

import numpy as np

from rightplace.example.kinds import Flags, Floats, Ints


def cells(draw: np.random.Generator, weights: Floats, count: int) -> tuple[Ints, ...]:
    """``count`` draws of a cell of an array, in proportion to its weights, as one array of places for each axis.

    Evenly spaced through the cumulated weights from one random start and then shuffled, so that a small area
    keeps its proportions. Source: systematic sampling with probability proportional to size (Madow 1949, Annals
    of Mathematical Statistics 20).
    """
    total = np.cumsum(weights.ravel())
    points = (np.arange(count) + draw.random()) * (total[-1] / max(count, 1))
    flat = np.minimum(np.searchsorted(total, points, side="right"), len(total) - 1)
    return tuple(np.asarray(axis, dtype=np.int64) for axis in np.unravel_index(draw.permutation(flat), weights.shape))


def which(draw: np.random.Generator, chances: Floats) -> Ints:
    """One draw for each row of chances, shape (rows, choices)."""
    total = np.cumsum(chances, axis=1)
    luck = draw.random(len(chances)) * total[:, -1]
    return np.asarray(np.minimum((total <= luck[:, None]).sum(axis=1), chances.shape[1] - 1), dtype=np.int64)


def chosen(draw: np.random.Generator, chances: Floats | float, count: int) -> Flags:
    """Which of ``count`` are picked, each with its chance."""
    return np.asarray(draw.random(count) < chances)


def between(draw: np.random.Generator, first: Ints | int, last: Ints | int, count: int) -> Ints:
    """Whole numbers drawn evenly from ``first`` to ``last``, both included."""
    low = np.broadcast_to(np.asarray(first, dtype=np.int64), count)
    high = np.maximum(low, np.broadcast_to(np.asarray(last, dtype=np.int64), count))
    return np.asarray(low + np.floor(draw.random(count) * (high - low + 1)).astype(np.int64))
