"""How good one forecast was, once the truth is known: less is better, in the units of what was forecast.

A forecast is a middle and two ranges, which hold 80% and 95% of futures. One that is a single number has no
range: its score is its absolute error, which is what these formulas give where every quantile is that number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

Reals = NDArray[np.float64]

RANGES: Final[Mapping[str, tuple[str, str, float]]] = {
    "inside_80": ("p10", "p90", 0.2),
    "inside_95": ("p2_5", "p97_5", 0.05),
}
"""The ranges that are scored: whether the truth is inside is told by the column named, between two quantiles that leave
out the share given."""
POINTS: Final = ("p2_5", "p10", "p50", "p90", "p97_5")
"""Columns of quantiles."""


def interval_score(low: Reals, high: Reals, truth: Reals, outside: float) -> Reals:
    """Width of a range, and a penalty of 2 / ``outside`` for each unit the truth lies beyond it.

    ``outside`` is the share of futures left out. Gneiting and Raftery, "Strictly proper scoring rules, prediction, and
    estimation", *JASA* 102 (2007), equation 43.
    """
    beyond: Reals = np.maximum(low - truth, 0.0) + np.maximum(truth - high, 0.0)
    score: Reals = high - low + 2.0 / outside * beyond
    return score


def weighted_interval_score(middle: Reals, ranges: Mapping[float, tuple[Reals, Reals]], truth: Reals) -> Reals:
    """The weighted interval score of a median and K ranges, keyed by the share each leaves out.

    (|truth - middle| / 2 + sum of outside / 2 x interval score) / (K + 1/2). Bracher, Ray, Gneiting and Reich, "Evaluating epidemic
    forecasts in an interval format", *PLOS Computational Biology* 17 (2021), e1008618, with its weights 1/2 and outside / 2.
    """
    total = 0.5 * np.abs(truth - middle)
    for outside, (low, high) in ranges.items():
        total = total + outside / 2.0 * interval_score(low, high, truth, outside)
    score: Reals = total / (len(ranges) + 0.5)
    return score


def scored(forecasts: pl.DataFrame) -> pl.DataFrame:
    """Rows with ``truth`` and the quantiles in ``POINTS``, with what each scored added.

    ``error`` is the middle less the truth and ``wis`` the weighted interval score, both in the units of the truth;
    ``inside_80`` and ``inside_95`` are null where there is no range.
    """
    columns = {name: forecasts[name].cast(pl.Float64).to_numpy() for name in (*POINTS, "truth")}
    middle, truth = columns["p50"], columns["truth"]
    single = {name: np.where(np.isnan(columns[name]), middle, columns[name]) for name in POINTS}
    ranges = {outside: (single[low], single[high]) for low, high, outside in RANGES.values()}
    held = [
        pl.col("truth").is_between(pl.col(low), pl.col(high)).alias(name) for name, (low, high, _) in RANGES.items()
    ]
    return forecasts.with_columns(
        pl.Series("error", middle - truth),
        pl.Series("wis", weighted_interval_score(middle, ranges, truth)),
        *held,
    )
