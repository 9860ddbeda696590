"""Exponential smoothing with a damped trend, its constants shared by all authorities.

With y the log of an authority's count, l its level and b its trend,

    e(t) = y(t) - l(t-1) - phi b(t-1),   l(t) = l(t-1) + phi b(t-1) + alpha e(t),   b(t) = phi b(t-1) + alpha beta e(t)

and the forecast h years ahead is l + (phi + ... + phi^h) b: Gardner and McKenzie, "Forecasting trends in time series",
*Management Science* 31 (1985). Alpha, beta and phi are those of a grid with the least mean absolute error one year ahead
over the Januaries known, in all authorities together: no single series is long enough to choose them.
"""

from __future__ import annotations

from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.published.growth import FIRST_JANUARY
from rightplace.forecast.published.panel import Panel

Reals = NDArray[np.float64]

ALPHAS: Final = (0.5, 0.75, 1.0)
BETAS: Final = (0.1, 0.25, 0.5, 0.75, 1.0)
PHIS: Final = (0.8, 0.85, 0.9, 0.95, 1.0)
GRID: Final = np.array(list(product(ALPHAS, BETAS, PHIS)))
"""Constants tried: rows of alpha, beta, phi."""


def damped_trend(past: Panel, years: int) -> Reals:
    """Totals of the next Januaries, (authorities, years); not-a-number without two counts running."""
    level, trend, error = smooth(np.log(past.counts), GRID, from_place=_judged_from(past))
    best = int(np.argmin(error))
    phi = GRID[best, 2]
    reach = np.cumsum(phi ** np.arange(1, years + 1))
    ahead: Reals = np.exp(level[best, :, None] + trend[best, :, None] * reach)
    ahead[~np.isfinite(past.counts[:, -1])] = np.nan
    return ahead


def smooth(logs: Reals, grid: Reals, *, from_place: int) -> tuple[Reals, Reals, Reals]:
    """Level and trend now, (constants, series), and the mean absolute error one step ahead, (constants,).

    ``logs`` is (series, times), with not-a-number where a count is missing: the level then moves on by its trend. A series starts at
    its first two values running. Errors at times from ``from_place`` on are counted.
    """
    alpha, beta, phi = (grid[:, place, None] for place in range(3))
    level = np.full((len(grid), len(logs)), np.nan)
    trend = np.full_like(level, np.nan)
    total, count = np.zeros(len(grid)), 0
    for t in range(1, logs.shape[1]):
        y, before = logs[:, t], logs[:, t - 1]
        ahead = level + phi * trend
        error = np.where(np.isfinite(y), y - ahead, 0.0)
        if t >= from_place:
            seen = np.isfinite(y) & np.isfinite(level[0])
            total += np.abs(error[:, seen]).sum(axis=1)
            count += int(seen.sum())
        starts = ~np.isfinite(level) & np.isfinite(y) & np.isfinite(before)
        level = np.where(starts, y, ahead + alpha * error)
        trend = np.where(starts, y - before, phi * trend + alpha * beta * error)
    return level, trend, total / max(count, 1)


def _judged_from(past: Panel) -> int:
    return max(FIRST_JANUARY - past.years[0], 0) if past.years else 0
