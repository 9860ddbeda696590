"""A map of the nearest suitable settings of any area, from the register alone: from each mainstream school to the nearest."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.area.record import Area
from rightplace.places.bases import bases as bases_of
from rightplace.report.charts.spec import Flow, Map, Spot
from rightplace.report.labels import in_order, label
from rightplace.vocabulary.setting import SettingKind

KINDS: Final = (SettingKind.RESOURCED_PROVISION, SettingKind.SEN_UNIT, SettingKind.SPECIAL_STATE)
"""Kinds that are looked for: the state's own places set apart for children and young people with plans."""


def nearest_map(area: Area, *, september: int, need: str | None = None, year_group: int = 7) -> Map:
    """Each mainstream school of the area, standing for where children live, joined to the nearest base that takes a child.

    A base takes the child where its ages hold the year group and its list of needs, if it has one, the need. Straight lines,
    whoever the base belongs to among those the record holds; dashed where it stands outside the area. Settings without a
    place on the map are left out.
    """
    every = bases_of(area, september=september).drop_nulls(["easting", "northing"])
    homes = every.filter(
        pl.col("setting_kind") == SettingKind.MAINSTREAM, pl.col("base") == "main", pl.col("la_code") == area.la_code
    )
    suits = pl.col("low_year_group").fill_null(-4).le(year_group) & pl.col("high_year_group").fill_null(20).ge(
        year_group
    )
    if need is not None:
        suits &= (pl.col("needs").list.len() == 0) | pl.col("needs").list.contains(need)
    found = every.filter(pl.col("setting_kind").is_in(KINDS), suits)
    return Map(
        homes=tuple(
            Spot(easting=east, northing=north, kind="home", people=None)
            for east, north in homes.select("easting", "northing").iter_rows()
        ),
        settings=tuple(
            Spot(easting=east, northing=north, kind=label("setting", kind), people=None)
            for east, north, kind in found.select("easting", "northing", "setting_kind").iter_rows()
        ),
        flows=_lines(homes, found, area),
        kinds=tuple(label("setting", kind) for kind in in_order("setting", found["setting_kind"])),
        units="Settings",
    )


def _lines(homes: pl.DataFrame, found: pl.DataFrame, area: Area) -> tuple[Flow, ...]:
    if homes.is_empty() or found.is_empty():
        return ()
    start, end = homes.select("easting", "northing").to_numpy(), found.select("easting", "northing").to_numpy()
    away = ((start[:, None, :] - end[None, :, :]) ** 2).sum(axis=2)
    outside = (found["la_code"] != area.la_code).fill_null(value=True).to_list()
    return tuple(
        Flow(
            start=(float(start[row, 0]), float(start[row, 1])), end=(float(end[at, 0]), float(end[at, 1])), people=1,
            outside=bool(outside[at]),
        )
        for row, at in enumerate(np.argmin(away, axis=1))
    )  # fmt: skip
