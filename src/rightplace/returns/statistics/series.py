"""From the rows of a published file to yearly counts, as its shape says."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.returns.statistics import labels
from rightplace.returns.statistics.adding_up import A_FEW_SHORT, LEFT_OVER, added_up, spare
from rightplace.returns.statistics.known import NOTE
from rightplace.returns.statistics.shape import Series, Shape

NOT_PUBLISHED: Final = "not published"

_INDEX: Final = ("la_code", "year", "row", "short", "rest", NOTE)


def chosen(series: Series) -> pl.Expr:
    """Whether a row is about what the series counts, whatever its label."""
    return pl.col("topic").str.contains(f"^(?:{series.topics})$") if series.topics else pl.lit(value=True)


def row_label(series: Series) -> pl.Expr:
    """The row's label in the words of the history; null for a label of something else."""
    if series.rows == "total":
        return pl.lit("total")
    return pl.col("label").replace_strict(labels.TABLES[series.rows], default=None, return_dtype=pl.String)


def counts(rows: pl.DataFrame, series: Series, shape: Shape) -> pl.DataFrame:
    """The counts of one series.

    ``rows`` has ``la_code``, ``year``, ``label`` and ``topic`` (lower case), ``note`` and the shape's numeric
    columns. The result has ``la_code``, ``year``, ``measure``, ``dimension``, ``value``, ``people`` and ``note``.
    """
    picked = (
        rows.filter(chosen(series)).with_columns(row_label(series).alias("row")).filter(pl.col("row").is_not_null())
    )
    cells = {label: [c for c in columns if c in rows.columns] for label, columns in series.cells.items()}
    spares = {gap.setting for gap in shape.unpublished} if series.across == "setting" else set()
    cells = {label: columns for label, columns in cells.items() if columns or label in spares}
    wide = added_up(picked, cells, series.adds_up_to, shape) if series.adds_up_to else _summed(picked, cells)
    if series.rows == "setting":
        wide = _together(wide, list(cells))
    long = wide.unpivot(list(cells), index=list(_INDEX), variable_name="across", value_name="people")
    kept = long.filter(pl.col("people").is_not_null() | pl.col("short").is_null()).with_columns(_note(shape))
    return kept.select(
        "la_code",
        "year",
        pl.lit(series.measure).alias("measure"),
        pl.lit(series.dimension).alias("dimension"),
        _value(series).alias("value"),
        "people",
        NOTE,
    )


def _note(shape: Shape) -> pl.Expr:
    """What there is to say of a count: the row's own note, or why it is missing, or how it was made up."""
    return (
        pl.when(pl.col(NOTE).is_not_null())
        .then(NOTE)
        .when(pl.col("people").is_null())
        .then(pl.lit(NOT_PUBLISHED))
        .when((pl.col("rest") > 0) & (pl.col("across") == spare(shape)))
        .then(pl.lit(LEFT_OVER))
        .when(pl.col("short") > 0)
        .then(pl.lit(A_FEW_SHORT))
        .alias(NOTE)
    )


def _value(series: Series) -> pl.Expr:
    parts = {series.rows: pl.col("row"), series.across: pl.col("across")}
    return pl.concat_str([parts[part] for part in series.dimension.split("+")], separator="+")


def _summed(rows: pl.DataFrame, cells: dict[str, list[str]]) -> pl.DataFrame:
    """One column for each cell; null where any part of it is. ``short`` is null: nothing is checked."""
    return rows.select(
        "la_code",
        "year",
        "row",
        pl.lit(None, pl.Float64).alias("short"),
        pl.lit(None, pl.Float64).alias("rest"),
        NOTE,
        *(pl.sum_horizontal(columns, ignore_nulls=False).alias(label) for label, columns in cells.items()),
    )


def _together(wide: pl.DataFrame, cells: list[str]) -> pl.DataFrame:
    """Rows whose labels mean one kind of setting, added; null where any of them is."""
    return wide.group_by("la_code", "year", "row", maintain_order=True).agg(
        *(_whole(column) for column in ("short", "rest")),
        pl.col(NOTE).drop_nulls().first(),
        *(_whole(cell) for cell in cells),
    )


def _whole(column: str) -> pl.Expr:
    return pl.when(pl.col(column).null_count() == 0).then(pl.col(column).sum()).alias(column)
