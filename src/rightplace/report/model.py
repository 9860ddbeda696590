"""The report as data: built once, then shown as a page and as a workbook that cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rightplace.disclosure.published import Published
from rightplace.report.charts.spec import Chart

Kind = Literal["text", "number", "change", "share", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A part of a whole in per cent: ``percent`` where a figure is shown, and the text to print in any case."""

    percent: int | None
    text: str


Cell = str | int | Published | Share
"""What a table holds: words, a number that counts no people (a year), or a number as it may be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, and whether it holds words, numbers, changes (shown with a sign), shares or years."""

    name: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableBlock:
    """A table. The first column names the rows.

    ``key`` is unique in the report; ``units`` says what the numbers count and ``source`` where they
    came from. A table with ``on_page`` false is in the workbook alone.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    units: str
    source: str
    notes: tuple[str, ...] = ()
    on_page: bool = True

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"The table {self.key} has rows that do not fit its columns.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart with the sentence that reads it and the table it is drawn from.

    The title states the finding. The table carries the units and the source.
    """

    key: str
    title: str
    reading: str
    chart: Chart
    table: TableBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph. ``strong`` marks the sentence to read if only one is read."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something to know before the numbers are used."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Terms and what they mean."""

    terms: tuple[tuple[str, str], ...]


Block = Para | Bullets | Note | Words | Figure | TableBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report under one heading. ``key`` is unique in the report."""

    key: str
    heading: str
    blocks: tuple[Block, ...]

    def tables(self) -> tuple[TableBlock, ...]:
        """The tables of the section, those of its figures included, in order."""
        found = (block.table if isinstance(block, Figure) else block for block in self.blocks)
        return tuple(block for block in found if isinstance(block, TableBlock))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report: title, the area it is about, the day it was made, and its sections.

    ``publish`` says that it was made to leave the trusted area. ``caution`` is the sentence at the
    top that says who may read it, and ``marks`` explains the marks that stand for numbers.
    """

    title: str
    area: str
    made: date
    publish: bool
    caution: str
    marks: tuple[str, ...]
    sections: tuple[Section, ...]

    def tables(self) -> tuple[TableBlock, ...]:
        """Every table of the report, in order."""
        return tuple(table for section in self.sections for table in section.tables())
