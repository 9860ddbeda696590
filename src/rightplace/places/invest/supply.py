"""Places there are now: those the area's children hold, and those empty, at each specialist base."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.errors import DataError
from rightplace.places import bases
from rightplace.places.invest.demand import LEVEL_OF
from rightplace.vocabulary.setting import SettingKind

SUPPLY: Final[dict[str, pl.DataType]] = {
    "setting_id": pl.String(), "base": pl.String(), "name": pl.String(), "setting_kind": pl.String(), "level": pl.String(),
    "needs": pl.List(pl.String()), "low_year_group": pl.Int64(), "high_year_group": pl.Int64(), "places": pl.Float64(),
    "easting": pl.Float64(), "northing": pl.Float64(), "annual_cost_gbp": pl.Float64(), "doubt": pl.String(),
}  # fmt: skip
"""Columns of :func:`supply`: one row a base. ``places`` are this area's: held now, and empty. ``doubt`` says what is not known."""

AS_BOUGHT: Final = (SettingKind.SPECIAL_INDEPENDENT, SettingKind.SPECIALIST_POST_16)
"""Kinds whose places are bought one by one: they are not bases of the plan, but what families get where no other place is."""


def supply(area: Area, *, september: int) -> pl.DataFrame:
    """Specialist bases with the places this area can count on: columns as :data:`SUPPLY`, by setting and base.

    Places are those the area's children hold at the last January return, and those empty where capacity and roll are
    known. A base also takes the needs and year groups of the children who are there. Raises ``DataError`` where the area
    has no January return of its own.
    """
    held = _held(area)
    known = bases.bases(area, september=september).filter(pl.col("setting_kind").is_in(_planned()))
    joined = known.join(held, on=["setting_id", "setting_kind"], how="full", coalesce=True)
    empty = (pl.col("capacity") - pl.col("roll")).clip(0).fill_null(0)
    rows = joined.with_columns(
        places=(pl.col("held").fill_null(0) + empty).cast(pl.Float64),
        doubt=pl.concat_str(
            pl.when(pl.col("capacity").is_null())
            .then(pl.lit("capacity not known: places held now are counted. "))
            .otherwise(pl.lit("")),
            pl.when(pl.col("easting").is_null())
            .then(pl.lit("place on the map not known: the usual journey is assumed."))
            .otherwise(pl.lit("")),
        ).str.strip_chars(),
        # Alternative provision takes whoever is sent.
        needs=pl.when(
            (pl.col("needs").list.len().fill_null(0) > 0)
            & (pl.col("setting_kind") != SettingKind.ALTERNATIVE_PROVISION)
        )
        .then(pl.col("needs").list.concat(pl.col("here").fill_null([])).list.unique().list.sort())
        .otherwise(pl.lit([], pl.List(pl.String))),
        low_year_group=pl.min_horizontal("low_year_group", "youngest"),
        high_year_group=pl.max_horizontal("high_year_group", "oldest"),
        name=pl.coalesce("name", "setting_id"),
        base=pl.col("base").fill_null("main"),
        level=pl.col("setting_kind").replace_strict({str(kind): level for kind, level in LEVEL_OF.items()}),
    )
    # Where a setting has two bases of one kind the children held are counted at the first alone.
    first = pl.col("base") == pl.col("base").first().over("setting_id", "setting_kind")
    rows = rows.sort("setting_id", "base").with_columns(
        places=pl.when(first).then("places").otherwise(empty.cast(pl.Float64)),
        setting_id=pl.col("setting_id").fill_null(""),
    )
    return rows.filter(pl.col("places") > 0).select(list(SUPPLY)).cast(SUPPLY)  # type: ignore[arg-type]


def bought(area: Area) -> dict[str, int]:
    """Children whose places are bought one by one, at the last January return, by kind of setting."""
    counts = (
        _last(area)
        .filter(pl.col("setting_kind").is_in([str(kind) for kind in AS_BOUGHT]))
        .group_by("setting_kind")
        .len()
    )
    return {str(kind): int(people) for kind, people in counts.iter_rows()}


def _planned() -> list[str]:
    return [str(kind) for kind in LEVEL_OF if kind not in AS_BOUGHT]


def _last(area: Area) -> pl.DataFrame:
    census = area["census"]
    if census.is_empty():
        raise DataError(
            "The area has no January return of its own children, so who holds which place is not known.",
            where="census", action="Load at least two SEN2 returns.",
        )  # fmt: skip
    return census.filter(pl.col("census_year") == pl.col("census_year").max())


def _held(area: Area) -> pl.DataFrame:
    last = _last(area).filter(pl.col("setting_kind").is_in(_planned()))
    return last.group_by("setting_id", "setting_kind").agg(
        held=pl.len(),
        here=pl.col("need").unique().sort(),
        youngest=pl.col("year_group").min(),
        oldest=pl.col("year_group").max(),
    )
