"""A return with some of its records changed, taken out or added, and every record numbered afresh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from rightplace.returns.sen2.frames import NUMBER, parent_row
from rightplace.returns.sen2.layout import TABLES
from rightplace.returns.sen2.record import Sen2Return


@dataclass(slots=True)
class Edits:
    """What to do to a return: texts to set (table, row, item), records to remove, and copies to add with changes."""

    texts: list[tuple[str, int, str, str | None]] = field(default_factory=list)
    removed: list[tuple[str, int]] = field(default_factory=list)
    copied: list[tuple[str, int, Mapping[str, str | None]]] = field(default_factory=list)


def rebuilt(ret: Sen2Return, edits: Edits) -> tuple[Sen2Return, pl.DataFrame]:
    """The return with the edits made, and what became of its people: old ``row`` and new ``number``, from 0.

    A copy stands after the record it is of. What stood under a record that is removed goes with it.
    """
    tables: dict[str, pl.DataFrame] = {}
    numbers: dict[str, pl.DataFrame] = {}
    for table in TABLES:
        frame = _with_texts(ret.tables[table.name], [e for e in edits.texts if e[0] == table.name])
        frame = _with_copies(frame, [e for e in edits.copied if e[0] == table.name])
        gone = [row for name, row in edits.removed if name == table.name]
        frame = frame.filter(~pl.col("row").is_in(gone))
        key = parent_row(table)
        if key is not None and table.parent is not None:
            above = numbers[table.parent].rename({"row": key})
            frame = frame.join(above, on=key, how="inner", maintain_order="left").with_columns(
                pl.col("number").alias(key)
            )
            frame = frame.drop("number").sort(key, maintain_order=True)
        numbered = frame.with_row_index("number").with_columns(pl.col("number").cast(NUMBER))
        numbers[table.name] = numbered.unique("row", keep="first", maintain_order=True).select("row", "number")
        tables[table.name] = numbered.with_columns(row=pl.col("number")).drop("number")
    again = Sen2Return(edition=ret.edition, source=ret.source, sha256=ret.sha256, tables=tables)
    return again, numbers["person"]


def _with_texts(frame: pl.DataFrame, edits: Sequence[tuple[str, int, str, str | None]]) -> pl.DataFrame:
    for item in {item for _, _, item, _ in edits}:
        of_item = {row: text for _, row, name, text in edits if name == item}
        texts = pl.Series(list(of_item.values()), dtype=pl.String)
        new = pl.DataFrame({"row": pl.Series(list(of_item), dtype=NUMBER), "_text": texts, "_set": [True] * len(texts)})
        frame = (
            frame.join(new, on="row", how="left", maintain_order="left")
            .with_columns(pl.when(pl.col("_set")).then("_text").otherwise(item).alias(item))
            .drop("_text", "_set")
        )
    return frame


def _with_copies(frame: pl.DataFrame, edits: Sequence[tuple[str, int, Mapping[str, str | None]]]) -> pl.DataFrame:
    if not edits:
        return frame
    copies = [
        frame.filter(pl.col("row") == row).with_columns(
            pl.lit(text, pl.String).alias(item) for item, text in changes.items()
        )
        for _, row, changes in edits
    ]
    return pl.concat([frame, *copies]).sort("row", maintain_order=True)
