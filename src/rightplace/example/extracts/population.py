"""Residents of the made-up area by single year of age, year by year, with a projection."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.example.kinds import Floats
from rightplace.example.land import residents

_BASE: Final = 2022
_FIRST: Final = 2015
_ESTIMATED: Final = 2024
"""The last mid-year that estimates would have been published for by the last return."""
_LAST: Final = 2040
_OLDEST: Final = 25
_BIRTHS_FALL: Final = 0.985
_FALLING_UNTIL: Final = 2028
_BIRTHS_RISE: Final = 1.003
"""Births a year against the year before: assumed, going on from England's fall since 2012 and then turning."""


def population(plans: int) -> pl.DataFrame:
    """The area's ``population`` table, mid-2015 to mid-2040.

    England's people of each age in the middle of 2022, scaled, grow a year older each year; nobody moves. Before 2022
    the same people are a year younger, and ages that had passed 25 by then are taken from the oldest known.
    """
    base = residents(plans)
    rows = []
    for year in range(_FIRST, _LAST + 1):
        born = year - np.arange(_OLDEST + 1)
        people = [_born_in(int(birth_year), base) for birth_year in born]
        rows.append(
            pl.DataFrame({"age": np.arange(_OLDEST + 1), "people": np.round(people)}).with_columns(
                year=pl.lit(year, pl.Int16), projected=pl.lit(year > _ESTIMATED)
            )
        )
    return pl.concat(rows).select("year", pl.col("age").cast(pl.Int16), "people", "projected")


def _born_in(year: int, base: Floats) -> float:
    """People born in the year to mid ``year``."""
    age = _BASE - year
    if age >= 0:
        return float(base[min(age, _OLDEST)])
    falling = min(-age, _FALLING_UNTIL - _BASE)
    return float(base[0] * _BIRTHS_FALL**falling * _BIRTHS_RISE ** max(0, -age - falling))
