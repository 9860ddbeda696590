"""The sheet of the School Capacity survey from a forecast's cells."""

from __future__ import annotations

import polars as pl

from rightplace.errors import DataError
from rightplace.returns.scap.layout import COLUMNS, YEAR_GROUPS


def sheet(cells: pl.DataFrame, *, la_code: str, name: str) -> pl.DataFrame:
    """One row a phase, provision and academic year, with a column for each year group and their sum; empty where not of the phase.

    ``cells`` has academic_year (the September), phase, provision, year_group (0 to 14) and pupils, a whole number from 0 up.
    Raises ``DataError`` where a cell comes twice, or is below 0 or of another year group.
    """
    key = ("phase", "provision", "academic_year", "year_group")
    wrong = cells.filter(
        pl.struct(key).is_duplicated() | (pl.col("pupils") < 0) | ~pl.col("year_group").is_in(list(YEAR_GROUPS))
    )
    if not wrong.is_empty():
        phase, provision, year, group = wrong.select(key).row(0)
        raise DataError(
            "A cell of the forecast comes twice, is below 0, or is of a year group the survey does not have.",
            where=f"{phase}, {provision}, {year}, year group {group}",
            action="Make the forecast again.",
        )
    named = cells.with_columns(pl.col("year_group").replace_strict(YEAR_GROUPS, return_dtype=pl.String).alias("column"))
    wide = named.pivot("column", index=["phase", "provision", "academic_year"], values="pupils", maintain_order=True)
    missing = [name for name in YEAR_GROUPS.values() if name not in wide.columns]
    wide = wide.with_columns(pl.lit(None, pl.Int64).alias(name) for name in missing)
    return wide.with_columns(
        pl.lit(la_code).alias("la_code"),
        pl.lit(name).alias("la_name"),
        academic_year("academic_year"),
        pl.sum_horizontal(*YEAR_GROUPS.values()).alias("total"),
    ).select(column.name for column in COLUMNS)


def academic_year(column: str) -> pl.Expr:
    """A September's year as people write the academic year: 2026/27."""
    start = pl.col(column)
    return pl.format("{}/{}", start, ((start + 1) % 100).cast(pl.String).str.zfill(2)).alias(column)
