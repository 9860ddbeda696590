"""Whether the parts a file publishes add up to its total, and where the rest of a total belongs."""

from __future__ import annotations

from functools import reduce
from typing import Final

import polars as pl

from rightplace.returns.statistics.known import NOTE
from rightplace.returns.statistics.shape import Shape, Unpublished

LEFT_OVER: Final = "derived: with what the published parts leave of the total"
NOT_ADDED_UP: Final = "the published parts do not add up to the total"
A_FEW_SHORT: Final = "the published parts are a few short of the total"
MOST_SHORT: Final = 0.01
"""Parts that fall short of their total by no more than this are used as they are."""
MOST_LEFT_OVER: Final = 0.2
"""A larger part of a total than this is never taken for an unpublished kind of setting, unless it is a handful of people."""
HANDFUL: Final = 5


def added_up(rows: pl.DataFrame, cells: dict[str, list[str]], total: str, shape: Shape) -> pl.DataFrame:
    """One column for each cell, null where the parts of the row cannot be relied on.

    They can where they add up to the total or are a few short of it. In a year when one kind of setting is not
    published, what its group's parts leave of the group's total is added to it: ``rest``. ``short`` is what
    is lacking after that, and null where the parts cannot be relied on.
    """
    leaves = [column for columns in cells.values() for column in columns]
    left = pl.col(total) - pl.sum_horizontal(leaves)
    rows = rows.with_columns(spare(shape).alias("spare"), left.alias("left")).with_columns(
        _rest(rows, shape).alias("rest")
    )
    short = pl.col("left") - pl.col("rest")
    little = pl.col("rest") <= pl.max_horizontal(pl.col(total) * MOST_LEFT_OVER, pl.lit(HANDFUL))
    some = _any(leaves)
    reliable = some & little & short.is_between(0, pl.col(total) * MOST_SHORT)
    return rows.select(
        "la_code",
        "year",
        "row",
        pl.when(reliable).then(short).alias("short"),
        "rest",
        pl.when(some & ~reliable).then(pl.coalesce(NOTE, pl.lit(NOT_ADDED_UP))).otherwise(NOTE).alias(NOTE),
        *(pl.when(reliable).then(_cell(label, columns)).alias(label) for label, columns in cells.items()),
    )


def spare(shape: Shape) -> pl.Expr:
    """The kind of setting that is not published in the row's year; null where all are."""
    kinds = [_in_year(gap, pl.lit(gap.setting)) for gap in shape.unpublished]
    return pl.coalesce(*kinds) if kinds else pl.lit(None, pl.String)


def _in_year(gap: Unpublished, value: pl.Expr) -> pl.Expr:
    return pl.when(pl.col("year").is_between(gap.first_year, gap.last_year)).then(value)


def _rest(rows: pl.DataFrame, shape: Shape) -> pl.Expr:
    """People of the kind that is not published: what is left of its group's total, or of the whole where that is unknown."""
    kinds = []
    for gap in shape.unpublished:
        parts = [column for column in gap.parts if column in rows.columns]
        group = (
            pl.col(gap.group) - pl.sum_horizontal(parts)
            if gap.group in rows.columns and parts
            else pl.lit(None, pl.Float64)
        )
        kinds.append(_in_year(gap, pl.coalesce(group, "left")))
    return pl.max_horizontal(pl.coalesce(*kinds, 0.0) if kinds else pl.lit(0.0), 0.0)


def _cell(label: str, columns: list[str]) -> pl.Expr:
    """Sum of the parts that have a number, and the rest where it is this kind's; null where there is neither."""
    rest = pl.when((pl.col("spare") == label) & (pl.col("rest") > 0)).then("rest")
    return pl.when(_any(columns) | rest.is_not_null()).then(pl.sum_horizontal([*columns, rest]))


def _any(columns: list[str]) -> pl.Expr:
    return reduce(
        lambda one, other: one | other, (pl.col(column).is_not_null() for column in columns), pl.lit(value=False)
    )
