"""Statistical neighbours: the ten authorities a model finds most like each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import polars as pl

from rightplace.area.record import Source
from rightplace.returns.statistics import cells
from rightplace.returns.statistics.folder import Published
from rightplace.returns.statistics.lineage import source_of
from rightplace.returns.statistics.reorganised import successors_in_force
from rightplace.vocabulary import authority

NEIGHBOURS: Final = 10
SCHEMA: Final = {"la_code": pl.String(), "neighbour": pl.String(), "rank": pl.Int16(), "closeness": pl.String()}


def read_neighbours(
    tables: Sequence[Published], in_force: Collection[str], *, until: int | None = None
) -> tuple[pl.DataFrame, tuple[Source, ...]]:
    """Each authority's neighbours, closest first: ``la_code``, ``neighbour``, ``rank`` (1 is closest), ``closeness``.

    The latest model is used that was published before the January ``until``, else the oldest there is.
    An authority in the model under a code that has ended is replaced by those that took its area.
    """
    known = [table for table in tables if until is None or table.shape.generation < until]
    chosen = max(known, key=_generation, default=min(tables, key=_generation, default=None))
    if chosen is None:
        return pl.DataFrame(schema=SCHEMA), ()
    rows = _rows(chosen)
    at = {code: successors_in_force(code, in_force) for code in authority.AUTHORITIES}
    frame = (
        rows.with_columns(
            pl.col("la_code").replace_strict(at, default=None, return_dtype=pl.List(pl.String)),
            pl.col("neighbour").replace_strict(at, default=None, return_dtype=pl.List(pl.String)),
        )
        .explode("la_code", empty_as_null=True)
        .explode("neighbour", empty_as_null=True)
        .filter(pl.col("la_code").is_not_null() & (pl.col("neighbour") != pl.col("la_code")))
        .sort("la_code", "rank", maintain_order=True)
        .unique(["la_code", "neighbour"], keep="first", maintain_order=True)
        .with_columns(pl.int_range(1, pl.len() + 1, dtype=pl.Int16).over("la_code").alias("rank"))
    )
    edition = str(chosen.shape.generation)
    return frame.select(list(SCHEMA)), (source_of(chosen, edition=edition, kept=chosen.frame.height),)


def _generation(table: Published) -> int:
    return table.shape.generation


def _rows(table: Published) -> pl.DataFrame:
    """One row for each authority, in the model's codes, and place among its neighbours."""
    frame = table.frame
    code = "old_la_code" if "old_la_code" in frame.columns else "LA num"
    names = [
        (f"SN_{rank}", f"SN_{rank}P") if f"SN_{rank}" in frame.columns else (f"SN{rank}", f"SNP{rank}")
        for rank in range(1, NEIGHBOURS + 1)
    ]
    return pl.concat(
        [
            frame.select(
                cells.text(frame[code]).alias("la_code"),
                cells.text(frame[neighbour]).alias("neighbour"),
                pl.lit(rank, pl.Int16).alias("rank"),
                pl.col(closeness).str.to_lowercase().alias("closeness"),
            )
            for rank, (neighbour, closeness) in enumerate(names, start=1)
            if neighbour in frame.columns and closeness in frame.columns
        ]
    )
