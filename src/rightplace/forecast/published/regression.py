"""Regression that returns far from the line cannot steer, and the size of what it leaves."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

_LEAST_FREEDOM: Final = 2.5
_MOST_FREEDOM: Final = 30.0


def robust_slopes(x: Reals, y: Reals, bend: float = 0.06, rounds: int = 30) -> Reals:
    """Regression through the origin in which outcomes further than ``bend`` from the line count for less (Huber 1964)."""
    weight = np.ones(len(y))
    slopes: Reals = np.zeros(x.shape[1])
    for _ in range(rounds):
        root = np.sqrt(weight)
        slopes = np.asarray(np.linalg.lstsq(x * root[:, None], y * root, rcond=None)[0], dtype=np.float64)
        weight = np.minimum(1.0, bend / np.maximum(np.abs(y - x @ slopes), 1e-12))
    return slopes


def error_size(errors: Reals, people: Reals, *, start: tuple[float, float], least: tuple[float, float]) -> Reals:
    """Maximum-likelihood a, b and degrees of freedom of errors that are s times Student's t, s^2 = a^2 + b^2 / people.

    ``start`` is where the search for a and b begins and ``least`` the smallest they may be.
    """
    from scipy.optimize import minimize
    from scipy.stats import t

    def unlikely(at: Reals) -> float:
        a, b, freedom = _values(at, least)
        scale = np.sqrt(a**2 + b**2 / people)
        return float(-np.sum(t.logpdf(errors / scale, freedom) - np.log(scale)))

    first = [np.log(start[0]), np.log(start[1]), 0.5]
    best = minimize(unlikely, first, method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-4}).x
    return np.array(_values(best, least))


def _values(at: Reals, least: tuple[float, float]) -> tuple[float, float, float]:
    bounded = np.clip(at, -30.0, 5.0)
    a, b = max(float(np.exp(bounded[0])), least[0]), max(float(np.exp(bounded[1])), least[1])
    return a, b, min(_LEAST_FREEDOM + float(np.exp(bounded[2])), _MOST_FREEDOM)
