"""An area's record as it was known in an earlier January."""

from __future__ import annotations

import polars as pl

from rightplace.area.record import Area, build


def known_in(area: Area, january: int) -> Area:
    """The record with nothing later than a January, in the tables that a forecast reads; the others are empty.

    Census rows to that January; yearly counts of plans to it and of what happens in a year to the year before; population estimates
    of mid-years before it. Projections of population are left out: which were published when is not known.
    """
    year = pl.col("year")
    stock = pl.col("measure") == "plans"
    return build(
        la_code=area.la_code,
        name=area.name,
        tables={
            "census": area["census"].filter(pl.col("census_year") <= january),
            "history": area["history"].filter((stock & (year <= january)) | (year < january)),
            "population": area["population"].filter((year < january) & ~pl.col("projected").fill_null(value=True)),
        },
    )
