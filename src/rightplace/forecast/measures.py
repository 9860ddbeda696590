"""Plans per 1,000 residents, and how old those with plans are."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.counted import AGES as AGE_OF_GROUP
from rightplace.forecast.cohort.counted import Counted
from rightplace.forecast.cohort.space import GROUPS, phase_columns
from rightplace.forecast.result import AGES, PER_1000
from rightplace.vocabulary.year_group import YEAR_GROUPS

Reals = NDArray[np.float64]
_PARTS: Final = (0.1, 0.25, 0.5, 0.75, 0.9)
_NO_POPULATION: Final = 1000.0
"""Residents of every year group where none are known: joiners then follow their own number, and there is no rate."""


def per_1000(summary: pl.DataFrame, residents: Reals | None) -> pl.DataFrame:
    """Plans per 1,000 residents, from ``Forecast.summary`` and residents (years, Y) of the Januaries ahead."""
    if residents is None or np.all(residents == _NO_POPULATION):
        return pl.DataFrame(schema=PER_1000)
    first = int(summary["year"].to_numpy().min())
    people = pl.concat(_residents(year, rows) for year, rows in enumerate(residents, start=first + 1))
    points = [name for name in PER_1000 if name not in ("year", "dimension", "value")]
    return (
        summary.join(people, on=["year", "dimension", "value"], how="inner", maintain_order="left")
        .filter(pl.col("residents") > 0)
        .with_columns(pl.col(name) * 1000.0 / pl.col("residents") for name in points)
        .select(list(PER_1000))
    )


def _residents(year: int, rows: Reals) -> pl.DataFrame:
    phases = {phase: float(rows[columns].sum()) for phase, columns in phase_columns().items()}
    groups = {str(group): float(count) for group, count in zip(YEAR_GROUPS, rows, strict=True)}
    named = [("total", "total", float(rows.sum()))]
    named += [("year_group", name, count) for name, count in groups.items()]
    named += [("phase", name, count) for name, count in phases.items()]
    data = [(year, *row) for row in named]
    schema = {"year": pl.Int32(), "dimension": pl.String(), "value": pl.String(), "residents": pl.Float64()}
    return pl.DataFrame(data, schema=schema, orient="row")


def ages(summary: pl.DataFrame, counted: Counted) -> pl.DataFrame:
    """Age of those with plans each January, in the columns of ``Forecast.ages``; null where nobody has one."""
    first = int(summary["year"].to_numpy().min())
    groups = summary.filter(pl.col("dimension") == "year_group")["mean"].to_numpy().reshape(-1, GROUPS)
    rows = [(first + t, *_spread(_means(counted, t)), *_among(groups[t])) for t in range(counted.years + 1)]
    return pl.DataFrame(rows, schema=AGES, orient="row")


def _means(counted: Counted, t: int) -> Reals:
    """The mean age in each future where anyone has a plan."""
    plans, years = counted.totals[:, t], counted.ages[:, t]
    out: Reals = years[plans > 0] / plans[plans > 0]
    return out


def _spread(means: Reals) -> tuple[float | None, ...]:
    if not len(means):
        return (None,) * 4
    return float(means.mean()), *(float(point) for point in np.quantile(means, (0.1, 0.5, 0.9)))


def _among(people: Reals) -> tuple[float | None, ...]:
    """Ages that each part of the mean cohort is not above."""
    if people.sum() <= 0:
        return (None,) * len(_PARTS)
    below = np.cumsum(people) / people.sum()
    return tuple(float(AGE_OF_GROUP[np.searchsorted(below, part - 1e-12)]) for part in _PARTS)
