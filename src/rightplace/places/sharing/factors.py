"""What every area brings to a sharing, from published statistics: need, deprivation, distance and shortage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from scipy.spatial import cKDTree

from rightplace.errors import DataError
from rightplace.vocabulary.setting import SettingKind

FACTORS: Final = {
    "la_code": pl.String(), "need": pl.Float64(), "deprivation": pl.Float64(), "distance": pl.Float64(), "shortage": pl.Float64(),
}  # fmt: skip
MOST_DEPRIVED: Final = 3
"""Tenths of neighbourhoods in England, from the most deprived, whose children count."""
_PLACES: Final = "state special schools"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """``areas``: columns :data:`FACTORS`, null where not known; ``notes``: what each is, and what is missing for whom."""

    areas: pl.DataFrame
    notes: tuple[str, ...]


def factors(
    expected: pl.DataFrame, capacity: pl.DataFrame, neighbourhoods: pl.DataFrame, settings: pl.DataFrame
) -> Evidence:
    """The factors of every area in ``expected``, a forecast of all England (la_code, year, dimension, value, p50).

    need: EHC plans expected in the last January less those of the first that every area has, by p50, and 0 where they fall.
    shortage: plans in state special schools in that first January less the places of state special schools in ``capacity``, and 0 where
    there are places left. deprivation: residents aged 0 to 17 of ``neighbourhoods`` in the three most deprived tenths.
    distance: those aged 0 to 17 times the kilometres in a straight line to the nearest state special school of ``settings``.

    ``capacity`` has la_code, provision, measure, number; ``neighbourhoods`` and ``settings`` have la_code beside the columns of the
    area's tables. Raises ``DataError`` where the forecast has no total of any area.
    """
    counted = expected.filter(dimension="total")
    if counted.is_empty():
        raise DataError("The forecast has no total of any area.", action="Make the forecast of all England again.")
    first = int(counted.group_by("la_code").agg(pl.col("year").min())["year"].to_numpy().max())
    last = int(counted["year"].to_numpy().max())
    total = _of_years(counted, first, last)
    special = _of_years(expected.filter(dimension="setting", value=str(SettingKind.SPECIAL_STATE)), first, last)
    places = capacity.filter(provision=_PLACES, measure="places").group_by("la_code").agg(pl.col("number").sum())
    areas = (
        total.select("la_code", need=(pl.col("last") - pl.col("first")).clip(lower_bound=0))
        .join(_deprivation(neighbourhoods), on="la_code", how="left")
        .join(_distance(neighbourhoods, settings), on="la_code", how="left")
        .join(special.select("la_code", "first").join(places, on="la_code", how="left"), on="la_code", how="left")
        .with_columns(shortage=(pl.col("first") - pl.col("number")).clip(lower_bound=0))
        .select(pl.col(name).cast(dtype) for name, dtype in FACTORS.items())
        .sort("la_code")
    )
    need = f"Need is growth in EHC plans from January {first} to January {last}, the middle of what is expected."
    return Evidence(areas=areas, notes=(need, *_NOTES, *_missing(areas)))


_NOTES: Final = (
    "Places of state special schools are from the register of schools, which is often out of date; plans are of the area's own "
    "children, some of whom go to state special schools elsewhere.",
    "Distance is in a straight line from the middle of each neighbourhood to the nearest state special school of any area.",
)


def _of_years(rows: pl.DataFrame, first: int, last: int) -> pl.DataFrame:
    """What is expected of each area in two Januaries: columns la_code, first, last."""
    by_area = pl.col("p50").filter
    return rows.group_by("la_code").agg(
        by_area(pl.col("year") == first).first().alias("first"), by_area(pl.col("year") == last).first().alias("last")
    )


def _deprivation(neighbourhoods: pl.DataFrame) -> pl.DataFrame:
    known = neighbourhoods.filter(pl.col("deprivation_decile").is_not_null())
    among = pl.col("deprivation_decile") <= MOST_DEPRIVED
    return known.group_by("la_code").agg(pl.col("people_0_17").filter(among).sum().alias("deprivation"))


def _distance(neighbourhoods: pl.DataFrame, settings: pl.DataFrame) -> pl.DataFrame:
    where = ("easting", "northing")
    schools = settings.filter(pl.col("setting_kind") == SettingKind.SPECIAL_STATE).drop_nulls(where)
    homes = neighbourhoods.drop_nulls((*where, "people_0_17"))
    if schools.is_empty() or homes.is_empty():
        return pl.DataFrame(schema={"la_code": pl.String, "distance": pl.Float64})
    metres, _ = cKDTree(schools.select(where).to_numpy()).query(homes.select(where).to_numpy())
    with_km = homes.with_columns(pl.Series("km", np.asarray(metres) / 1000))
    return with_km.group_by("la_code").agg((pl.col("km") * pl.col("people_0_17")).sum().alias("distance"))


def _missing(areas: pl.DataFrame) -> list[str]:
    return [
        f"{name} is not known for {', '.join(lacking)}."
        for name in list(FACTORS)[1:]
        if (lacking := areas.filter(pl.col(name).is_null())["la_code"].to_list())
    ]
