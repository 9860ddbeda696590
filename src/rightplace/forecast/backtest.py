"""How right forecasts of authorities' totals would have been: made from each January, scored on later ones.

Each origin uses only what was published up to it, the doubts about returns included. The rivals are
the simplest ways to carry a total forward; all are scored on the same authorities in the same run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast import growth, totals
from rightplace.forecast.panel import Panel

Reals = NDArray[np.float64]

LEFT_OUT: Final = ("316", "201", "420")
"""Newham (a return that cannot be right), City of London and Isles of Scilly (a few dozen plans): not in the errors."""

OURS: Final = "Rightplace"
METHODS: Final = ("no change", "own last growth", "England's growth", "half of each", OURS)
SCHEMA: Final = {
    "origin": pl.Int64, "target": pl.Int64, "horizon": pl.Int64, "method": pl.String, "areas": pl.Int64,
    "error_percent": pl.Float64, "p90_percent": pl.Float64, "bias_percent": pl.Float64,
    "in_80_percent": pl.Float64, "in_95_percent": pl.Float64,
}  # fmt: skip


def score(
    panel: Panel, *, targets: Sequence[int], horizons: Sequence[int] = (1, 2, 3), futures: int = 400, seed: int = 1
) -> pl.DataFrame:
    """One row for each target January, horizon and method.

    Columns: origin, target, horizon, method, areas; ``error_percent`` the mean absolute percentage error,
    ``p90_percent`` its 90th percentile and ``bias_percent`` its mean with sign, over authorities with two
    Januaries before the origin, without those in ``LEFT_OUT``; and, for Rightplace alone and over every
    authority, the percentage of totals within the 80% and 95% ranges.
    """
    rows = []
    for target in targets:
        for horizon in horizons:
            rows += _one(panel, target, horizon, futures, seed)
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _one(panel: Panel, target: int, horizon: int, futures: int, seed: int) -> list[tuple[object, ...]]:
    origin = target - horizon
    past = panel.until(origin)
    truth = panel.counts[:, panel.years.index(target)]
    now, before = past.counts[:, -1], past.counts[:, -2]
    fitted = growth.fit(past)
    drawn = _drawn(past, fitted, target, futures, seed)
    own, england = now / before, float(np.exp(fitted.england[origin]))
    forecasts = {
        "no change": now,
        "own last growth": now * own**horizon,
        "England's growth": now * england**horizon,
        "half of each": now * ((own + england) / 2) ** horizon,
        OURS: np.median(drawn, axis=1),
    }
    scored = np.isfinite(truth) & np.isfinite(now) & np.isfinite(before) & ~np.isin(panel.codes, LEFT_OUT)
    held = np.isfinite(truth) & np.isfinite(now)
    rows: list[tuple[object, ...]] = []
    for method in METHODS:
        error = 100.0 * (forecasts[method] / truth - 1.0)[scored]
        inside = (
            (_inside(drawn[held], truth[held], 80), _inside(drawn[held], truth[held], 95))
            if method == OURS
            else (None, None)
        )
        absolute = np.abs(error)
        spread = float(np.quantile(absolute, 0.9))
        rows.append(
            (origin, target, horizon, method, len(error), float(absolute.mean()), spread, float(error.mean()), *inside)
        )
    return rows


def _drawn(past: Panel, fitted: growth.Growth, target: int, futures: int, seed: int) -> Reals:
    """Simulated totals at the target, (authorities, futures); not-a-number where an authority has none at the origin."""
    out = np.full((len(past.codes), futures), np.nan)
    for row, code in enumerate(past.codes):
        place = totals.standing(past, code, fitted)
        if place is not None and place.january == past.years[-1]:
            out[row] = totals.draw(place, fitted, last=target, futures=futures, seed=seed)[:, -1]
    return out


def _inside(drawn: Reals, truth: Reals, percent: int) -> float:
    low, high = np.quantile(drawn, [0.5 - percent / 200, 0.5 + percent / 200], axis=1)
    return float(100.0 * np.mean((truth >= low) & (truth <= high)))


def summary(scores: pl.DataFrame) -> pl.DataFrame:
    """Scores averaged over targets: one row for each horizon and method."""
    measures = [column for column in SCHEMA if column.endswith("percent")]
    order = pl.col("method").replace_strict(METHODS, list(range(len(METHODS))), return_dtype=pl.Int64)
    return scores.group_by("horizon", "method").agg(pl.col(measures).mean()).sort("horizon", order)
