"""How the made-up settings' pupils with plans attend, set against what is expected of pupils like them, with its range."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.tables import BY_NAME

MEASURE: Final = "sessions missed by pupils with plans, for each one expected of their need"
SOURCE: Final = "the area's attendance extract, by need, pulled towards 1"
_NORMAL_95: Final = 1.96
_FEWEST: Final = 5


def setting_outcomes(attendance: pl.DataFrame, needs: pl.DataFrame) -> pl.DataFrame:
    """The area's ``setting_outcomes`` table, by setting and academic year with at least five pupils.

    ``needs``: person_id and need. Expected is the area's mean for the need. The ratio of missed to expected is pulled towards 1 by
    as much as it is uncertain (a two-level normal model, its variance between settings by moments), so a small school
    is not ranked by chance. The range is 95%.
    """
    pupils = (
        attendance.filter(pl.col("sen_status") == "E")
        .join(needs, on="person_id", how="left")
        .group_by("setting_id", "academic_year", "person_id", "need")
        .agg(pl.col("sessions_missed").sum().alias("missed"), pl.col("sessions_possible").sum().alias("possible"))
        .with_columns(mean=pl.col("missed").sum().over("need") / pl.col("possible").sum().over("need"))
        .with_columns(expected=pl.col("possible") * pl.col("mean"))
    )
    schools = (
        pupils.group_by("setting_id", "academic_year")
        .agg(
            pl.len().alias("pupils"),
            (pl.col("missed").sum() / pl.col("expected").sum()).alias("ratio"),
            ((pl.col("missed") / pl.col("expected")).var() / pl.len()).alias("noise"),
        )
        .filter(pl.col("pupils") >= _FEWEST, pl.col("noise") > 0)
    )
    between = (pl.col("ratio").var() - pl.col("noise").mean()).clip(lower_bound=0).over("academic_year")
    pulled = schools.with_columns(weight=between / (between + pl.col("noise"))).with_columns(
        value=1 + pl.col("weight") * (pl.col("ratio") - 1), error=(pl.col("weight") * pl.col("noise")).sqrt()
    )
    return (
        pulled.with_columns(
            measure=pl.lit(MEASURE),
            low=(pl.col("value") - _NORMAL_95 * pl.col("error")).clip(lower_bound=0),
            high=pl.col("value") + _NORMAL_95 * pl.col("error"),
            source=pl.lit(SOURCE),
        )
        .with_columns(pl.col("value", "low", "high").round(2))
        .select(list(BY_NAME["setting_outcomes"].schema))
        .cast(BY_NAME["setting_outcomes"].schema)  # type: ignore[arg-type]
        .sort("setting_id", "measure", "academic_year")
    )
