"""Neighbourhoods: places of about 1,700 people, with a central point, deprivation and children."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from rightplace.area.record import Source
from rightplace.area.tables import BY_NAME
from rightplace.returns.statistics import cells
from rightplace.returns.statistics.folder import Published
from rightplace.returns.statistics.lineage import source_of

SCHEMA: Final = {"la_code": pl.String(), **BY_NAME["neighbourhoods"].schema}
_BANDS: Final = ("pct_0_4", "pct_5_11", "pct_12_17")


def read_neighbourhoods(
    tables: Sequence[Published], *, until: int | None = None
) -> tuple[pl.DataFrame, tuple[Source, ...]]:
    """Lower-layer super output areas of England: ``la_code`` and the columns of the area's neighbourhoods table.

    People of an age are the neighbourhood's residents times the share of that age in the 2021 census, so
    authorities' sums differ a little from the estimates. ``until`` is the last January used: an index of deprivation
    published later is not.
    """
    frames = [pl.DataFrame(schema=SCHEMA)]
    sources = []
    for table in tables:
        if until is not None and table.shape.generation >= until:
            continue
        rows = _rows(table.frame)
        kept = rows.filter(pl.col("la_code").is_not_null()).unique(
            "neighbourhood_id", keep="first", maintain_order=True
        )
        frames.append(kept)
        refused = {"its authority is not known, or it came before": rows.height - kept.height}
        sources.append(source_of(table, edition="", kept=kept.height, refused=refused))
    together = pl.concat(frames).unique("neighbourhood_id", keep="first", maintain_order=True)
    return together, tuple(sources)


def _rows(frame: pl.DataFrame) -> pl.DataFrame:
    people = cells.number(frame["population"])
    share = pl.sum_horizontal([cells.number(frame[band]) for band in _BANDS], ignore_nulls=False)
    ons_code = next((name for name in ("sen2_la_code", "utla23cd") if name in frame.columns), "")
    return frame.select(
        cells.la_code(frame, code="old_la_code", ons_code=ons_code).alias("la_code"),
        cells.text(frame["lsoa21cd"]).alias("neighbourhood_id"),
        cells.text(frame["lsoa21nm"]).alias("name"),
        cells.number(frame["easting"]).alias("easting"),
        cells.number(frame["northing"]).alias("northing"),
        cells.number(frame["IMD_decile"]).alias("deprivation_decile"),
        (people * share / 100).alias("people_0_17"),
        (people * cells.number(frame["pct_18_24"]) / 100).alias("people_18_24"),
    ).select(pl.col(name).cast(dtype, strict=False) for name, dtype in SCHEMA.items())
