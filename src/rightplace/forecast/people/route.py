"""The person-level route: what became of each plan between January returns, carried forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.forecast import observed
from rightplace.forecast.assumption import Assumption
from rightplace.forecast.chosen import NOTHING, Choices
from rightplace.forecast.cohort.engine import EffectsOf, Futures, Mode, simulate
from rightplace.forecast.people import assumed, courses, fitted, shown, tally
from rightplace.forecast.people.beside import Beside
from rightplace.forecast.people.transitions import Transitions
from rightplace.progress import Progress, silent

METHOD: Final = (
    "Every plan was followed from one January return to the next. The shares that leave, move to another kind of setting "
    "or have their recorded need changed, and the number that join per resident, were estimated for each year group, need "
    "and kind of setting; a cell with few people borrows from its neighbours: needs of the same kind of setting, kinds of "
    "the same year group, and the year groups beside it. Later years count for more. Joining rises or falls from year to "
    "year as it has, drawn towards what England has seen, and the rise is damped. Each simulated future draws its own "
    "rates, its own trend and its own chances, and is carried forward in whole people. A plan that moves in from another "
    "authority counts as a joiner, one that moves away as a leaver."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A route's results, before they are summed up."""

    seed_year: int
    futures: Futures
    history: pl.DataFrame
    rates: pl.DataFrame
    assumptions: list[Assumption]
    method: str


def forecast(
    transitions: Transitions,
    population: pl.DataFrame,
    *,
    years: int,
    futures: int,
    seed: int,
    progress: Progress = silent,
    effects: EffectsOf | None = None,
    mode: Mode = "cohort",
    beside: Beside | None = None,
    choices: Choices = NOTHING,
) -> Route:
    """Futures of an area from its counted changes and its population table, under the ``effects`` of a scenario.

    ``beside`` is what else is known: dates of plans, requests and assessments, published counts, England's pattern;
    ``choices`` are trends that stand in for those estimated.
    """
    found = fitted.fit(transitions, population, beside or Beside(), years)
    paths = courses.of(found, futures=futures, years=years, seed=seed, choices=choices)
    asked = effects(found.space, transitions.seed_year) if effects else None
    acting = courses.both(courses.time_held(found, years), asked)
    start = tally.stock(transitions, found.space)
    run = simulate(found.space, found.pulled, paths, start, seed=seed, effects=acting, mode=mode, progress=progress)
    return Route(
        seed_year=transitions.seed_year,
        futures=run,
        history=observed.of_stock(transitions.stock),
        rates=shown.rates(found),
        assumptions=assumed.table(transitions, found),
        method=shown.method(found, METHOD),
    )
