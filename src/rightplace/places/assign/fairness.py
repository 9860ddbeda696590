"""Whether the plan treats groups alike: wishes met and journeys by deprivation, need and ethnicity.

Counts are exact and may be small: whoever publishes them protects small numbers first (rightplace.disclosure).
"""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.vocabulary.ethnicity import GROUP

FAIRNESS: Final[dict[str, pl.DataType]] = {
    "dimension": pl.String(),
    "value": pl.String(),
    "children": pl.Int64(),
    "placed": pl.Int64(),
    "with_choice": pl.Int64(),
    "first_choice": pl.Int64(),
    "any_choice": pl.Int64(),
    "km_mean": pl.Float64(),
    "km_median": pl.Float64(),
    "minutes_mean": pl.Float64(),
}
"""Columns of the frame of fairness: a row a group. ``with_choice`` asked for a setting; ``first_choice`` and
``any_choice`` are those of them who got it; journeys are of those placed whose journey is known."""

_NOT_KNOWN: Final = "not known"


def fairness(children: pl.DataFrame, assigned: pl.DataFrame) -> pl.DataFrame:
    """The plan by group. ``assigned`` has person, preference, km and minutes of those placed."""
    rows = (
        children.select(
            person="person_id",
            asked=pl.col("preferences").list.len().fill_null(0) > 0,
            deprivation_decile=pl.col("deprivation_decile").cast(pl.String),
            need="need",
            ethnicity=pl.col("ethnicity").replace_strict(GROUP, default=None, return_dtype=pl.String),
        )
        .join(assigned.select("person", "preference", "km", "minutes"), on="person", how="left", maintain_order="left")
        .with_columns(all=pl.lit("all"), placed=pl.col("person").is_in(assigned["person"].implode()))
    )
    groups = [
        rows.group_by(pl.col(dimension).fill_null(_NOT_KNOWN).alias("value"))
        .agg(*_measures())
        .sort(pl.col("value").cast(pl.Int64, strict=False), "value", nulls_last=True)
        .select(pl.lit(dimension).alias("dimension"), pl.all())
        for dimension in ("all", "deprivation_decile", "need", "ethnicity")
    ]
    return pl.concat(groups).cast(FAIRNESS)  # type: ignore[arg-type]


def _measures() -> tuple[pl.Expr, ...]:
    met = pl.col("asked") & pl.col("preference").is_not_null()
    return (
        pl.len().alias("children"),
        pl.col("placed").sum(),
        pl.col("asked").sum().alias("with_choice"),
        (met & (pl.col("preference") == 1)).sum().alias("first_choice"),
        met.sum().alias("any_choice"),
        pl.col("km").mean().alias("km_mean"),
        pl.col("km").median().alias("km_median"),
        pl.col("minutes").mean().alias("minutes_mean"),
    )
