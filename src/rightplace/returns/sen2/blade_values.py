"""What a spreadsheet does to the values of a Blade export: found, and mended only where one reading is possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.returns.sen2.canonical import canonical
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.layout import Item, Table

_LA_CODES: Final = frozenset({"lea", "exported", "transfer_la"})
_THREE_DIGITS: Final = _LA_CODES | {"serial_no"}
_SHORT: Final = r"^[0-9]{1,2}$"
_EXPORT: Final = "Export the table from COLLECT again, and do not open it in a spreadsheet."


@dataclass(frozen=True, slots=True)
class _Sign:
    """A pattern that shows what happened to a value, and what to say of it."""

    rule: str
    pattern: str
    what: str

    def holds(self, item: Item) -> pl.Expr:
        return pl.col(item.name).str.contains(self.pattern)


_SHORTENED: Final = _Sign(
    "F25", r"^[0-9](\.[0-9]+)?[Ee]\+[0-9]+$", "was shortened by a spreadsheet and cannot be known again"
)
_SHOWN: Final = _Sign("F27", r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}", "is a date as a spreadsheet shows it, kept as it is")
_CONTROL: Final = _Sign("H12", r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]", "holds a character that is not allowed")
_ZEROS: Final = _Sign("F26", _SHORT, "has lost its leading zeros; they were put back")


def values(table: Table, frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The item columns of a table in canonical text, with what a spreadsheet did to them noted.

    ``frame`` has ``line`` and every item as text. Dates such as 01/02/2024 stay as they are: which
    number is the month cannot be known, so the checks report each of them.
    """
    made = frame.with_columns(canonical(item, pl.col(item.name)).alias(item.name) for item in table.items)
    signs = list(_signs(table))
    counts = made.select(sign.holds(item).sum().alias(str(n)) for n, (item, sign) in enumerate(signs)).row(0)
    for (item, sign), count in zip(signs, counts, strict=True):
        if count:
            _note(table, item, sign, made, faults)
    return made.with_columns(_restored(item) for item in table.items if item.name in _THREE_DIGITS)


def _signs(table: Table) -> Iterator[tuple[Item, _Sign]]:
    for item in table.items:
        yield item, _SHORTENED
        yield item, _CONTROL
        if item.kind == "date":
            yield item, _SHOWN
        if item.name in _THREE_DIGITS:
            yield item, _ZEROS


def _restored(item: Item) -> pl.Expr:
    text = pl.col(item.name)
    return pl.when(text.str.contains(_SHORT)).then(text.str.zfill(3)).otherwise(text).alias(item.name)


def _note(table: Table, item: Item, sign: _Sign, frame: pl.DataFrame, faults: Faults) -> None:
    """One fault for a column: how many values, and the first of them."""
    hits = frame.filter(sign.holds(item)).select("line", item.name)
    line, value = hits.row(0)
    count = f"{hits.height:,} values" if hits.height > 1 else "1 value"
    faults.add(
        sign.rule,
        f"{item.xml} in the {table.name} table {sign.what}: {count}, the first on line {line}.",
        action=_EXPORT,
        line=line,
        table=table.name,
        value="" if item.name in ("surname", "forename") else value,
    )
