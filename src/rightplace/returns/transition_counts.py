"""Four CSV files of yearly transition counts, as the open forecaster witan.send takes them.

``transitions.csv``, ``population.csv``, ``valid-states.csv`` and ``costs.csv``, with the columns of
MastodonC's public repository witan.send. A January is a ``calendar-year``; an ``academic-year`` is a
year group (Reception 0, early years negative, 12 and over after 16).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.files import sha256
from rightplace.area.record import Refusal, Source
from rightplace.area.tables import Column, Table
from rightplace.errors import DataError

_TEXT: Final = pl.String()
_NUMBER: Final = pl.Int32()
_LIST: Final = pl.List(pl.String())

TRANSITIONS: Final = Table(
    "transitions",
    "what became of plans from one January to the next",
    (),
    (
        Column("calendar-year", _NUMBER, "the first January"),
        Column("setting-1", _TEXT, "setting in the first January; NONSEND for a joiner"),
        Column("need-1", _TEXT, "need in the first January; NONSEND for a joiner"),
        Column("academic-year-1", _NUMBER, "year group in the first January"),
        Column("setting-2", _TEXT, "setting in the next January; NONSEND for a leaver"),
        Column("need-2", _TEXT, "need in the next January; NONSEND for a leaver"),
        Column("academic-year-2", _NUMBER, "year group in the next January"),
        Column("people", _NUMBER, "children and young people; a file has one row for each and no such column"),
    ),
)
POPULATION: Final = Table(
    "population",
    "residents of one year group in one January, known or projected",
    ("calendar-year", "academic-year"),
    (
        Column("calendar-year", _NUMBER, "the January"),
        Column("academic-year", _NUMBER, "year group"),
        Column("population", _NUMBER, "residents"),
    ),
)
VALID_STATES: Final = Table(
    "valid-states",
    "a setting: the year groups and needs it can have, and where its children can move",
    ("setting",),
    (
        Column("setting", _TEXT, "the setting"),
        Column("min-academic-year", _NUMBER, "lowest year group"),
        Column("max-academic-year", _NUMBER, "highest year group"),
        Column("needs", _LIST, "needs"),
        Column("setting->setting", _LIST, "settings that can be moved to"),
    ),
)
COSTS: Final = Table(
    "costs",
    "the yearly cost of a place",
    ("need", "setting"),
    (
        Column("need", _TEXT, "need"),
        Column("setting", _TEXT, "setting"),
        Column("cost", pl.Float64(), "pounds a year"),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionFiles:
    """The four files as frames with the columns of the tables above, and a lineage row for each.

    Rows of ``transitions`` that are the same are one row, counted in ``people``.
    """

    transitions: pl.DataFrame
    population: pl.DataFrame
    valid_states: pl.DataFrame
    costs: pl.DataFrame
    sources: tuple[Source, ...]


def read_folder(folder: Path) -> TransitionFiles:
    """Read the four files in ``folder``; without ``costs.csv`` every place costs nothing.

    Rows with a value missing or not a number, or a key that came before, are refused and counted.

    Raises ``DataError`` where another file is missing, is not CSV, or lacks a column.
    """
    transitions, first = _read(folder, TRANSITIONS)
    population, second = _read(folder, POPULATION)
    valid_states, third = _read(folder, VALID_STATES)
    if not (folder / "costs.csv").exists():
        sources = (first, second, third)
        return TransitionFiles(
            transitions=transitions,
            population=population,
            valid_states=valid_states,
            costs=COSTS.empty(),
            sources=sources,
        )
    costs, fourth = _read(folder, COSTS)
    return TransitionFiles(
        transitions=transitions,
        population=population,
        valid_states=valid_states,
        costs=costs,
        sources=(first, second, third, fourth),
    )


def _read(folder: Path, table: Table) -> tuple[pl.DataFrame, Source]:
    path = folder / f"{table.name}.csv"
    columns = [column for column in table.columns if column.name != "people"]
    text = _text(path, [column.name for column in columns])
    values = text.select(_parsed(column) for column in columns)
    whole = pl.all_horizontal(pl.col(column.name).is_not_null() for column in columns)
    unreadable = values.filter(~whole).height
    kept = values.filter(whole)
    if table is TRANSITIONS:
        names = [column.name for column in columns]
        frame = kept.group_by(names, maintain_order=True).agg(people=pl.len().cast(pl.Int32))
        repeated = 0
    else:
        frame = kept.unique(table.key, keep="first", maintain_order=True)
        repeated = kept.height - frame.height
    refused = {"a value is missing or not a number": unreadable, "its key came before in the file": repeated}
    source = Source(
        file=path.name,
        kind=f"transition counts: {table.name}",
        edition="",
        sha256=sha256(path),
        rows_in=text.height,
        rows_kept=kept.height - repeated,
        refused=tuple(Refusal(reason=reason, rows=rows) for reason, rows in refused.items() if rows),
    )
    return frame, source


def _text(path: Path, columns: list[str]) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except FileNotFoundError:
        raise DataError("There is no such file.", where=str(path), action="Put it in the folder.") from None
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError) as error:
        reason = str(error).splitlines()[0]
        raise DataError(
            f"It cannot be read as CSV ({reason}).", where=str(path), action="Save it as CSV in UTF-8."
        ) from None
    missing = [name for name in columns if name not in frame.columns]
    if missing:
        raise DataError(
            f"Columns are missing: {', '.join(missing)}.",
            where=str(path),
            action=f"The columns are {', '.join(columns)}.",
        )
    return frame.select(pl.col(name).str.strip_chars().replace("", None) for name in columns)


def _parsed(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.dtype == _LIST:
        return value.str.replace_all(" ", "").str.split(",")
    return value if column.dtype == _TEXT else value.cast(column.dtype, strict=False)
