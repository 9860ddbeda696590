"""How good a set of futures was, once the truth is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


def crps(futures: Reals, truth: Reals) -> Reals:
    """Continuous ranked probability score of ``futures`` (F, ...) against ``truth`` (...): less is better, in people.

    It is E|X - t| - E|X - X'| / 2, which for a single future is the absolute error (Gneiting and Raftery,
    "Strictly proper scoring rules", JASA 102 (2007), equation 21).
    """
    ordered = np.sort(futures, axis=0)
    count = len(ordered)
    error = np.abs(ordered - truth).mean(axis=0)
    weight = (2.0 * np.arange(1, count + 1) - count - 1.0).reshape(-1, *[1] * (ordered.ndim - 1))
    spread: Reals = (weight * ordered).sum(axis=0) / count**2
    scores: Reals = error - spread
    return scores


def interval(futures: Reals, share: float = 0.95) -> tuple[Reals, Reals]:
    """The middle ``share`` of futures (F, ...): its low and high ends."""
    low, high = np.quantile(futures, [(1.0 - share) / 2.0, (1.0 + share) / 2.0], axis=0)
    return low, high


def inside(futures: Reals, truth: Reals, share: float = 0.95) -> NDArray[np.bool_]:
    """Whether the truth is within the middle ``share`` of futures, ends included."""
    low, high = interval(futures, share)
    held: NDArray[np.bool_] = (low <= truth) & (truth <= high)
    return held
