"""The area record: everything known of a local area, and where each part came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

from rightplace.area.tables import BY_NAME, TABLES, Table
from rightplace.errors import DataError


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Rows of a source that were left out or kept with a gap: why, and how many."""

    reason: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that was read: its name, what it is, its edition, and what became of its rows.

    ``refused`` rows are not in the area. ``noted`` rows are, with something about them not known.
    """

    file: str
    kind: str
    edition: str
    sha256: str
    rows_in: int
    rows_kept: int
    refused: tuple[Refusal, ...] = ()
    noted: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A local area as frozen frames.

    ``tables`` holds every table of :mod:`rightplace.area.tables`, empty where nothing is known.
    ``lineage`` has one row for each file read. Build one with :func:`build`, which checks it.
    """

    la_code: str
    name: str
    tables: Mapping[str, pl.DataFrame]
    lineage: tuple[Source, ...] = ()

    def __getitem__(self, table: str) -> pl.DataFrame:
        """The frame of a table."""
        return self.tables[table]

    def census_years(self) -> list[int]:
        """Januaries with person-level rows, in order."""
        return sorted(int(year) for year in self["census"]["census_year"].unique())

    def has_people(self) -> bool:
        """Whether the record holds people, not yearly counts alone."""
        return not self["census"].is_empty()


def build(*, la_code: str, name: str, tables: Mapping[str, pl.DataFrame], lineage: tuple[Source, ...] = ()) -> Area:
    """An area whose frames have their declared columns and types, and unique keys.

    Columns are put in the declared order. A table that is not given is empty.

    Raises ``DataError`` naming every table, column or key that is not as declared.
    """
    wrong = [f"there is no table called {unknown}" for unknown in sorted(set(tables) - set(BY_NAME))]
    frames = {}
    for table in TABLES:
        frame = tables.get(table.name, table.empty())
        faults = _faults(table, frame)
        wrong += [f"{table.name}: {fault}" for fault in faults]
        if not faults:
            frames[table.name] = frame.select(list(table.schema))
    if wrong:
        raise DataError(
            "The area record is not as declared: " + "; ".join(wrong) + ".",
            where=name,
            action="Compare the frames with rightplace.area.tables.",
        )
    return Area(la_code=la_code, name=name, tables=MappingProxyType(frames), lineage=lineage)


def _faults(table: Table, frame: pl.DataFrame) -> list[str]:
    schema = table.schema
    missing = [f"column {column} is missing" for column in schema if column not in frame.columns]
    unknown = [f"column {column} is not declared" for column in frame.columns if column not in schema]
    wrong_type = [
        f"column {column} is {frame.schema[column]}, not {dtype}"
        for column, dtype in schema.items()
        if column in frame.columns and frame.schema[column] != dtype
    ]
    if missing or unknown or wrong_type:
        return missing + unknown + wrong_type
    if frame.select(list(table.key)).is_duplicated().any():
        return [f"the key ({', '.join(table.key)}) is not unique"]
    return []
