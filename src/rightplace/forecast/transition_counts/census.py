"""The inputs of the transition-count model from an area's own January returns."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.area.record import Area
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.people import transitions
from rightplace.forecast.residents import each_january
from rightplace.forecast.transition_counts.inputs import OUTSIDE, Inputs, build
from rightplace.vocabulary.year_group import FIRST

PENCE: Final = 100
SUPPOSED_RESIDENTS: Final = 100_000
"""Residents of each year group where the area has no population: joiners then follow their own counts."""


def from_census(area: Area, *, years: int = 10, until: int | None = None) -> Inputs:
    """Inputs from the ``census``, ``population`` and ``costs`` tables, to foresee ``years`` Januaries.

    Valid states are learned: a setting kind may have the needs it was ever seen with, from the lowest to the highest
    year group seen in it, and can be moved to from every other. Januaries after ``until`` are not looked at.

    Raises ``UserError`` where no two Januaries follow one another.
    """
    census = area["census"]
    if until is not None:
        census = census.filter(pl.col("census_year") <= until)
    seen = transitions.from_census(census)
    first, last = seen.years[0], seen.years[-1] + 1
    population, basis = _population(area["population"], list(range(first, last + years + 1)))
    states = _states(seen.stock)
    left_out = [
        f"{plans} plans of January {year} have no year group: left out." for year, plans in seen.left_out.items()
    ]
    later = sorted(int(year) for year in seen.stock["year"].unique() if year > last)
    unused = [f"January {year} follows none: it is not used." for year in later]
    return build(
        transitions=_rows(seen.changes),
        population=population,
        valid_states=states,
        costs=_costs(area["costs"], states),
        notes=(*left_out, *unused, f"Residents: {basis}."),
    )


def _rows(changes: pl.DataFrame) -> pl.DataFrame:
    return changes.select(
        pl.col("year").alias("calendar-year"),
        pl.col("kind").fill_null(OUTSIDE).alias("setting-1"),
        pl.col("need").fill_null(OUTSIDE).alias("need-1"),
        pl.col("year_group").fill_null(pl.col("to_year_group") - 1).alias("academic-year-1"),
        pl.col("to_kind").fill_null(OUTSIDE).alias("setting-2"),
        pl.col("to_need").fill_null(OUTSIDE).alias("need-2"),
        pl.col("to_year_group").fill_null(pl.col("year_group") + 1).alias("academic-year-2"),
        "people",
    )


def _population(table: pl.DataFrame, januaries: list[int]) -> tuple[pl.DataFrame, str]:
    residents = each_january(table, januaries)
    people = residents.people if residents.known else np.full((len(januaries), GROUPS), SUPPOSED_RESIDENTS)
    frame = pl.DataFrame(
        {
            "calendar-year": np.repeat(januaries, GROUPS),
            "academic-year": np.tile(np.arange(FIRST, FIRST + GROUPS), len(januaries)),
            "population": np.rint(people).astype(np.int64).reshape(-1),
        }
    )
    return frame, residents.basis


def _states(stock: pl.DataFrame) -> pl.DataFrame:
    states = stock.group_by("kind").agg(
        pl.col("year_group").min().alias("min-academic-year"),
        pl.col("year_group").max().alias("max-academic-year"),
        pl.col("need").unique().sort().alias("needs"),
    )
    kinds = sorted(states["kind"])
    return states.sort("kind").with_columns(pl.lit(kinds).alias("setting->setting")).rename({"kind": "setting"})


def _costs(table: pl.DataFrame, states: pl.DataFrame) -> pl.DataFrame:
    """The latest year's costs; one given for a setting kind and no need is that of every need."""
    latest = table.filter(pl.col("financial_year") == pl.col("financial_year").max())
    pairs = states.select("setting", pl.col("needs").alias("need")).explode("need")
    own = latest.filter(pl.col("need").is_not_null()).select("setting_kind", "need", own="annual_cost_pence")
    kind = latest.filter(pl.col("need").is_null()).select("setting_kind", any_need="annual_cost_pence")
    return (
        pairs.join(own, left_on=["setting", "need"], right_on=["setting_kind", "need"], how="left")
        .join(kind, left_on="setting", right_on="setting_kind", how="left")
        .select("need", "setting", cost=pl.coalesce("own", "any_need") / PENCE)
        .drop_nulls()
    )
