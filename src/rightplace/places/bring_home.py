"""Children outside the area or in independent schools who have a suitable base nearer home: what local places would bring home."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.calendar.academic import first_day
from rightplace.places.assign.placements import Placements
from rightplace.places.candidates import of_coded
from rightplace.places.children import NEEDING
from rightplace.places.fit.coded import Coded, code
from rightplace.vocabulary.setting import SettingKind

AWAY: Final[dict[str, pl.DataType]] = {
    "person": pl.String(), "cohort": pl.Boolean(), "outside": pl.Boolean(), "independent": pl.Boolean(),
    "setting": pl.String(), "base": pl.String(), "name": pl.String(), "km": pl.Float64(), "cost_gbp": pl.Float64(),
    "local_setting": pl.String(), "local_base": pl.String(), "local_name": pl.String(), "local_km": pl.Float64(),
    "local_cost_gbp": pl.Float64(), "local_full": pl.Boolean(),
}  # fmt: skip
"""Columns of :func:`bring_home`. ``cohort``: the plan places the child this September; else the child stays where it is.

``km`` is one way; costs are pounds a year of place and transport. ``local_...`` are of the nearest suitable base of the
area, nearer than where the child is, or null where there is none. ``local_full``: the plan leaves it no place; null unknown.
"""

LOCAL: Final = (
    SettingKind.RESOURCED_PROVISION,
    SettingKind.SEN_UNIT,
    SettingKind.SPECIAL_STATE,
    SettingKind.SPECIAL_NON_MAINTAINED,
    SettingKind.SPECIALIST_POST_16,
)
"""Kinds that a child in a specialist place could come home to. Ordinary classes are left out: the like is set beside the like."""


def bring_home(of: Placements, area: Area, *, september: int) -> pl.DataFrame:
    """Everyone who will be outside the area or in an independent special school that September: columns as :data:`AWAY`.

    Those the plan places are where it puts them; all others where they are. A base is suitable where no test that bars is
    against it; whether it has room is said apart, since this asks what more local places would do.
    """
    if of.coded is None or of.coded.children.is_empty():
        return pl.DataFrame(schema=AWAY)
    away = _away(of, of.coded, area)
    if away.is_empty():
        return pl.DataFrame(schema=AWAY)
    near, now = _journeys(of.coded, area, away, september)
    full = of.settings.select(
        "setting", "base", local_full=pl.when(pl.col("seats").is_not_null()).then(pl.col("assigned") >= pl.col("seats"))
    )
    found = away.join(now, on=["child", "at"], how="left", maintain_order="left")
    best = (
        near.join(found.select("child", "km"), on="child")
        .filter(pl.col("local_km") < pl.col("km"))
        .sort("child", "local_km", "local_setting", "local_base")
        .group_by("child", maintain_order=True)
        .first()
        .drop("km")
    )
    joined = found.join(best, on="child", how="left", maintain_order="left").join(
        full, left_on=["local_setting", "local_base"], right_on=["setting", "base"], how="left", maintain_order="left"
    )
    return joined.select(list(AWAY)).cast(AWAY)  # type: ignore[arg-type]


def _away(of: Placements, coded: Coded, area: Area) -> pl.DataFrame:
    """child and at (rows of ``coded``), person, cohort, outside, independent and the base, of those who are away."""
    bases = coded.bases.with_row_index("at").select(
        pl.col("at").cast(pl.Int64), "name", setting="setting_id", base="base", la="la_code", kind="setting_kind"
    )
    everyone = coded.children.with_row_index("child").select(
        pl.col("child").cast(pl.Int64), person="person_id", cohort=pl.col("why").is_in(NEEDING),
        now=pl.Series(coded.kids.now).cast(pl.Int64),
    )  # fmt: skip
    given = (
        of.assignments.select("person", "setting", "base").join(bases, on=["setting", "base"]).select("person", "at")
    )
    placed = everyone.join(given, on="person", how="left", maintain_order="left").with_columns(
        at=pl.when("cohort").then("at").otherwise("now")
    )
    there = placed.join(bases, on="at", how="inner", maintain_order="left").with_columns(
        outside=(pl.col("la") != area.la_code).fill_null(False),  # noqa: FBT003
        independent=pl.col("kind") == SettingKind.SPECIAL_INDEPENDENT,
    )
    return there.filter(pl.col("outside") | pl.col("independent")).sort("child")


def _journeys(coded: Coded, area: Area, away: pl.DataFrame, september: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Suitable local bases of the children away, and the journeys to where they are: with the rows of ``coded``."""
    rows, kept = away["child"], coded.bases.with_row_index("at").with_columns(pl.col("at").cast(pl.Int64))
    local = (pl.col("la_code") == area.la_code) & pl.col("setting_kind").is_in(LOCAL)
    kept = kept.filter(local | pl.col("at").is_in(away["at"].implode()))
    own = code(coded.children[rows], kept.drop("at"), coded.travel)
    found = of_coded(own, most=max(kept.height, 1), costs=area["costs"], on=first_day(september)).select(
        "child", "base", pl.col("km").cast(pl.Float64), "cost_gbp"
    )
    pairs = found.with_columns(
        child=rows.gather(found["child"]),
        at=kept["at"].gather(found["base"]),
        local=kept.select(local).to_series().gather(found["base"]).fill_null(False),  # noqa: FBT003
        local_setting=kept["setting_id"].gather(found["base"]),
        local_base=kept["base"].gather(found["base"]),
        local_name=kept["name"].gather(found["base"]),
    )
    near = pairs.filter("local").select(
        "child", "local_setting", "local_base", "local_name", local_km="km", local_cost_gbp="cost_gbp"
    )
    return near, pairs.select("child", "at", "km", "cost_gbp")
