"""The cohort as the report reads it: each child with its locality and where it goes, and the settings with theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.places.assign.placements import Placements
from rightplace.places.bring_home import bring_home
from rightplace.places.sufficiency.localities import Localities, localities
from rightplace.vocabulary.setting import SettingKind

OUTSIDE: Final = "Outside the area"
NO_PLACE: Final = "No place found"
NOT_SET: Final = "not known"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cohort:
    """``children``: person, home (locality), easting, northing, setting, base, to (locality, outside or no place), km, minutes,
    independent. ``settings``: setting, base, name, kind, where, easting, northing, capacity, staying, kept, seats, assigned, value.
    ``away``: :data:`~rightplace.places.bring_home.AWAY`. ``fairness``: as the plan has it."""

    september: int
    children: pl.DataFrame
    settings: pl.DataFrame
    away: pl.DataFrame
    fairness: pl.DataFrame
    unplaced: pl.DataFrame
    homes: pl.DataFrame
    localities: tuple[str, ...]
    unit: str


def read(area: Area, of: Placements, *, september: int) -> Cohort:
    """The cohort of a plan."""
    where = localities(area)
    settings = _settings(of, area, where)
    homes = pl.DataFrame(
        {"neighbourhood_id": [], "home": []}, schema={"neighbourhood_id": pl.String, "home": pl.String}
    )
    if where.split:
        names = pl.Series(where.names)
        homes = where.of.select("neighbourhood_id", home=names.gather(where.of["locality"]))
    placed = of.assignments.select("person", "setting", "base", "km", "minutes").join(
        settings.select("setting", "base", to="where", independent=pl.col("kind") == SettingKind.SPECIAL_INDEPENDENT),
        on=["setting", "base"], how="left", maintain_order="left",
    )  # fmt: skip
    children = (
        of.facts.children.select("neighbourhood_id", "easting", "northing", person="person_id")
        .join(homes, on="neighbourhood_id", how="left", maintain_order="left")
        .join(placed, on="person", how="left", maintain_order="left")
        .with_columns(pl.col("home").fill_null(NOT_SET), pl.col("to").fill_null(NO_PLACE))
    )
    spots = area["neighbourhoods"].drop_nulls(["easting", "northing"])
    return Cohort(
        september=september,
        children=children,
        settings=settings,
        away=bring_home(of, area, september=september),
        fairness=of.fairness,
        unplaced=of.unplaced,
        homes=spots.select("neighbourhood_id", "easting", "northing"),
        localities=where.names,
        unit=str(of.settings["value_unit"][0]) if of.settings.height else "",
    )


def _settings(of: Placements, area: Area, where: Localities) -> pl.DataFrame:
    held = of.settings.select(
        "setting", "base", "name", "capacity", "staying", "kept", "seats", "assigned", value="value_of_one_more_place"
    )
    if of.coded is None:
        kinds = held.select(
            "setting",
            "base",
            kind=pl.lit("other"),
            where=pl.lit(NOT_SET),
            easting=pl.lit(None, pl.Float64),
            northing=pl.lit(None, pl.Float64),
        )
        return held.join(kinds, on=["setting", "base"], how="left", maintain_order="left")
    bases = of.coded.bases
    inside = bases.filter(pl.col("la_code") == area.la_code)
    names = pl.Series(where.names).gather(pl.Series(where.of_bases(inside)))
    known = bases.select(
        "easting", "northing", setting="setting_id", base="base", kind="setting_kind", unknown=pl.col("la_code").is_null()
    ).join(
        inside.select(setting="setting_id", base="base").with_columns(here=names), on=["setting", "base"], how="left", maintain_order="left"
    )  # fmt: skip
    place = pl.when("unknown").then(pl.lit(NOT_SET)).otherwise(pl.coalesce("here", pl.lit(OUTSIDE)))
    return held.join(
        known.with_columns(where=place).drop("here", "unknown"),
        on=["setting", "base"],
        how="left",
        maintain_order="left",
    )
