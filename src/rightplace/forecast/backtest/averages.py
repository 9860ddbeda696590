"""From scores of single forecasts to averages by horizon, size and origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from rightplace.forecast.backtest import words
from rightplace.forecast.backtest.result import BY_ORIGIN, BY_SIZE, MEASURES, METHODS, SCORES, SUMMARY, Backtest
from rightplace.forecast.backtest.sizes import SIZES, TINY

_ONE: Final = ("la_code", "area", "size", "origin", "horizon", "dimension", "method")
_PERCENT: Final = tuple(name for name in MEASURES if name.endswith("percent"))
_DIMENSIONS: Final = ("total", "need", "setting", "setting_group", "year_group", "age_band")


def of(scores: pl.DataFrame, about: str, notes: Sequence[str]) -> Backtest:
    """A back-test from its scores (a column that is missing is null), summed up."""
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in SCORES.items() if name not in scores.columns]
    rows = scores.with_columns(absent).select(pl.col(name).cast(dtype) for name, dtype in SCORES.items())
    whole, origins = summary(rows, about), by_origin(rows, about)
    return Backtest(
        scores=ordered(rows, ["la_code", "origin", "horizon", "dimension", "value", "method"]),
        summary=whole,
        by_size=by_size(rows, about),
        by_origin=origins,
        notes=(*notes, *words.where_rivals_win(whole, origins, rows)),
    )


def summary(scores: pl.DataFrame, about: str) -> pl.DataFrame:
    """Averages by dimension, horizon and method, each origin counting the same."""
    keys = ["dimension", "horizon", "method"]
    made = _averaged(scores, keys)
    span = scores.group_by(keys).agg(
        pl.col("origin").min().alias("first_origin"), pl.col("origin").max().alias("last_origin")
    )
    return _finished(made.join(span, on=keys), about, SUMMARY, keys)


def by_size(scores: pl.DataFrame, about: str) -> pl.DataFrame:
    """The same for each size of area."""
    keys = ["dimension", "horizon", "size", "method"]
    return _finished(_averaged(scores, keys), about, BY_SIZE, keys)


def by_origin(scores: pl.DataFrame, about: str) -> pl.DataFrame:
    """The same for each origin."""
    keys = ["dimension", "horizon", "origin", "method"]
    return _finished(_averaged(scores, keys), about, BY_ORIGIN, keys)


def ordered(frame: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Rows in the order a reader looks for: dimensions, horizons, sizes, methods with Rightplace last."""
    places: dict[str, pl.Expr] = {
        "dimension": _place("dimension", _DIMENSIONS),
        "size": _place("size", SIZES),
        "method": _place("method", METHODS),
    }
    return frame.sort(*(places.get(key, pl.col(key)) for key in keys), *keys)


def _place(column: str, order: Sequence[str]) -> pl.Expr:
    return pl.col(column).replace_strict(
        list(order), list(range(len(order))), default=len(order), return_dtype=pl.Int64
    )


def _averaged(scores: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    counted = scores.filter(pl.col("size") != TINY)
    ours = counted.group_by(*_ONE).agg(
        pl.col("truth").sum(),
        *(pl.col(name).sum() for name in ("error", "wis", "crps")),
        pl.col("error").abs().sum().alias("absolute"),
        pl.col("crps").null_count().alias("without_crps"),
        *(pl.col(name).mean() for name in ("inside_80", "inside_95")),
    )
    each = ours.filter(pl.col("truth") > 0).with_columns(
        mape_percent=100 * pl.col("absolute") / pl.col("truth"),
        bias_percent=100 * pl.col("error") / pl.col("truth"),
        wis_percent=100 * pl.col("wis") / pl.col("truth"),
        crps_percent=pl.when(pl.col("without_crps") == 0).then(100 * pl.col("crps") / pl.col("truth")),
        coverage80_percent=100 * pl.col("inside_80"),
        coverage95_percent=100 * pl.col("inside_95"),
    )
    at_origin = each.group_by(*dict.fromkeys([*keys, "origin"])).agg(
        *(pl.col(name).mean() for name in _PERCENT), pl.col("la_code").unique(), pl.len().alias("n")
    )
    return at_origin.group_by(keys).agg(
        *(pl.col(name).mean() for name in _PERCENT),
        pl.col("la_code").explode().n_unique().alias("areas"),
        pl.col("n").sum(),
    )


def _finished(frame: pl.DataFrame, about: str, schema: Mapping[str, pl.DataType], keys: list[str]) -> pl.DataFrame:
    named = frame.with_columns(pl.lit(about).alias("about"))
    return ordered(named, keys).select(pl.col(name).cast(dtype) for name, dtype in schema.items())
