"""What a published file looks like: how to know it, and how its rows become yearly counts.

A shape is data. A new edition with other column names is a new :class:`Shape` in
:mod:`rightplace.returns.statistics.shapes`, not a new branch in the code that reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Clock(StrEnum):
    """What the time period of a row stands for, and so the year it becomes."""

    JANUARY = "January of the count: an academic year gives its second year"
    CALENDAR_YEAR = "calendar year of the flow: an academic year gives its first year"
    MID_YEAR = "30 June of the year"
    FINANCIAL_YEAR = "the year the financial year starts"
    NONE = "no time period"


class Level(StrEnum):
    """The geography of a row."""

    NATIONAL = "national"
    AUTHORITY = "local authority"
    REGIONAL = "regional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Yearly counts of one measure that a file holds.

    ``topics`` is a pattern of the values (lower case) of the shape's topic column whose rows are read; empty
    means every row. ``rows`` says what a row's label is: "total", "age", "age_band" or "setting".
    ``cells`` maps a label across the row to the columns summed for it and ``across`` names the dimension of those labels
    ("" where there is one count a row). Where ``adds_up_to`` names a column, the cells of a row are
    used only if they add up to it.
    """

    measure: str
    topics: str = ""
    rows: str = "total"
    across: str = ""
    cells: Mapping[str, tuple[str, ...]]
    adds_up_to: str = ""

    @property
    def dimension(self) -> str:
        """The dimension of the area's history table that the series fills."""
        parts = {self.rows, self.across} - {"", "total"}
        return "+".join(part for part in ("age", "age_band", "need", "setting") if part in parts) or "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished:
    """A kind of setting that a file does not count in some years: it has what ``parts`` leave of the column ``group``."""

    first_year: int = 0
    last_year: int = 9999
    setting: str
    group: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One kind of published file in one generation of its layout.

    ``names`` are patterns of the file name without folder and endings; ``required`` the columns
    it cannot do without (compared without regard to case). ``label_column`` and ``topic_column`` hold what
    a row is about. ``unpublished`` are kinds of setting with no column in some years.
    ``by_name`` says that the columns alone do not tell it from other tables. ``generation`` orders layouts: where two files hold the same count, the later layout's stands.
    """

    kind: str
    title: str
    source: str
    names: tuple[str, ...]
    required: tuple[str, ...]
    generation: int = 0
    by_name: bool = False
    clock: Clock = Clock.NONE
    label_column: str = ""
    topic_column: str = ""
    unpublished: tuple[Unpublished, ...] = ()
    series: tuple[Series, ...] = ()

    def is_named(self, stem: str) -> bool:
        """Whether a file name, without folder and endings, is one this shape goes by."""
        return any(re.fullmatch(pattern, stem.casefold()) for pattern in self.names)

    def missing(self, columns: Iterable[str]) -> list[str]:
        """The required columns that are not among ``columns``, in order."""
        held = {column.casefold() for column in columns}
        return [column for column in self.required if column.casefold() not in held]

    def columns(self) -> set[str]:
        """Every column the shape reads."""
        read = {column for series in self.series for columns in series.cells.values() for column in columns}
        totals = {series.adds_up_to for series in self.series}
        groups = {column for gap in self.unpublished for column in (gap.group, *gap.parts)}
        return (read | totals | groups | set(self.required) | {self.label_column, self.topic_column}) - {""}
