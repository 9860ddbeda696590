"""Ranges for a method that gives one number: as wide as its own past errors.

From each earlier January the method is run again on what was known then, and its errors in logs up to the January forecast
from are kept. The range that holds 80% of futures goes from the number less to the number plus what 80% of those absolute errors
did not exceed: split conformal prediction (Lei and others, "Distribution-free predictive inference for regression", *JASA* 113 (2018)),
in authorities of one size together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.backtest import sizes
from rightplace.forecast.backtest.rivals import Rival
from rightplace.forecast.published.panel import Panel

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Ranged = Callable[[Panel, int], Reals]
"""From a panel that ends at the January forecast from, quantiles of the next Januaries: (quantiles, authorities, years)."""

QUANTILES: Final = (0.025, 0.1, 0.5, 0.9, 0.975)
SHARES: Final = (0.95, 0.80)
SETTLED: Final = 2018
"""Errors of Januaries before this one are not used: it is the first that our own errors are estimated from. With errors from
2016 the rivals' ranges were worse one and two years ahead, and a little better three."""
ENOUGH: Final = 60
"""Past errors of authorities of a size that make a range; with fewer, those of all sizes do; with fewer still there is none."""


def ranged(rival: Rival) -> Ranged:
    """The method with ranges about its number; a range is NaN where there are too few past errors to go by."""

    def quantiles(past: Panel, years: int) -> Reals:
        middle = rival(past, years)
        wide, narrow = reach(past, rival, years)
        made: Reals = middle * np.exp(np.stack([-wide, -narrow, np.zeros_like(middle), narrow, wide]))
        return made

    return quantiles


def reach(past: Panel, rival: Rival, years: int) -> Reals:
    """How far in logs the ranges of ``SHARES`` go either way, (shares, authorities, years ahead); NaN without errors to go by."""
    errors, bands = _past_errors(past, rival, years)
    here = sizes.places(past.counts[:, -1])
    out = np.full((len(SHARES), len(past.codes), years), np.nan)
    for ahead in range(years):
        for band in np.unique(here):
            own = errors[ahead][bands[ahead] == band]
            used = own if len(own) >= ENOUGH else errors[ahead]
            if len(used) >= ENOUGH:
                out[:, here == band, ahead] = np.quantile(used, SHARES)[:, None]
    return out


def _past_errors(past: Panel, rival: Rival, years: int) -> tuple[list[Reals], list[Whole]]:
    """Absolute errors in logs that are known, and the sizes: a pair of flat arrays for each number of years ahead."""
    errors: list[list[Reals]] = [[np.zeros(0)] for _ in range(years)]
    bands: list[list[Whole]] = [[np.zeros(0, dtype=np.int64)] for _ in range(years)]
    end = len(past.years) - 1
    for place in range(1, end):
        if past.years[min(place + years, end)] < SETTLED:
            continue
        then = past.until(past.years[place])
        ahead = rival(then, min(years, end - place))
        for step in range(ahead.shape[1]):
            if past.years[place + step + 1] >= SETTLED:
                error = np.abs(np.log(past.counts[:, place + step + 1] / ahead[:, step]))
                known = np.isfinite(error)
                errors[step].append(error[known])
                bands[step].append(sizes.places(then.counts[:, -1])[known])
    return [np.concatenate(found) for found in errors], [np.concatenate(found) for found in bands]
