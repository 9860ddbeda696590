"""Writing a SEN2 return as the nine CSV files of a COLLECT Blade export."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.files import replace_file
from rightplace.returns.sen2.frames import parent_row
from rightplace.returns.sen2.layout import TABLES, Item, Table
from rightplace.returns.sen2.record import Sen2Return

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def write_blade(ret: Sen2Return, folder: Path) -> list[Path]:
    """Write the nine tables of a return into a folder, and give their paths.

    The date in the file names is the day the return was made (``DateTime`` of its header), else its
    census day. Records are numbered by their row, from 1. An item that is not of the edition has a
    column where it holds a value. Each file is replaced in one step, after all nine have been made.
    """
    made = {table.name: _csv(table, ret) for table in TABLES}
    paths = []
    for name, text in made.items():
        path = folder / f"Blade-Export_{_day(ret)}_{name}.csv"
        with replace_file(path) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="")
        paths.append(path)
    return paths


def _day(ret: Sen2Return) -> str:
    header = ret.tables["sen2"].select("date_time", "reference_date").row(0)
    found = next((match for text in header if (match := _ISO.match(text or ""))), None)
    return "-".join(reversed(found.groups())) if found else f"01-01-{ret.edition}"


def _csv(table: Table, ret: Sen2Return) -> str:
    frame = ret.tables[table.name]
    above = parent_row(table)
    authority = ret.tables["sen2"]["lea"][0]
    order = pl.int_range(1, pl.len() + 1) if above is None else pl.int_range(1, pl.len() + 1).over(above)
    columns = [
        (pl.col("row") + 1).alias(f"{table.name}tableid"),
        pl.lit(authority, dtype=pl.String).alias("NativeId"),
        order.alias(f"{table.name}orderseqcolumn"),
        pl.lit(None, dtype=pl.String).alias("sourceid"),
    ]
    if above is not None:
        columns.append((pl.col(above) + 1).alias(f"{table.parent}tableid"))
    columns += [_value(item) for item in table.items if item.in_edition(ret.edition) or frame[item.name].count()]
    return frame.select(columns).write_csv(line_terminator="\r\n")


def _value(item: Item) -> pl.Expr:
    """The item as Blade writes it: ``2024-Sep-28 00:00:00`` for a date; unchanged where it is not a date."""
    text = pl.col(item.name)
    if item.kind == "date":
        day = pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")).then(text)
        shown = day.str.to_date("%Y-%m-%d", strict=False).dt.strftime("%Y-%b-%d 00:00:00")
    elif item.kind == "datetime":
        time = pl.when(text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$")).then(text)
        moment = time.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False, time_unit="us")
        shown = moment.dt.strftime("%Y-%b-%d %H:%M:%S")
    else:
        return text.alias(item.blade)
    return pl.coalesce(shown, text).alias(item.blade)
