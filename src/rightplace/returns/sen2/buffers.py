"""Records gathered one at a time and turned into frames now and then, so that memory stays low."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import polars as pl

from rightplace.errors import RefusedError
from rightplace.returns.sen2 import limits
from rightplace.returns.sen2.canonical import clean
from rightplace.returns.sen2.frames import NUMBER, empty, parent_row
from rightplace.returns.sen2.layout import TABLES, Table

Place: TypeAlias = "int | Buffer"
"""Where an element goes: the position of an item in its record, or the buffer of a record under it."""


class Buffer:
    """The records of one table not yet in a frame, and the frames made so far.

    ``items`` and ``records`` map an element name as spelt in the file to its place, ``by_lower`` both by
    lower-case name. ``cells`` holds whole records one after another, ``width`` values each.
    """

    __slots__ = (
        "above",
        "blank",
        "by_lower",
        "cells",
        "count",
        "frames",
        "items",
        "lines",
        "records",
        "table",
        "width",
    )

    def __init__(self, table: Table) -> None:
        self.table = table
        self.width = len(table.items)
        self.blank: list[str | None] = [None] * self.width
        self.items: dict[object, int] = {item.xml: index for index, item in enumerate(table.items)}
        self.records: dict[object, Buffer] = {}
        self.by_lower: dict[str, Place] = {item.xml.lower(): index for index, item in enumerate(table.items)}
        self.count = 0
        self.cells: list[str | None] = []
        self.above: list[int] = []
        self.lines: list[int] = []
        self.frames: list[pl.DataFrame] = []

    def learn(self, name: str, place: Place) -> None:
        """Remember a spelling of a name. A file with more spellings than anyone would use is read slowly."""
        if len(self.items) + len(self.records) > limits.SPELLINGS:
            return
        if isinstance(place, int):
            self.items[name] = place
        else:
            self.records[name] = place

    def flush(self) -> None:
        """Move what has been gathered into a frame."""
        if not self.lines:
            return
        start, above = self.count - len(self.lines), parent_row(self.table)
        numbers = {"row": pl.int_range(start, self.count, dtype=NUMBER, eager=True)}
        if above is not None:
            numbers[above] = pl.Series(self.above, dtype=NUMBER)
        numbers["line"] = pl.Series(self.lines, dtype=NUMBER)
        items = {
            item.name: pl.Series(self.cells[index :: self.width], dtype=pl.String)
            for index, item in enumerate(self.table.items)
        }
        self.frames.append(pl.DataFrame(numbers | items))
        self.cells, self.above, self.lines = [], [], []


def make_buffers() -> dict[str, Buffer]:
    """A buffer for each table, those of records above knowing those of the records under them."""
    buffers = {table.name: Buffer(table) for table in TABLES}
    for table in TABLES:
        if table.parent is not None:
            above = buffers[table.parent]
            above.records[table.xml] = above.by_lower[table.xml.lower()] = buffers[table.name]
    return buffers


def flush_all(buffers: Mapping[str, Buffer], *, where: str) -> None:
    """Flush every buffer. Raises ``RefusedError`` when a table has grown past ``limits.RECORDS``."""
    for buffer in buffers.values():
        buffer.flush()
        if buffer.count > limits.RECORDS:
            raise RefusedError(
                f"The file holds more than {limits.RECORDS:,} {buffer.table.xml} records.",
                where=where,
                action="Check that it is one authority's return, and split it if it is not.",
            )


def frames(buffers: Mapping[str, Buffer]) -> dict[str, pl.DataFrame]:
    """Every table as one frame, its text without surrounding space. The buffers are emptied."""
    return {name: _together(buffer) for name, buffer in buffers.items()}


def _together(buffer: Buffer) -> pl.DataFrame:
    parts, buffer.frames = buffer.frames, []
    return pl.concat(parts, rechunk=True).with_columns(clean(pl.col(pl.String))) if parts else empty(buffer.table)
