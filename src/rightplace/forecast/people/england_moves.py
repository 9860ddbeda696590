"""The drifts of joining and leaving and the turns of settings in every authority's published counts, as known after a calendar year."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.local_level import Drift
from rightplace.forecast.people import drifts, turning
from rightplace.forecast.people.turning import Turning
from rightplace.vocabulary.authority import AUTHORITIES
from rightplace.vocabulary.setting import SettingKind

Reals = NDArray[np.float64]

FIRST_KNOWN: Final = 2012
LAST_KNOWN: Final = 2024
CEASED: Final = 2022
"""From this calendar year ceased plans are published."""
TURNOVER: Final = 0.2
"""Share of plans that come or go in a year: in England new ones were 12% and ended ones 10% of plans in 2010 to 2013, 17% and 8% in 2024."""
_NEW_FROM: Final = 2009
_PLANS_FROM: Final = 2010
_ASKED_FROM: Final = 2016
REQUESTS_FIRST_KNOWN: Final = 2019
"""Calendar year from which four of requests are known."""
_BREAK: Final = 2023
_LARGE: Final = 200.0
_PAIRS: Final = 2500


def joining(history: pl.DataFrame, year: int) -> Drift:
    """Of new plans and statements, from 2009. ``history`` has ``la_code``."""
    return drifts.fit(_totals(history, "new_plans", _NEW_FROM, year))


def requests(history: pl.DataFrame, year: int) -> Drift:
    """Of requests for an assessment, from 2016."""
    return drifts.fit(_totals(history, "requests", _ASKED_FROM, year))


def leaving(history: pl.DataFrame, year: int) -> Drift:
    """Of the share of January's plans that are not in the next January's beyond new ones, from 2010."""
    plans = _totals(history, "plans", _PLANS_FROM, year + 1)
    left = plans[:, :-1] + _totals(history, "new_plans", _PLANS_FROM, year) - plans[:, 1:]
    left = np.where(left >= drifts.SMALLEST, left, np.nan)
    return drifts.fit(left, np.where(np.isfinite(left), plans[:, :-1], np.nan))


def turning_of(history: pl.DataFrame, year: int) -> Turning:
    """Of settings of plans in place to the January after, over one, two and three years; about 2,500 pairs each."""
    of_plans = (pl.col("measure") == "plans") & (pl.col("dimension") == "setting") & pl.col("people").is_not_null()
    held = (
        _authorities(history)
        .filter(of_plans & (pl.col("value") != str(SettingKind.NOT_RECORDED)) & (pl.col("year") <= year + 1))
        .select("la_code", pl.col("year").cast(pl.Int64), "value", "people", all=pl.col("people").sum().over("la_code", "year"))
        .filter(pl.col("all") >= _LARGE)
    )  # fmt: skip
    return turning.of_scales({years: _scale(held, years) for years in (1, 2, 3)})


def _scale(held: pl.DataFrame, years: int) -> float:
    later = held.select("la_code", "value", year=pl.col("year") - years, then="people", all_then="all")
    across = (pl.col("year") < _BREAK) & (pl.col("year") + years >= _BREAK)
    pairs = held.join(later, on=["la_code", "value", "year"]).filter((pl.col("people") + pl.col("then") > 0) & ~across)
    pairs = pairs.sort("la_code", "value", "year").gather_every(max(1, pairs.height // _PAIRS))
    x, x_then, n, n_then = (pairs[name].to_numpy().astype(np.float64) for name in ("people", "then", "all", "all_then"))
    return turning.scale(x, x_then, n, n_then, min(years * TURNOVER, 1.0))


def _authorities(history: pl.DataFrame) -> pl.DataFrame:
    return history.filter(pl.col("la_code").is_in(list(AUTHORITIES)))


def _totals(history: pl.DataFrame, measure: str, first: int, last: int) -> Reals:
    """Totals (authorities, years), not-a-number where missing."""
    rows = _authorities(history).filter(pl.col("dimension") == "total")
    codes = rows.select("la_code").unique().sort("la_code")
    wide = rows.filter(pl.col("measure") == measure).pivot(
        on="year", index="la_code", values="people", aggregate_function="first"
    )
    table = codes.join(wide, on="la_code", how="left")
    columns = [
        table[str(year)].cast(pl.Float64).fill_null(np.nan).to_numpy()
        if str(year) in table.columns
        else np.full(table.height, np.nan)
        for year in range(first, last + 1)
    ]
    return np.stack(columns, axis=1)
