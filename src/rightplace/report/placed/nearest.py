"""The nearest suitable settings of any area, from the register alone: from each mainstream school to the nearest, and on a map."""

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

NEAREST: Final[dict[str, pl.DataType]] = {
    "school_id": pl.String(), "school": pl.String(), "easting": pl.Float64(), "northing": pl.Float64(),
    "setting_id": pl.String(), "base": pl.String(), "name": pl.String(), "setting_kind": pl.String(),
    "to_easting": pl.Float64(), "to_northing": pl.Float64(), "outside": pl.Boolean(), "km": pl.Float64(),
}  # fmt: skip
"""Columns of :func:`nearest`, a row a mainstream school: ``name`` and what follows are of the nearest base; ``km`` is a straight line."""


def suitable(area: Area, *, september: int, need: str | None = None, year_group: int = 7) -> pl.DataFrame:
    """The bases that take a child: their ages hold the year group and their list of needs, if they have one, the need."""
    suits = pl.col("low_year_group").fill_null(-4).le(year_group) & pl.col("high_year_group").fill_null(20).ge(
        year_group
    )
    if need is not None:
        suits &= (pl.col("needs").list.len() == 0) | pl.col("needs").list.contains(need)
    return _every(area, september).filter(pl.col("setting_kind").is_in(KINDS), suits)


def nearest(area: Area, *, september: int, need: str | None = None, year_group: int = 7) -> pl.DataFrame:
    """Each mainstream school of the area, standing for where children live, with the nearest base that takes a child.

    Straight lines, whoever the base belongs to among those the record holds. Settings without a place on the map are left out.
    Columns :data:`NEAREST`; empty where the area has no mainstream school or no base takes the child.
    """
    homes = _schools(area, september)
    found = suitable(area, september=september, need=need, year_group=year_group)
    if homes.is_empty() or found.is_empty():
        return pl.DataFrame(schema=NEAREST)
    start, end = homes.select("easting", "northing").to_numpy(), found.select("easting", "northing").to_numpy()
    away = ((start[:, None, :] - end[None, :, :]) ** 2).sum(axis=2)
    at = np.argmin(away, axis=1)
    to = found.select(
        "setting_id", "base", "name", "setting_kind", to_easting="easting", to_northing="northing",
        outside=(pl.col("la_code") != area.la_code).fill_null(value=True),
    )[at]  # fmt: skip
    here = homes.select("easting", "northing", school_id="setting_id", school="name")
    km = pl.Series("km", np.sqrt(away[np.arange(len(at)), at]) / 1000.0)
    made: pl.DataFrame = pl.concat([here, to], how="horizontal").with_columns(km)
    return made.select([pl.col(name).cast(kind) for name, kind in NEAREST.items()])


def nearest_map(area: Area, *, september: int, need: str | None = None, year_group: int = 7) -> Map:
    """The map of :func:`nearest`: a line from each school to its nearest base, dashed where that stands outside the area."""
    homes = _schools(area, september)
    found = suitable(area, september=september, need=need, year_group=year_group)
    lines = nearest(area, september=september, need=need, year_group=year_group)
    return Map(
        homes=tuple(
            Spot(easting=east, northing=north, kind="home", people=None)
            for east, north in homes.select("easting", "northing").iter_rows()
        ),
        settings=tuple(
            Spot(easting=east, northing=north, kind=label("setting", kind), people=None)
            for east, north, kind in found.select("easting", "northing", "setting_kind").iter_rows()
        ),
        flows=tuple(
            Flow(
                start=(row["easting"], row["northing"]), end=(row["to_easting"], row["to_northing"]), people=1,
                outside=row["outside"],
            )
            for row in lines.iter_rows(named=True)
        ),
        kinds=tuple(label("setting", kind) for kind in in_order("setting", found["setting_kind"])),
        units="Settings",
    )  # fmt: skip


def _every(area: Area, september: int) -> pl.DataFrame:
    return bases_of(area, september=september).drop_nulls(["easting", "northing"])


def _schools(area: Area, september: int) -> pl.DataFrame:
    """Mainstream schools of the area."""
    return _every(area, september).filter(
        pl.col("setting_kind") == SettingKind.MAINSTREAM, pl.col("base") == "main", pl.col("la_code") == area.la_code
    )
