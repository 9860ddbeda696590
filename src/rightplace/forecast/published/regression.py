"""Regression that returns far from the line cannot steer, and the size of what it leaves."""

from __future__ import annotations

from math import lgamma, log, pi
from typing import Final

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

_LEAST_FREEDOM: Final = 2.5
_MOST_FREEDOM: Final = 30.0
_MOST_SKEW: Final = 1.0
"""Most of a skew, in logs."""


def robust_slopes(x: Reals, y: Reals, bend: float = 0.06, rounds: int = 30) -> Reals:
    """Regression through the origin in which outcomes further than ``bend`` from the line count for less (Huber 1964)."""
    weight = np.ones(len(y))
    slopes: Reals = np.zeros(x.shape[1])
    for _ in range(rounds):
        root = np.sqrt(weight)
        slopes = np.asarray(np.linalg.lstsq(x * root[:, None], y * root, rcond=None)[0], dtype=np.float64)
        weight = np.minimum(1.0, bend / np.maximum(np.abs(y - x @ slopes), 1e-12))
    return slopes


def weighted_median(values: Reals, weight: Reals) -> float:
    """The value with as much of the ``weight`` below it as above."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order])
    return float(values[order[int(np.searchsorted(below, below[-1] / 2.0))]])


def error_level(errors: Reals, people: Reals, weight: Reals, *, chance: float) -> tuple[float, float]:
    """Maximum-likelihood a and degrees of freedom of errors that are s times Student's t, s^2 = a^2 + chance^2 / people.

    ``weight`` says what each error counts for.
    """
    from scipy.optimize import minimize

    def unlikely(at: Reals) -> float:
        scale = np.sqrt(np.exp(2.0 * min(at[0], 5.0)) + chance**2 / people)
        return float(-np.sum(weight * (_log_density(errors / scale, _freedom(at[1])) - np.log(scale))))

    first = [float(np.log(np.median(np.abs(errors)) + 1e-6)), 0.5]
    best = minimize(unlikely, first, method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-4}).x
    return float(np.exp(min(best[0], 5.0))), _freedom(best[1])


def error_size(
    errors: Reals, people: Reals, *, start: tuple[float, float], least: tuple[float, float, float], skewed: bool = False
) -> Reals:
    """Maximum-likelihood a, b, degrees of freedom and skew g of errors that are s times Student's t, s^2 = a^2 + b^2 / people.

    Student's t is a normal of mixed scale (Lange, Little and Taylor, "Robust statistical modeling using the t distribution", *JASA* 84
    (1989)); where ``skewed``, errors above nought are g times as large, those below 1 / g times, and the first g^2 times as likely as the
    second (Fernandez and Steel, "On Bayesian modeling of fat tails and skewness", *JASA* 93 (1998)); else g is 1. ``start`` is where
    the search for a and b begins and ``least`` the smallest that a, b and freedom may be.
    """
    from scipy.optimize import minimize

    def unlikely(at: Reals) -> float:
        a, b, freedom, skew = _values(at, least)
        scale = np.sqrt(a**2 + b**2 / people)
        standard = errors / scale * np.where(errors > 0.0, 1.0 / skew, skew)
        whole = len(errors) * log(2.0 / (skew + 1.0 / skew))
        return float(-np.sum(_log_density(standard, freedom) - np.log(scale)) - whole)

    first = [np.log(start[0]), np.log(start[1]), 0.5, 0.0][: 4 if skewed else 3]
    best = minimize(unlikely, first, method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-4}).x
    return np.array(_values(best, least))


def _log_density(x: Reals, freedom: float) -> Reals:
    """Of Student's t; written out, for the statistics library takes longer to load than all that is done here."""
    whole = lgamma((freedom + 1.0) / 2.0) - lgamma(freedom / 2.0) - 0.5 * log(freedom * pi)
    density: Reals = whole - (freedom + 1.0) / 2.0 * np.log1p(x * x / freedom)
    return density


def _values(at: Reals, least: tuple[float, float, float]) -> tuple[float, float, float, float]:
    bounded = np.clip(at, -30.0, 5.0)
    a, b = max(float(np.exp(bounded[0])), least[0]), max(float(np.exp(bounded[1])), least[1])
    skew = float(np.exp(np.clip(bounded[3], -_MOST_SKEW, _MOST_SKEW))) if len(at) > 3 else 1.0
    return a, b, _freedom(bounded[2], least[2]), skew


def _freedom(at: float, least: float = _LEAST_FREEDOM) -> float:
    return min(least + float(np.exp(min(at, 5.0))), _MOST_FREEDOM)
