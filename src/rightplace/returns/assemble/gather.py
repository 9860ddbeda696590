"""The same table of several returns as one frame, with the keys that join it to its person."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from rightplace.returns.sen2.layout import BY_NAME
from rightplace.returns.sen2.record import Sen2Return
from rightplace.returns.sen2.typed import typed


def gather(returns: Sequence[Sen2Return], table: str) -> pl.DataFrame:
    """Rows of ``table`` in every return, typed, with ``census_year`` (Int16) and the row numbers of all its parents.

    A record's keys are (``census_year``, ``row``); ``person_row`` is there for every table below person.
    """
    frames = [typed(one, table).with_columns(census_year=pl.lit(one.edition, pl.Int16)) for one in returns]
    frame = pl.concat(frames, how="diagonal_relaxed")
    parent = BY_NAME[table].parent
    while parent is not None and parent not in ("sen2", "person"):
        above = BY_NAME[parent].parent
        keys = pl.concat(
            [
                one.tables[parent].select(
                    pl.lit(one.edition, pl.Int16).alias("census_year"),
                    pl.col("row").alias(f"{parent}_row"),
                    pl.col(f"{above}_row"),
                )
                for one in returns
            ]
        )
        frame = frame.join(keys, on=["census_year", f"{parent}_row"], how="left")
        parent = above
    return frame
