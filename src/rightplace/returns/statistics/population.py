"""Residents by single year of age: published estimates, and a projection where there are none.

The method and its measured error are in ``docs/methods/published-statistics.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.record import Refusal, Source
from rightplace.returns.statistics import cells
from rightplace.returns.statistics.cells import ENGLAND
from rightplace.returns.statistics.folder import Found, Published, read_folder
from rightplace.returns.statistics.projection import Known, project
from rightplace.returns.statistics.reorganised import changes
from rightplace.returns.statistics.shape import Clock
from rightplace.returns.statistics.shapes import POPULATION
from rightplace.vocabulary import authority

OLDEST: Final = 25
"""Ages 0 to this one are held."""
CHILDREN: Final = 0
"""What stands in ``age`` of a row that is a total of ages 0 to 17."""
PROJECTION_PUBLISHED: Final = 3
"""Years after its base that a subnational projection is published: the 2022-based one came out in June 2025."""

_SCHEMA: Final = {
    "row": pl.UInt32(),
    "la_code": pl.String(),
    "year": pl.Int16(),
    "age": pl.Int16(),
    "people": pl.Float64(),
}
_KEY: Final = ("la_code", "year", "age")


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Residents of every authority in force and of England, estimated and projected.

    ``frame`` has ``la_code``, ``year`` (mid-year), ``age`` (0 to 25), ``people`` and ``projected``.
    """

    frame: pl.DataFrame
    sources: tuple[Source, ...]


def for_authority(folder: Path, la_code: str, until_year: int, *, until: int | None = None) -> pl.DataFrame:
    """Residents of one authority by age, estimated and projected to mid ``until_year``.

    Columns ``year``, ``age``, ``people``, ``projected``, as the area's population table. ``until`` is the last January
    that may be used: estimates of later mid-years than the year before it are not. Empty where nothing is
    published of the authority. Raises ``UserError`` where there is no such folder.
    """
    found = read_folder(folder, shapes=POPULATION)
    read = read_population(found, authority.current(until or until_year), until_year=until_year, until=until)
    return read.frame.filter(pl.col("la_code") == la_code).drop("la_code")


def read_population(
    found: Found, in_force: Collection[str], *, until_year: int, until: int | None = None
) -> Population:
    """Residents of every authority in force, and of England, to mid ``until_year``. ``until`` as in ``for_authority``."""
    single, single_sources = _read(found.of("population_single_year"), _single)
    children, children_sources = _read(found.of("population_0_17"), _children)
    official, official_sources = _read(found.of("population_projection"), _official)
    if until is not None:
        single, children = (frame.filter(pl.col("year") < until) for frame in (single, children))
        official = official.filter(pl.col("year").min().over("la_code") + PROJECTION_PUBLISHED < until)
    known = Known(estimates=_carried(single, in_force), children=_carried(children, in_force), projections=official)
    authorities = project(known, until_year=until_year)
    return Population(
        frame=pl.concat([authorities, _england(authorities, len(in_force))]),
        sources=(*single_sources, *children_sources, *official_sources),
    )


def _read(
    tables: Iterable[Published], read: Callable[[pl.DataFrame], pl.DataFrame]
) -> tuple[pl.DataFrame, list[Source]]:
    """Rows of all files of a kind, one for each authority, year and age, and a lineage row for each file."""
    frames = [pl.DataFrame(schema=_SCHEMA)]
    sources = []
    for table in tables:
        rows = read(table.frame.with_row_index("row")).select(
            pl.col(name).cast(dtype, strict=False) for name, dtype in _SCHEMA.items()
        )
        good = rows.filter(
            pl.all_horizontal(pl.col(*_KEY, "people").is_not_null()), pl.col("age").is_between(0, OLDEST)
        )
        kept = good["row"].n_unique()
        lost = table.frame.height - kept
        refused = (Refusal(reason="another area, age or sex, or no number", rows=lost),) if lost else ()
        sources.append(
            Source(
                file=table.file,
                kind=table.shape.kind,
                edition=str(good["year"].max() or ""),
                sha256=table.sha256,
                rows_in=table.frame.height,
                rows_kept=kept,
                refused=refused,
            )
        )
        frames.append(good)
    return pl.concat(frames).drop("row").unique(_KEY, keep="last", maintain_order=True), sources


def _single(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(
        "row",
        cells.la_code(frame, code="old_la_code", ons_code="code").alias("la_code"),
        cells.number(frame["year"]),
        cells.number(frame["age"]),
        cells.number(frame["population"]).alias("people"),
    )


def _children(frame: pl.DataFrame) -> pl.DataFrame:
    whole = pl.col("age_group").str.contains("0 to 17")
    rows = frame.with_columns(cells.text(frame["time_period"])).select(
        "row",
        pl.when(whole).then(cells.place(frame)).alias("la_code"),
        cells.year("time_period", Clock.MID_YEAR).alias("year"),
        pl.lit(CHILDREN).alias("age"),
        cells.number(frame["population_estimate"]).alias("people"),
    )
    return rows.filter(pl.col("la_code") != ENGLAND)


def _official(frame: pl.DataFrame) -> pl.DataFrame:
    years = [column for column in frame.columns if column.isdigit()]
    persons = (pl.col("COMPONENT").str.to_lowercase() == "population") & (pl.col("SEX").str.to_lowercase() == "persons")
    rows = frame.filter(persons).select(
        "row",
        cells.la_code(frame, ons_code="AREA_CODE").alias("la_code"),
        cells.number(frame["AGE_GROUP"]).alias("age"),
        *(cells.number(frame[year]) for year in years),
    )
    long = rows.unpivot(years, index=["row", "la_code", "age"], variable_name="year", value_name="people")
    return long.with_columns(pl.col("year").cast(pl.Int16, strict=False))


def _carried(frame: pl.DataFrame, in_force: Collection[str]) -> pl.DataFrame:
    """Residents of the authorities in force, those of their predecessors shared by age as in the first year after."""
    parts = [frame.filter(pl.col("la_code").is_in(list(in_force)))]
    for change in changes(in_force):
        new = frame.filter(pl.col("la_code").is_in(change.began))
        first = new.filter(pl.col("la_code").n_unique().over("year") == len(change.began))["year"].min()
        if first is None:
            continue
        share = new.filter(pl.col("year") == first).select(
            "la_code", "age", (pl.col("people") / pl.col("people").sum().over("age")).fill_nan(0.0).alias("share")
        )
        old = frame.filter(pl.col("la_code").is_in(change.ended) & (pl.col("year") < first))
        whole = old.group_by("year", "age", maintain_order=True).agg(pl.col("people").sum())
        parts.append(
            whole.join(share, on="age", maintain_order="left").select(
                "la_code", "year", "age", pl.col("people") * pl.col("share")
            )
        )
    return pl.concat(parts)


def _england(authorities: pl.DataFrame, in_force: int) -> pl.DataFrame:
    """England as the sum of its authorities, for the years all of them have."""
    return (
        authorities.group_by("year", "age", maintain_order=True)
        .agg(pl.col("people").sum(), pl.col("projected").any(), pl.len().alias("authorities"))
        .filter(pl.col("authorities") == in_force)
        .select(pl.lit(ENGLAND).alias("la_code"), "year", "age", "people", "projected")
    )
