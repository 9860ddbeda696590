"""Plain CSV extracts of an area's own tables: population, staff, costs, budget, attendance and the rest.

A file is named for its table (``staff.csv``) and has that table's columns, as the reference lists
them. ``postcodes.csv`` (``postcode``, ``neighbourhood_id``) places homes in neighbourhoods; the ONS Postcode
Directory's own names (``pcds``, ``lsoa21cd``) are understood. A list is written with semicolons: ``ASD;SEMH``.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.files import sha256
from rightplace.area.record import Refusal, Source
from rightplace.area.tables import BY_NAME, Column, Table
from rightplace.errors import DataError, UserError

POSTCODES: Final = Table(
    "postcodes",
    "a postcode",
    ("postcode",),
    (
        Column("postcode", pl.String(), "postcode, with or without its space"),
        Column("neighbourhood_id", pl.String(), "LSOA code or local code"),
    ),
)
_OTHER_NAMES: Final = {
    "postcode": ("pcds", "pcd"),
    "neighbourhood_id": ("lsoa21cd", "lsoa21", "lsoa11cd"),
}
_READABLE: Final = {
    name: table
    for name, table in {**BY_NAME, "postcodes": POSTCODES}.items()
    if name not in ("census", "history", "settings")
}
LIST_SEPARATOR: Final = ";"
"""Between the values of a list in one cell: ASD;SEMH."""
_TRUE: Final = ("true", "1", "yes", "y")
_FALSE: Final = ("false", "0", "no", "n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """One extract as read: its table's name, its frame in the declared types, and its lineage."""

    table: str
    frame: pl.DataFrame
    source: Source


def read_extract(path: Path) -> Extract:
    """Read a CSV named for a table of the area record.

    Rows with a value that cannot be read, or a key that came before, are refused and counted.

    Raises ``DataError`` where the file is not named for a table, is not CSV, or lacks a column, and ``UserError`` where
    there is no such file.
    """
    if not path.is_file():
        what = "This is a folder, not a file." if path.is_dir() else "There is no such file."
        raise UserError(what, where=str(path), action="Check its name.")
    table = _READABLE.get(path.name.removesuffix(".gz").removesuffix(".csv").lower())
    if table is None:
        raise DataError(
            "The file's name is not that of a table that can be read from CSV.",
            where=str(path),
            action=f"Name it for what it holds: {', '.join(f'{name}.csv' for name in sorted(_READABLE))}.",
        )
    text = _text(path, table)
    values = text.select(_parsed(column) for column in table.columns)
    numbers = [column.name for column in table.columns if not isinstance(column.dtype, pl.String)]
    bad = pl.any_horizontal(pl.lit(False), *(text[name].is_not_null() & values[name].is_null() for name in numbers))  # noqa: FBT003
    keyless = pl.any_horizontal(pl.col(name).is_null() for name in table.key)
    marked = values.with_columns(
        _bad=bad,
        _keyless=keyless,
        _again=pl.struct(*table.key).is_first_distinct().not_(),
    )
    kept = marked.filter(~pl.col("_bad") & ~pl.col("_keyless") & ~pl.col("_again")).drop("_bad", "_keyless", "_again")
    refused = {
        "a value that cannot be read as its column's type": int(marked["_bad"].sum()),
        f"no {' or '.join(table.key)}": marked.filter(~pl.col("_bad") & pl.col("_keyless")).height,
        f"{', '.join(table.key)} came before in the file": marked.filter(
            ~pl.col("_bad") & ~pl.col("_keyless") & pl.col("_again")
        ).height,
    }
    source = Source(
        file=path.name,
        kind=f"extract: {table.name}",
        edition="",
        sha256=sha256(path),
        rows_in=text.height,
        rows_kept=kept.height,
        refused=tuple(Refusal(reason=reason, rows=rows) for reason, rows in refused.items() if rows),
    )
    return Extract(table=table.name, frame=kept, source=source)


def _text(path: Path, table: Table) -> pl.DataFrame:
    try:
        frame = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError, OSError) as error:
        first = str(error).splitlines()[0]
        raise DataError(
            f"It cannot be read as CSV ({first}).", where=str(path), action="Save it as CSV in UTF-8."
        ) from None
    found = {name.strip().lower().lstrip("\ufeff"): name for name in frame.columns}
    wanted = {}
    for column in table.columns:
        names = (column.name, *_OTHER_NAMES.get(column.name, ()))
        wanted[column.name] = next((found[name] for name in names if name in found), None)
    missing = [name for name, there in wanted.items() if there is None]
    if missing:
        hints = {name: get_close_matches(name, found, n=1) for name in missing}
        words = "; ".join(f"{name} (is it {close[0]!r}?)" if close else name for name, close in hints.items())
        raise DataError(
            f"Columns are missing: {words}.",
            where=str(path),
            action=f"The columns are {', '.join(column.name for column in table.columns)}.",
        )
    return frame.select(
        pl.col(there).str.strip_chars().replace("", None).alias(name)
        for name, there in wanted.items()
        if there is not None
    )


def _parsed(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    match column.dtype:
        case pl.Boolean():
            lower = value.str.to_lowercase()
            return pl.when(lower.is_in(_TRUE)).then(True).when(lower.is_in(_FALSE)).then(False).alias(column.name)  # noqa: FBT003
        case pl.Date():
            return value.str.to_date("%Y-%m-%d", strict=False)
        case pl.List():
            words = value.str.split(LIST_SEPARATOR).list.eval(pl.element().str.strip_chars())
            return words.list.eval(pl.element().filter(pl.element() != "")).fill_null([]).alias(column.name)
        case pl.String():
            return value
        case _:
            return value.cast(column.dtype, strict=False)
