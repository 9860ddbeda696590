"""Writing a SEN2 return as XML: records put together as text, whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.files import replace_file
from rightplace.errors import DataError, RefusedError
from rightplace.returns.sen2.frames import parent_row
from rightplace.returns.sen2.layout import BY_NAME, TABLES, WRITABLE, Item, Table
from rightplace.returns.sen2.record import Sen2Return

_STANDS_AFTER: Final = {"plandetail": "start_date", "placementdetail": "transfer_la", "senneed": "wbp"}
"""The item of the record above that a record stands after; after the last where none is given.

In 2023 Res and WBP are items of ActivePlans, between placements and needs. Later they are not, so that the
same order holds in every edition.
"""

_COLLECTION: Final = ("collection", "year", "reference_date")
"""Items of the header's CollectionDetails; the others are in its Source."""

_PEOPLE_AT_A_TIME: Final = 10_000
_FORBIDDEN: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def write_xml(ret: Sen2Return, path: Path) -> None:
    """Write a return as XML, in the order of its edition. The file is replaced in one step; equal returns give equal bytes.

    An item that is not of the edition is written where it holds a value, so that nothing is lost and
    the checks can find it. Raises ``RefusedError`` for an edition that is not known, and ``DataError``
    for a character that XML does not allow.
    """
    if ret.edition not in WRITABLE:
        written = f"{WRITABLE[0]} to {WRITABLE[-1]}"
        raise RefusedError(
            f"A return of the {ret.edition} edition is not written as XML; those of {written} are.",
            where=ret.source,
            action="Write it as a Blade export, or send the file it came from.",
        )
    _check_characters(ret)
    with replace_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n')
        file.writelines(_header(ret.tables["sen2"]))
        file.write("  <Persons>\n")
        for people in _people(ret):
            file.writelines(people)
        file.write("  </Persons>\n</Message>\n")


def _header(frame: pl.DataFrame) -> list[str]:
    items = BY_NAME["sen2"].items
    first = [_line(item, 6) for item in items if item.name in _COLLECTION]
    rest = [_line(item, 6) for item in items if item.name not in _COLLECTION]
    parts = (
        pl.lit("  <Header>\n    <CollectionDetails>\n"),
        *first,
        pl.lit("    </CollectionDetails>\n    <Source>\n"),
        *rest,
        pl.lit("    </Source>\n  </Header>\n"),
    )
    text = frame.head(1).select(pl.concat_str(parts, ignore_nulls=True)).to_series()
    return [str(value) for value in text]


def _people(ret: Sen2Return) -> Iterator[list[str]]:
    """The text of every Person in the order of the return, some thousands at a time."""
    tables = _by_person(ret)
    count = ret.tables["person"].height
    for start in range(0, count, _PEOPLE_AT_A_TIME):
        end = min(start + _PEOPLE_AT_A_TIME, count)
        part = {name: _between(frame, start, end) for name, frame in tables.items()}
        text = _records(BY_NAME["person"], part, depth=4)
        yield [str(value) for value in text["text"]]


def _by_person(ret: Sen2Return) -> dict[str, pl.DataFrame]:
    """The tables in order of person, with ``person``: the position of the person in the return."""
    people = ret.tables["person"].with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("person"))
    made = {"person": people}
    for table in TABLES:
        above = parent_row(table)
        if above is None or table.name == "person":
            continue
        place = made[str(table.parent)].select(pl.col("row").alias(above), "person")
        joined = ret.tables[table.name].join(place, on=above, how="inner", maintain_order="left")
        made[table.name] = joined.sort("person", maintain_order=True)
    return made


def _between(frame: pl.DataFrame, start: int, end: int) -> pl.DataFrame:
    people = frame["person"]
    first = people.search_sorted(start, side="left")
    return frame.slice(first, people.search_sorted(end, side="left") - first)


def _records(table: Table, tables: dict[str, pl.DataFrame], depth: int) -> pl.DataFrame:
    """``row``, ``<parent>_row`` and ``text`` of each record of a table, with all that stands under it."""
    frame = tables[table.name]
    below = [other for other in TABLES if other.parent == table.name]
    for other in below:
        above = str(parent_row(other))
        made = _records(other, tables, depth + 2)
        joined = made.group_by(above, maintain_order=True).agg(pl.col("text").str.join("").alias(other.xml))
        frame = frame.join(joined.rename({above: "row"}), on="row", how="left", maintain_order="left")
    placed = {other.name: _STANDS_AFTER.get(other.name, table.items[-1].name) for other in below}
    content: list[pl.Expr] = []
    for item in table.items:
        content.append(_line(item, depth + 2))
        content += [pl.col(other.xml) for other in below if placed[other.name] == item.name]
    space = " " * depth
    parts = (pl.lit(f"{space}<{table.xml}>\n"), *content, pl.lit(f"{space}</{table.xml}>\n"))
    return frame.select("row", str(parent_row(table)), pl.concat_str(parts, ignore_nulls=True).alias("text"))


def _line(item: Item, depth: int) -> pl.Expr:
    """The element of an item on a line of its own; null where the item is missing."""
    text = pl.col(item.name)
    for plain, escaped in _ESCAPES.items():
        text = text.str.replace_all(plain, escaped, literal=True)
    return pl.lit(f"{' ' * depth}<{item.xml}>") + text + pl.lit(f"</{item.xml}>\n")


def _check_characters(ret: Sen2Return) -> None:
    for table in TABLES:
        frame = ret.tables[table.name]
        for item in table.items:
            bad = frame.filter(pl.col(item.name).str.contains(_FORBIDDEN))
            if not bad.is_empty():
                raise DataError(
                    f"{item.xml} of {table.xml} {bad['row'][0] + 1} holds a character that XML does not allow.",
                    where=ret.source,
                    action="Remove the character from the record it came from.",
                )
