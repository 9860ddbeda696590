"""One future, person by person: who is in place each January, and what became of whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.batch import Inputs, alone, traced
from rightplace.forecast.cohort.space import GROUPS
from rightplace.vocabulary.year_group import FIRST

PEOPLE: Final = {
    "person": pl.UInt64(), "year": pl.Int32(), "year_group": pl.Int32(), "need": pl.String(), "setting_kind": pl.String(),
    "event": pl.String(),
}  # fmt: skip


def follow(inputs: Inputs, seed_year: int, *, future: int) -> pl.DataFrame:
    """Everyone of one future of a run: columns person, year, year_group, need, setting_kind, event.

    One row for each January that a person has a plan, by person and year. ``event`` is what came before that January: in_place
    (at the start), joined, stayed, moved (to another kind of setting), need_changed, or moved_and_need_changed. The January after
    the last has a row with event "left", and the year group, need and kind left from. ``person`` is the same number in any
    scenario on the same seed.

    The future is followed whatever the mode of the run; only a run of mode "individual" has the same numbers.
    Raises ``UserError`` where there is no such future.
    """
    inputs = replace(inputs, mode="individual")
    stock, _ = alone(inputs, future)
    trace = traced(inputs, future, int(stock[:, :GROUPS].sum()))
    years = np.repeat(np.arange(seed_year, seed_year + len(trace.ends)), np.diff(trace.ends, prepend=0))
    return _events(inputs, trace.people.cell, trace.people.key, years, seed_year)


def _events(
    inputs: Inputs, cell: NDArray[np.int32], key: NDArray[np.uint64], years: NDArray[np.int64], seed_year: int
) -> pl.DataFrame:
    needs, kinds = inputs.space.needs, inputs.space.kinds
    here = pl.DataFrame(
        {
            "person": key,
            "year": years,
            "year_group": cell // (len(needs) * len(kinds)) + FIRST,
            "need": np.array(needs, dtype=object)[(cell // len(kinds)) % len(needs)].tolist(),
            "setting_kind": np.array(kinds, dtype=object)[cell % len(kinds)].tolist(),
        },
        schema={name: dtype for name, dtype in PEOPLE.items() if name != "event"},
    ).sort("person", "year")
    moved = pl.col("setting_kind") != pl.col("setting_kind").shift().over("person")
    changed = pl.col("need") != pl.col("need").shift().over("person")
    event = (
        pl.when((pl.col("year") == pl.col("year").min().over("person")) & (pl.col("year") > seed_year))
        .then(pl.lit("joined"))
        .when(pl.col("year") == seed_year)
        .then(pl.lit("in_place"))
        .when(moved & changed)
        .then(pl.lit("moved_and_need_changed"))
        .when(moved)
        .then(pl.lit("moved"))
        .when(changed)
        .then(pl.lit("need_changed"))
        .otherwise(pl.lit("stayed"))
    )
    last = here.group_by("person", maintain_order=True).last().filter(pl.col("year") < seed_year + inputs.years)
    left = last.with_columns(pl.col("year") + 1, pl.lit("left").alias("event"))
    return pl.concat([here.with_columns(event.alias("event")), left.select(list(PEOPLE))]).sort("person", "year")
