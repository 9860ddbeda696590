"""A return as one nested record for each person, and nested records as the frames of a return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from rightplace.returns.sen2.frames import numbers, parent_row, schema
from rightplace.returns.sen2.layout import TABLES, Table
from rightplace.returns.sen2.record import Sen2Return

Record = dict[str, Any]
_BELOW: Final[dict[str, tuple[Table, ...]]] = {
    table.name: tuple(other for other in TABLES if other.parent == table.name) for table in TABLES
}


def people(ret: Sen2Return) -> list[Record]:
    """Each person's items by name, with the records under it in lists named for their tables; missing items left out."""
    return _records("person", {table.name: ret.tables[table.name] for table in TABLES})


def _records(table: str, frames: Mapping[str, pl.DataFrame]) -> list[Record]:
    under: dict[str, dict[int, list[Record]]] = {}
    for other in _BELOW[table]:
        above = str(parent_row(other))
        grouped: dict[int, list[Record]] = defaultdict(list)
        for parent, made in zip(frames[other.name][above].to_list(), _records(other.name, frames), strict=True):
            grouped[parent].append(made)
        under[other.name] = grouped
    frame = frames[table]
    found = []
    for row in frame.drop([name for name in frame.columns if name == "line"]).to_dicts():
        items = {name: value for name, value in row.items() if value is not None and not name.endswith("row")}
        below = {name: grouped[row["row"]] for name, grouped in under.items() if row["row"] in grouped}
        found.append(items | below)
    return found


def frames(header: Mapping[str, str], records: Iterable[Record]) -> dict[str, pl.DataFrame]:
    """The nine frames of a return from its header and one nested record for each person."""
    rows: dict[str, list[Record]] = {table.name: [] for table in TABLES}
    rows["sen2"].append({**header, "row": 0, "line": 0})
    for record in records:
        _put("person", record, 0, rows)
    by_name = {table.name: table for table in TABLES}
    return {
        name: pl.DataFrame(held, schema=schema(by_name[name])) if held else pl.DataFrame(schema=schema(by_name[name]))
        for name, held in rows.items()
    }


def _put(table: str, record: Mapping[str, Any], above: int, rows: dict[str, list[Record]]) -> None:
    described = next(one for one in TABLES if one.name == table)
    row = len(rows[table])
    numbered = dict.fromkeys(numbers(described), 0) | {"row": row, str(parent_row(described)): above}
    items = {item.name: record.get(item.name) for item in described.items}
    rows[table].append({**numbered, **items})
    for other in _BELOW[table]:
        for under in record.get(other.name, ()):
            _put(other.name, under, row, rows)
