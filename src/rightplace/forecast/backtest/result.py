"""What a back-test gives, and the columns it gives it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

OURS: Final = "Rightplace"
"""The method that is tested; all others are rivals."""
SAME_SHARES: Final = "shares as they are"
METHODS: Final = (
    "no change", SAME_SHARES, "own last growth", "own three-year growth", "England's growth", "half of each", "damped trend",
    "exponential smoothing (statsmodels)", "transition counts", OURS,
)  # fmt: skip
"""Every method, in the order they are shown."""

SCORES: Final[Mapping[str, pl.DataType]] = {
    "la_code": pl.String(), "area": pl.String(), "origin": pl.Int32(), "target": pl.Int32(), "horizon": pl.Int32(),
    "dimension": pl.String(), "value": pl.String(), "method": pl.String(), "size": pl.String(), "now": pl.Float64(),
    "truth": pl.Float64(), "p2_5": pl.Float64(), "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64(),
    "p97_5": pl.Float64(), "error": pl.Float64(), "wis": pl.Float64(), "crps": pl.Float64(),
    "inside_80": pl.Boolean(), "inside_95": pl.Boolean(),
}  # fmt: skip
MEASURES: Final[Mapping[str, pl.DataType]] = {
    "mape_percent": pl.Float64(), "bias_percent": pl.Float64(), "wis_percent": pl.Float64(),
    "crps_percent": pl.Float64(), "coverage80_percent": pl.Float64(), "coverage95_percent": pl.Float64(),
    "areas": pl.UInt32(), "n": pl.UInt32(),
}  # fmt: skip
SUMMARY: Final[Mapping[str, pl.DataType]] = {
    "about": pl.String(), "dimension": pl.String(), "horizon": pl.Int32(), "method": pl.String(),
    "first_origin": pl.Int32(), "last_origin": pl.Int32(), **MEASURES,
}  # fmt: skip
BY_SIZE: Final[Mapping[str, pl.DataType]] = {
    "about": pl.String(), "dimension": pl.String(), "horizon": pl.Int32(), "size": pl.String(), "method": pl.String(), **MEASURES,
}  # fmt: skip
BY_ORIGIN: Final[Mapping[str, pl.DataType]] = {
    "about": pl.String(), "dimension": pl.String(), "horizon": pl.Int32(), "origin": pl.Int32(), "method": pl.String(), **MEASURES,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """Forecasts made from past Januaries, scored on later ones.

    ``scores`` has one row for each area, origin (the January forecast from), horizon (years ahead), dimension, value and
    method: plans ``now`` (at the origin) and in ``truth``, quantiles (null where the method gives one number alone), ``error`` (middle
    less truth), ``wis`` and ``crps`` in plans, and whether the truth is inside the ranges.

    ``summary`` averages them by dimension, horizon and method, ``by_size`` by size of area as well and ``by_origin`` by origin. All
    measures are per cent of the plans in truth, over the values of a dimension together: ``mape_percent`` the mean absolute error,
    ``bias_percent`` the mean error (above nought: too many were foreseen), ``wis_percent`` and ``crps_percent`` the scores;
    ``coverage80_percent`` and ``coverage95_percent`` how many truths the ranges hold. Each origin counts the same. ``n`` counts
    forecasts of an area. Areas of under 100 plans are in ``scores`` alone.

    ``notes`` say in sentences what was done, what could not be, and where a rival wins.
    """

    scores: pl.DataFrame
    summary: pl.DataFrame
    by_size: pl.DataFrame
    by_origin: pl.DataFrame
    notes: tuple[str, ...]
