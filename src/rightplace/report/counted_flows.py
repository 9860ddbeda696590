"""Joiners, leavers and movers between one January and the next, counted from the record."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from rightplace.area.record import Area

SCHEMA = {"year": pl.Int16(), "flow": pl.String(), "people": pl.Int64()}


def counted_flows(area: Area) -> pl.DataFrame:
    """Flows of people between consecutive censuses: ``year`` (of the later January), ``flow``, ``people``.

    Joiners have a plan on the later census day and none on the earlier; leavers the reverse; movers
    have one on both, and another kind of setting. Empty without person-level censuses of two
    consecutive years.
    """
    census = area["census"].select("census_year", "person_id", "setting_kind")
    rows: list[tuple[int, str, int]] = []
    for before, after in pairwise(area.census_years()):
        if after == before + 1:
            rows += _between(
                census.filter(pl.col("census_year") == before), census.filter(pl.col("census_year") == after), after
            )
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _between(before: pl.DataFrame, after: pl.DataFrame, year: int) -> list[tuple[int, str, int]]:
    stayed = before.join(after, on="person_id", suffix="_after")
    moved = stayed.filter(pl.col("setting_kind").ne_missing(pl.col("setting_kind_after")))
    return [
        (year, "joiners", after.height - stayed.height),
        (year, "leavers", before.height - stayed.height),
        (year, "movers", moved.height),
    ]
