"""The tables of a Blade export put together: columns bound by name, table ids turned into row numbers."""

from __future__ import annotations

from difflib import get_close_matches

import polars as pl

from rightplace.returns.sen2.blade_values import values
from rightplace.returns.sen2.canonical import whole_number
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.frames import NUMBER, empty, parent_row, schema
from rightplace.returns.sen2.layout import Table

_EXPORT = "Export the table from COLLECT again."


def bind(table: Table, raw: pl.DataFrame, edition: int | None, faults: Faults) -> pl.DataFrame:
    """Columns ``line``, ``id``, ``above`` and every item, from the columns of a file.

    ``id`` is the record's own number in the export and ``above`` that of the record above it, null
    where the file has none. Columns that are missing are noted, with the one that may have been meant.
    """
    own, above = f"{table.name}tableid", None if table.parent is None else f"{table.parent}tableid"
    wanted = {item.blade: item.name for item in table.items}
    extra = {own, above, "nativeid", "sourceid", f"{table.name}orderseqcolumn", "line"}
    unknown = [name for name in raw.columns if name not in wanted and name not in extra]
    expected = [item.blade for item in table.items if edition is None or item.in_edition(edition)]
    missing = [name for name in (own, above, *expected) if name is not None and name not in raw.columns]
    meant = {name: (get_close_matches(name, unknown, n=1, cutoff=0.6) or [""])[0] for name in missing}
    for name in missing:
        _missing(table, name, meant[name], faults, key=name in (own, above))
    left = [name for name in unknown if name not in meant.values()]
    if left:
        faults.add(
            "F22",
            f"The {table.name} table has columns that a SEN2 return does not; they are not read: {', '.join(left)}.",
            action="Nothing, unless one of them is a column that was renamed.",
            line=1,
            table=table.name,
            value=", ".join(left),
        )
    number = {"id": own, "above": above}
    bound = raw.select(
        "line",
        *(_column(raw, source).pipe(whole_number).alias(name) for name, source in number.items()),
        *(_column(raw, source).alias(name) for source, name in wanted.items()),
    )
    return values(table, bound, faults)


def place(
    table: Table, bound: pl.DataFrame, above: pl.DataFrame | None, faults: Faults
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frame of a table, and ``id`` and ``row`` of each of its records for the tables under it.

    ``above`` holds ``id`` and ``row`` of the records above; None for the header. Records whose number was
    given before, and records that find nothing above them, are noted and left out. People need not say
    which header is theirs.
    """
    again = pl.col("id").is_not_null() & ~pl.col("id").is_first_distinct()
    what = "that repeat the number of an earlier row"
    _note(table, bound.filter(again), "F24", what, "Keep one row for each number.", faults)
    kept = bound.filter(~again)
    name = parent_row(table)
    if name == "sen2_row" and (above is None or above.is_empty() or kept["above"].null_count() == kept.height):
        kept = kept.with_columns(pl.lit(0, dtype=NUMBER).alias(name))
    elif above is not None and name is not None:
        joined = kept.join(above.rename({"id": "above", "row": name}), on="above", how="left", maintain_order="left")
        what = f"that belong to no row of the {table.parent} table"
        action = f"Export the {table.parent} and {table.name} tables again, at the same time."
        _note(table, joined.filter(pl.col(name).is_null()), "F23", what, action, faults, by="above")
        kept = joined.filter(pl.col(name).is_not_null())
    kept = kept.with_columns(pl.int_range(pl.len(), dtype=NUMBER).alias("row"))
    keys = kept.filter(pl.col("id").is_not_null()).select("id", "row")
    return kept.select(pl.col(column).cast(dtype) for column, dtype in schema(table).items()), keys


def nothing(table: Table) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What :func:`place` gives for a table that is not there."""
    return empty(table), pl.DataFrame(schema={"id": pl.String(), "row": NUMBER()})


def _column(raw: pl.DataFrame, name: str | None) -> pl.Expr:
    return pl.col(name) if name is not None and name in raw.columns else pl.lit(None, dtype=pl.String)


def _missing(table: Table, name: str, meant: str, faults: Faults, *, key: bool) -> None:
    hint = f" There is a column {meant}, which may be it." if meant else ""
    effect = " Its records cannot be joined to those above or below them." if key else " It was read as empty."
    faults.add(
        "F21",
        f"The {table.name} table has no column {name}.{hint}{effect}",
        action=f"Rename {meant} to {name}, if that is what it is." if meant else _EXPORT,
        line=1,
        table=table.name,
        value=name,
    )


def _note(table: Table, rows: pl.DataFrame, rule: str, what: str, action: str, faults: Faults, by: str = "id") -> None:
    if rows.is_empty():
        return
    line, number = rows.select("line", by).row(0)
    shown = f"number {number!r}" if number is not None else "with no number"
    faults.add(
        rule,
        f"Rows of the {table.name} table {what}, which were left out: {rows.height:,}. The first is on line {line},"
        f" {shown}.",
        action=action,
        line=line,
        table=table.name,
        value=number or "",
    )
