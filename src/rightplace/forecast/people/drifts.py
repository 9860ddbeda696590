"""How far a yearly count moves in an authority, from every authority's counts: a prior for one area's own few years.

With D the yearly changes of log counts, less the middle one of the year, steps of variance t^2 and passing noise of variance s^2 give

    var D = t^2 + 2 s^2 + w^2,    cov(D, D one year on) = w^2 - s^2,    cov(D, D further on) = w^2,

where w is the spread of lasting slopes. s^2 includes the chance of small counts, 1 / count, which is taken off.
Changes beyond three robust standard deviations are pulled in to that, so that no bad return steers the rest.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.local_level import Drift

Reals = NDArray[np.float64]

SMALLEST: Final = 30.0
"""Counts below this are not used."""
_LIMIT: Final = 3.0
_TO_DEVIATION: Final = 1.4826


def fit(counts: Reals, base: Reals | None = None) -> Drift:
    """The drift of counts (authorities, years in order), or of their share of ``base``; not-a-number where missing.

    The slope is the middle one of England's yearly log growths over authorities counted in both years, which one break in the series does not
    move; its standard deviation joins that of single years about it with the spread of slopes between authorities.
    """
    seen = np.where(counts >= SMALLEST, counts, np.nan)
    over = np.ones_like(counts) if base is None else base
    growth = _england(counts, base)
    changes = np.diff(np.log(seen / over), axis=1)
    apart = _limited(changes - np.nanmedian(changes, axis=0))
    whole, next_year, later = _product(apart, 0), _product(apart, 1), _later(apart)
    slopes = max(later, 0.0)
    passing = max(slopes - next_year, 0.0)
    noise = max(passing - float(np.nanmean(1.0 / seen)), 0.0)
    step = max(whole - 2.0 * passing - slopes, 0.0)
    slope = float(np.median(growth))
    return Drift(
        slope=slope,
        slope_sd=float(np.sqrt((_limited(growth - slope) ** 2).sum() / (len(growth) - 1.0) + slopes)),
        step_sd=float(np.sqrt(step)),
        noise_sd=float(np.sqrt(noise)),
    )


def _limited(changes: Reals) -> Reals:
    """Changes pulled in to within three robust standard deviations."""
    limit = _LIMIT * _TO_DEVIATION * float(np.nanmedian(np.abs(changes)))
    out: Reals = np.clip(changes, -limit, limit)
    return out


def _england(counts: Reals, base: Reals | None) -> Reals:
    both = np.isfinite(counts[:, 1:]) & np.isfinite(counts[:, :-1])
    growth = np.log(_sums(counts[:, 1:], both) / _sums(counts[:, :-1], both))
    if base is not None:
        growth -= np.log(_sums(base[:, 1:], both) / _sums(base[:, :-1], both))
    return growth


def _sums(counts: Reals, here: NDArray[np.bool_]) -> Reals:
    out: Reals = np.where(here, counts, 0.0).sum(axis=0)
    return out


def _product(apart: Reals, lag: int) -> float:
    return float(np.nanmean(apart[:, lag:] * apart[:, : apart.shape[1] - lag]))


def _later(apart: Reals) -> float:
    """Mean product of changes two years or more apart; nought where there are not that many."""
    products = [apart[:, lag:] * apart[:, :-lag] for lag in range(2, apart.shape[1])]
    return float(np.nanmean(np.concatenate([one.ravel() for one in products]))) if products else 0.0
