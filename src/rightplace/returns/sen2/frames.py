"""The shape of the nine frames of a return."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from rightplace.returns.sen2.layout import TABLES, Table

NUMBER: Final = pl.UInt32
"""Type of ``row``, ``<parent>_row`` and ``line``."""


def parent_row(table: Table) -> str | None:
    """Name of the column that holds the row of the record above, or None for the header."""
    return None if table.parent is None else f"{table.parent}_row"


def numbers(table: Table) -> tuple[str, ...]:
    """The columns of a table that are not items: ``row``, ``<parent>_row`` and ``line``."""
    above = parent_row(table)
    return ("row", "line") if above is None else ("row", above, "line")


def schema(table: Table) -> dict[str, pl.DataType]:
    """Column name to polars type, in order: the numbers, then every item of any edition as text."""
    counted: dict[str, pl.DataType] = {name: NUMBER() for name in numbers(table)}
    return {**counted, **{item.name: pl.String() for item in table.items}}


def empty(table: Table) -> pl.DataFrame:
    """A frame of the table with no rows."""
    return pl.DataFrame(schema=schema(table))


def whole(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """All nine frames in the order of the layout, empty where a table is not given."""
    return {table.name: tables[table.name] if table.name in tables else empty(table) for table in TABLES}
