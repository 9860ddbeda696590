"""An area record in a few rows that a person can read."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.area.tables import TABLES

FIRST_WITHOUT_STATEMENTS: Final = 2019
"""First January with no statement of special educational needs left to become a plan: all were to by 31 March 2018
(Children and Families Act 2014 (Transitional and Saving Provisions) (No. 2) Order 2014, as amended). The date is general
knowledge and has not been read in the order: unverified."""


def describe(area: Area) -> pl.DataFrame:
    """One row a table: ``table``, ``row`` (what a row is), ``rows`` and ``covers`` (years or dates).

    Tables with no rows are listed with 0, so that what is missing can be seen.
    """
    return pl.DataFrame(
        [
            {
                "table": table.name,
                "row": table.row,
                "rows": area[table.name].height,
                "covers": _covers(area[table.name]),
            }
            for table in TABLES
        ],
        schema={"table": pl.String(), "row": pl.String(), "rows": pl.Int64(), "covers": pl.String()},
    )


def plans_by_year(area: Area) -> pl.DataFrame:
    """Plans in place each January: ``year``, ``people`` and ``source`` ("returns" or the published file)."""
    counted = (
        area["census"]
        .group_by("census_year")
        .len("people")
        .select(
            pl.col("census_year").alias("year"), pl.col("people").cast(pl.Float64), pl.lit("returns").alias("source")
        )
    )
    published = area["history"].filter(
        (pl.col("measure") == "plans")
        & (pl.col("dimension") == "total")
        & ~pl.col("year").is_in(counted["year"].implode())
    )
    return pl.concat([counted, published.select("year", "people", "source")]).sort("year")


def _covers(frame: pl.DataFrame) -> str:
    if frame.is_empty():
        return ""
    for column in (
        "census_year",
        "academic_year",
        "financial_year",
        "year",
        "received_date",
        "start_date",
        "entry_date",
    ):
        if column in frame.columns and frame[column].drop_nulls().len():
            low, high = frame[column].min(), frame[column].max()
            return f"{low!s}" if low == high else f"{low!s} to {high!s}"
    return ""


def sources(area: Area) -> pl.DataFrame:
    """One row a file: ``file``, ``kind``, ``edition``, ``rows_in`` and ``rows_kept``."""
    columns = ("file", "kind", "edition", "rows_in", "rows_kept")
    return pl.DataFrame(
        [[getattr(source, column) for column in columns] for source in area.lineage],
        orient="row",
        schema=dict(zip(columns, (*(pl.String(),) * 3, *(pl.Int64(),) * 2), strict=True)),
    )


def remarks(area: Area) -> list[str]:
    """A sentence for each reason why rows of a file were refused, or kept with something about them not known."""
    return [
        f"{source.file}: {count.rows:,} {word}: {count.reason}"
        for source in area.lineage
        for word, counts in (("refused", source.refused), ("kept, but noted", source.noted))
        for count in counts
    ]
