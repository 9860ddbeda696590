"""Joiners of years before the first return, from published yearly counts of the same area.

Published new plans N of a year stand for c N joiners, where c is joiners over new plans in the years that have both (1 where none
has). Their log differs by a variance of its own: that of log(J / N) about log c, but at least 0.05 squared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.published.history_cells import total

Reals = NDArray[np.float64]

_LEAST_SD: Final = 0.05
_UNCOMPARED_SD: Final = 0.10
MOST: Final = 8
"""Years before the first return that are used at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Longer:
    """Earlier joiners: ``years`` (first Januaries), ``joiners`` (E,), their extra ``variance`` in logs, and c."""

    years: tuple[int, ...]
    joiners: Reals
    variance: float
    ratio: float


def of(history: pl.DataFrame, years: tuple[int, ...], joiners: Reals) -> Longer | None:
    """Years without a gap before the first pair of returns; None where new plans of the year before it are not published.

    ``joiners`` (T,) joined in the calendar years ``years``, the first Januaries of the pairs.
    """
    published = {year: total(history, "new_plans", year) for year in range(years[0] - MOST, years[-1] + 1)}
    earlier = []
    for year in range(years[0] - 1, years[0] - MOST - 1, -1):
        if not published[year]:
            break
        earlier.append(year)
    if not earlier:
        return None
    both = [(own, published[year]) for own, year in zip(joiners, years, strict=True) if published[year] and own > 0]
    logs = np.array([np.log(own / new) for own, new in both if new])
    centre = float(logs.mean()) if len(logs) else 0.0
    spread = float(logs.std(ddof=1)) if len(logs) > 1 else _UNCOMPARED_SD
    counts = np.array([published[year] or 0.0 for year in reversed(earlier)])
    return Longer(
        years=tuple(reversed(earlier)),
        joiners=counts * np.exp(centre),
        variance=max(spread, _LEAST_SD) ** 2,
        ratio=float(np.exp(centre)),
    )
