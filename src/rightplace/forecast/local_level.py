"""A level that drifts from year to year, seen through noise: where it is now, and how fast it moves.

The local linear trend model of Durbin and Koopman, *Time Series Analysis by State Space Methods*
(2nd edition, section 3.2), with a fixed slope, filtered by Kalman's recursion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What is assumed of a level before it is seen: its prior slope, and how it moves in a year."""

    slope: float
    slope_sd: float
    step_sd: float
    noise_sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The level and slope at the last year: ``mean`` of shape (2,) and ``covariance`` of shape (2, 2)."""

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]


def at_last_year(
    log_index: NDArray[np.float64], variance: NDArray[np.float64], gaps: NDArray[np.int64], drift: Drift
) -> Level:
    """Level and slope at the last of some years.

    ``log_index`` and ``variance`` are the log of what was seen each year and its sampling
    variance, ``gaps`` the years since the one before (the first is not used).
    """
    mean = np.array([log_index[0], drift.slope])
    covariance = np.diag([variance[0] + drift.noise_sd**2, drift.slope_sd**2])
    for seen, sampling, gap in zip(log_index[1:], variance[1:], gaps[1:], strict=True):
        step = np.array([[1.0, float(gap)], [0.0, 1.0]])
        mean = step @ mean
        covariance = step @ covariance @ step.T + np.diag([gap * drift.step_sd**2, 0.0])
        gain = covariance[:, 0] / (covariance[0, 0] + sampling + drift.noise_sd**2)
        mean = mean + gain * (seen - mean[0])
        covariance = covariance - np.outer(gain, covariance[0])
    return Level(mean=mean, covariance=covariance)


def carried(level: Level, drift: Drift, years: int) -> Level:
    """The level ``years`` later, with nothing seen in between."""
    step = np.array([[1.0, float(years)], [0.0, 1.0]])
    covariance = step @ level.covariance @ step.T + np.diag([years * drift.step_sd**2, 0.0])
    return Level(mean=step @ level.mean, covariance=covariance)
