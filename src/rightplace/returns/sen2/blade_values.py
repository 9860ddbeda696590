"""What a spreadsheet does to the values of a Blade export: found, and mended only where one reading is possible."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.returns.sen2.canonical import canonical
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.layout import Item, Table

_LA_CODES: Final = frozenset({"lea", "exported", "transfer_la"})
_THREE_DIGITS: Final = _LA_CODES | {"serial_no"}
_SHORTENED: Final = r"^[0-9](\.[0-9]+)?[Ee]\+[0-9]+$"
_SPREADSHEET_DATE: Final = r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}"
_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_EXPORT: Final = "Export the table from COLLECT again, and do not open it in a spreadsheet."


def values(table: Table, frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The item columns of a table in canonical text, with what a spreadsheet did to them noted.

    ``frame`` has ``line`` and every item as text. Dates such as 01/02/2024 stay as they are: which
    number is the month cannot be known, so the checks report each of them.
    """
    made = frame.with_columns(canonical(item, pl.col(item.name)).alias(item.name) for item in table.items)
    for item in table.items:
        if item.name in _THREE_DIGITS:
            made = _restored(table, item, made, faults)
        _note(table, item, made, _SHORTENED, "F25", "was shortened by a spreadsheet and cannot be known again", faults)
        if item.kind == "date":
            _note(
                table,
                item,
                made,
                _SPREADSHEET_DATE,
                "F27",
                "is a date as a spreadsheet shows it, kept as it is",
                faults,
            )
        _note(table, item, made, _CONTROL, "H12", "holds a character that is not allowed", faults)
    return made


def _restored(table: Table, item: Item, frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    short = pl.col(item.name).str.contains(r"^[0-9]{1,2}$")
    _note(table, item, frame, r"^[0-9]{1,2}$", "F26", "has lost its leading zeros; they were put back", faults)
    return frame.with_columns(
        pl.when(short).then(pl.col(item.name).str.zfill(3)).otherwise(pl.col(item.name)).alias(item.name)
    )


def _note(table: Table, item: Item, frame: pl.DataFrame, pattern: str, rule: str, what: str, faults: Faults) -> None:
    """One fault for a column: how many values, and the first of them."""
    hits = frame.filter(pl.col(item.name).str.contains(pattern)).select("line", item.name)
    if hits.is_empty():
        return
    line, value = hits.row(0)
    count = f"{hits.height:,} values" if hits.height > 1 else "1 value"
    faults.add(
        rule,
        f"{item.xml} in the {table.name} table {what}: {count}, the first on line {line}.",
        action=_EXPORT,
        line=line,
        table=table.name,
        value=value,
    )
