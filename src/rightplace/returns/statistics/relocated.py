"""Settings listed under an authority that has ended, placed in the one that has their ground now."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import polars as pl

from rightplace.returns.statistics.reorganised import successors_in_force
from rightplace.vocabulary import authority


def relocated(settings: pl.DataFrame, neighbourhoods: pl.DataFrame, in_force: Collection[str]) -> pl.DataFrame:
    """``settings`` with ``la_code`` an authority in force wherever its own has been succeeded.

    One successor takes the setting; of several, the one with the nearest neighbourhood does. A setting that cannot be placed
    keeps its code.
    """
    ended = [
        code
        for code in settings["la_code"].unique().drop_nulls()
        if code in authority.AUTHORITIES and code not in in_force and successors_in_force(code, in_force)
    ]
    moved = [
        _moved(settings.filter(pl.col("la_code") == code), neighbourhoods, successors_in_force(code, in_force))
        for code in ended
    ]
    if not moved:
        return settings
    new = pl.concat(moved)
    return (
        settings.join(new, on="setting_id", how="left", maintain_order="left")
        .with_columns(pl.coalesce("new_code", "la_code").alias("la_code"))
        .drop("new_code")
    )


def _moved(rows: pl.DataFrame, neighbourhoods: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    """``setting_id`` and ``new_code`` of settings that can be placed among the successors."""
    if len(codes) == 1:
        return rows.select("setting_id", pl.lit(codes[0]).alias("new_code"))
    near = neighbourhoods.filter(pl.col("la_code").is_in(codes)).drop_nulls(["easting", "northing"])
    placed = rows.drop_nulls(["easting", "northing"])
    if near.is_empty() or placed.is_empty():
        return rows.clear().select("setting_id", pl.lit("").alias("new_code"))
    east = np.subtract.outer(placed["easting"].to_numpy(), near["easting"].to_numpy())
    north = np.subtract.outer(placed["northing"].to_numpy(), near["northing"].to_numpy())
    nearest = np.argmin(east**2 + north**2, axis=1)
    return placed.select("setting_id", near["la_code"].gather(nearest).alias("new_code"))
