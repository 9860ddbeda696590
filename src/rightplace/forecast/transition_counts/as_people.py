"""The person-level route on the inputs of the transition-count model, so that the two are scored on the same folds."""

from __future__ import annotations

import numpy as np
import polars as pl

from rightplace.area.tables import BY_NAME
from rightplace.forecast.cohort.engine import Futures
from rightplace.forecast.people import route
from rightplace.forecast.people.transitions import Transitions
from rightplace.forecast.transition_counts.inputs import OUTSIDE, Inputs
from rightplace.forecast.transition_counts.skill import Forecaster, Foreseen
from rightplace.vocabulary.year_group import FIRST, LAST, age

_NAMES = {
    "need": "need-1",
    "kind": "setting-1",
    "year_group": "academic-year-1",
    "to_need": "need-2",
    "to_kind": "setting-2",
    "to_year_group": "academic-year-2",
}


def transitions(inputs: Inputs) -> Transitions:
    """The counted transitions as the changes and stocks of the person-level route."""
    side = {name: pl.col("setting-2" if name.startswith("to_") else "setting-1") != OUTSIDE for name in _NAMES}
    columns = [
        pl.when(side[name]).then(pl.col(column).clip(FIRST, LAST) if "year" in column else pl.col(column)).alias(name)
        for name, column in _NAMES.items()
    ]
    rows = inputs.transitions.select(pl.col("calendar-year").cast(pl.Int32).alias("year"), *columns, "people")
    changes = rows.group_by("year", *_NAMES).agg(pl.col("people").sum().cast(pl.Float64)).sort("year", *_NAMES)
    state = ["need", "kind", "year_group"]
    before = changes.filter(pl.col("kind").is_not_null()).select("year", *state, "people")
    last = changes.filter((pl.col("year") == inputs.history[-1]) & pl.col("to_kind").is_not_null()).select(
        pl.col("year") + 1, *(pl.col(f"to_{name}").alias(name) for name in state), "people"
    )
    stock = pl.concat([before, last]).group_by("year", *state).agg(pl.col("people").sum()).sort("year", *state)
    return Transitions(stock=stock, changes=changes, left_out={})


def population(inputs: Inputs) -> pl.DataFrame:
    """Residents as an area's ``population`` table: those counted with a January are of the mid-year before."""
    by_age = {age(group): group for group in range(FIRST, LAST + 1)}
    return (
        inputs.population.filter(pl.col("academic-year").is_in(list(by_age.values())))
        .select(
            year=pl.col("calendar-year") - 1,
            age=pl.col("academic-year") - FIRST + age(FIRST),
            people=pl.col("population"),
            projected=False,
        )
        .cast(dict(BY_NAME["population"].schema))  # type: ignore[arg-type]
        .sort("year", "age")
    )


def forecaster(*, futures: int = 1000, seed: int = 1) -> Forecaster:
    """The person-level route, as a forecast to score."""

    def foresee(inputs: Inputs, last_year: int) -> Foreseen:
        years = last_year - inputs.seed_year
        made = route.forecast(transitions(inputs), population(inputs), years=years, futures=futures, seed=seed).futures
        needs, settings = inputs.valid_states["needs"].explode().unique().sort(), inputs.valid_states["setting"].sort()
        return Foreseen(
            years=list(range(inputs.seed_year + 1, last_year + 1)),
            needs=tuple(needs),
            settings=tuple(settings),
            total=made.totals[:, 1:].astype(np.float64),
            need=_cells(made, "need", list(needs)),
            setting=_cells(made, "setting", list(settings)),
        )

    return foresee


def _cells(made: Futures, dimension: str, wanted: list[str]) -> np.ndarray[tuple[int, int, int], np.dtype[np.float64]]:
    """Futures of each value wanted, (futures, years, values); nought where the value was never seen."""
    first, names = made.space.margins()[dimension]
    out = np.zeros((*made.stock[:, 1:].shape[:2], len(wanted)))
    for place, value in enumerate(wanted):
        if value in names:
            out[:, :, place] = made.stock[:, 1:, first + names.index(value)]
    return out
