"""What was counted, in the words of a forecast."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.forecast.published.history_cells import year_group
from rightplace.forecast.result import HISTORY
from rightplace.vocabulary.year_group import FIRST, YEAR_GROUPS, phase

_DIMENSIONS: Final = {"total": "total", "need": "need", "setting": "setting", "age": "year_group"}


def of_stock(stock: pl.DataFrame) -> pl.DataFrame:
    """Plans in place from person-level stock (year, need, kind, year_group, people)."""
    rows = stock.with_columns(
        pl.lit("total").alias("total"),
        pl.col("kind").alias("setting"),
        pl.col("year_group").cast(pl.String).alias("group"),
        _phase(pl.col("year_group")).alias("phase"),
    )
    cuts = {"total": "total", "need": "need", "setting": "setting", "year_group": "group", "phase": "phase"}
    return _sorted([_sums(rows, name, column) for name, column in cuts.items()])


def of_history(history: pl.DataFrame) -> pl.DataFrame:
    """Plans in place from published counts; ages are taken as year groups."""
    plans = history.filter((pl.col("measure") == "plans") & pl.col("people").is_not_null())
    rows = plans.filter(pl.col("dimension").is_in(list(_DIMENSIONS))).select(
        pl.col("year").cast(pl.Int32),
        pl.col("dimension").replace_strict(_DIMENSIONS, return_dtype=pl.String),
        pl.when(pl.col("dimension") == "age").then(_group_label(plans)).otherwise("value").alias("value"),
        "people",
    )
    known = rows.filter(pl.col("value").is_not_null())
    summed = known.group_by("year", "dimension", "value").agg(pl.col("people").sum())
    groups = summed.filter(pl.col("dimension") == "year_group")
    phases = groups.with_columns(
        pl.lit("phase").alias("dimension"), _phase(pl.col("value").cast(pl.Int32)).alias("value")
    )
    return _sorted([summed, phases.group_by("year", "dimension", "value").agg(pl.col("people").sum())])


def _group_label(plans: pl.DataFrame) -> pl.Expr:
    ages = plans.filter(pl.col("dimension") == "age")["value"].unique().to_list()
    places = {age: str(place + FIRST) for age in ages if (place := year_group(age)) is not None}
    return pl.col("value").replace_strict(places, default=None, return_dtype=pl.String)


def _phase(group: pl.Expr) -> pl.Expr:
    return group.replace_strict({one: str(phase(one)) for one in YEAR_GROUPS}, return_dtype=pl.String)


def _sums(rows: pl.DataFrame, dimension: str, column: str) -> pl.DataFrame:
    return (
        rows.group_by("year", pl.col(column).alias("value"))
        .agg(pl.col("people").sum())
        .with_columns(pl.lit(dimension).alias("dimension"))
    )


def _sorted(frames: list[pl.DataFrame]) -> pl.DataFrame:
    whole = pl.concat([frame.select(pl.col(name).cast(dtype) for name, dtype in HISTORY.items()) for frame in frames])
    return whole.sort("year", "dimension", "value")
