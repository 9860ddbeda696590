"""The simplest ways to carry totals forward, which a forecast has to beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.backtest.damped import damped_trend
from rightplace.forecast.published.panel import Panel

Reals = NDArray[np.float64]
Rival = Callable[[Panel, int], Reals]
"""From a panel that ends at the January forecast from, totals of the next Januaries: (authorities, years)."""

THREE: Final = 3


def no_change(past: Panel, years: int) -> Reals:
    """As many plans as now."""
    return _grown(past, np.zeros(len(past.codes)), years)


def own_last_growth(past: Panel, years: int) -> Reals:
    """The authority's growth into the last January, again each year."""
    return _grown(past, _growth(past, 1), years)


def own_three_year_growth(past: Panel, years: int) -> Reals:
    """The authority's mean yearly growth over the last three years, or as many of them as are known."""
    growth = _growth(past, THREE)
    for reach in (2, 1):
        growth = np.where(np.isfinite(growth), growth, _growth(past, reach))
    return _grown(past, growth, years)


def england_growth(past: Panel, years: int) -> Reals:
    """England's growth into the last January, again each year, for everyone."""
    return _grown(past, np.full(len(past.codes), past.england_growth()[-1]), years)


def half_of_each(past: Panel, years: int) -> Reals:
    """Growth half way between the authority's last and England's last."""
    own, england = np.exp(_growth(past, 1)), np.exp(past.england_growth()[-1])
    return _grown(past, np.log((own + england) / 2.0), years)


def _growth(past: Panel, reach: int) -> Reals:
    """Mean yearly log growth over the last ``reach`` years; not-a-number where either end is not known."""
    if past.counts.shape[1] <= reach:
        return np.full(len(past.codes), np.nan)
    growth: Reals = np.log(past.counts[:, -1] / past.counts[:, -1 - reach]) / reach
    return growth


def _grown(past: Panel, growth: Reals, years: int) -> Reals:
    ahead: Reals = past.counts[:, -1:] * np.exp(growth[:, None] * np.arange(1, years + 1))
    return ahead


RIVALS: Final[Mapping[str, Rival]] = {
    "no change": no_change,
    "own last growth": own_last_growth,
    "own three-year growth": own_three_year_growth,
    "England's growth": england_growth,
    "half of each": half_of_each,
    "damped trend": damped_trend,
}
"""Every rival that needs nothing but the counts, by the name it has in results."""
