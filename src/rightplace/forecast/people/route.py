"""The person-level route: what became of each plan between January returns, carried forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast import assumption, observed, rates, residents, trend
from rightplace.forecast.assumption import DATA, Assumption
from rightplace.forecast.cohort import space
from rightplace.forecast.cohort.engine import Futures, simulate
from rightplace.forecast.cohort.model import Joining, Model, Paths
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.local_level import Drift, Level
from rightplace.forecast.people import estimate, tally
from rightplace.forecast.people.tally import Tally
from rightplace.forecast.people.transitions import Transitions
from rightplace.forecast.residents import Residents
from rightplace.progress import Progress, silent

Reals = NDArray[np.float64]

METHOD: Final = (
    "Every plan was followed from one January return to the next. The shares that leave, move to another kind of setting "
    "or have their recorded need changed, and the number that join per resident, were estimated for each year group, need "
    "and kind of setting; a cell with few people borrows from its neighbours: needs of the same kind of setting, kinds of "
    "the same year group, and the year groups beside it. Later years count for more. Joining rises or falls from year to "
    "year as it has, drawn towards what England has seen, and the rise is damped. Each simulated future draws its own "
    "rates, its own trend and its own chances, and is carried forward in whole people. A plan that moves in from another "
    "authority counts as a joiner, one that moves away as a leaver."
)
_DFE: Final = "DfE, Education, health and care plans, reporting year 2025"


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
) -> Route:
    """Futures of an area from its counted changes and its population table."""
    states = space.of(
        [*transitions.stock["need"].unique(), *transitions.changes["to_need"].drop_nulls().unique()],
        [*transitions.stock["kind"].unique(), *transitions.changes["to_kind"].drop_nulls().unique()],
    )
    counted = tally.of(transitions, states)
    seen = residents.each_january(population, [year + 1 for year in counted.years])
    ahead = residents.each_january(population, [transitions.seed_year + t + 1 for t in range(years)])
    joining, standing, exposure = _joining_level(counted, seen)
    model = Model(
        leaving=estimate.ladder(counted.left, counted.people),
        moving=estimate.ladder(counted.moved.sum(axis=3), counted.stayed, _pressed(counted)),
        destinations=estimate.destinations(counted),
        need_changes=estimate.need_changes(counted),
        joining=joining,
    )
    paths = _paths(states, standing, _leaving_level(counted), ahead, futures=futures, years=years, seed=seed)
    run = simulate(states, model, paths, tally.stock(transitions, states), seed=seed, progress=progress)
    joined = counted.joined.sum(axis=(1, 2))
    return Route(
        seed_year=transitions.seed_year,
        futures=run,
        history=observed.of_stock(transitions.stock),
        rates=rates.table(model, states, joined, exposure),
        assumptions=_assumptions(transitions, counted, ahead, float(standing.mean[1])),
        method=METHOD,
    )


def _paths(
    states: Space, joining: Level, leaving: Level, ahead: Residents, *, futures: int, years: int, seed: int
) -> Paths:
    shape = {"futures": futures, "years": years, "seed": seed}
    return Paths(
        joining=trend.paths(joining, trend.JOINING, trend.DAMPING, **shape, stream="forecast.joining"),
        leaving=trend.paths(leaving, trend.LEAVING, trend.DAMPING, **shape, stream="forecast.leaving"),
        needs=trend.pulls(states.needs, trend.NEED_PULL, **shape, stream="forecast.needs"),
        kinds=trend.pulls(states.kinds, trend.KIND_PULL, **shape, stream="forecast.kinds"),
        residents=ahead.people,
        totals=np.full((futures, years), -1, dtype=np.int64),
    )


def _pressed(counted: Tally) -> Reals:
    """How surely each kind must be left on the way to the next year group (Y, K)."""
    unfit = estimate.unfit(counted.stock)
    return np.concatenate([unfit[1:], np.zeros_like(unfit[:1])])


def _weights(counted: Tally) -> Reals:
    weights: Reals = np.power(tally.RECENCY, len(counted.years) - 1.0 - np.arange(len(counted.years)), dtype=np.float64)
    return weights


def _joining_level(counted: Tally, seen: Residents) -> tuple[Joining, Level, Reals]:
    """Joining rates, where joining stands against them now, and the residents behind them."""
    weights = _weights(counted)[:, None]
    behind = np.maximum((weights * seen.people).sum(axis=0), 1.0)
    expected = seen.people @ ((weights * counted.joiners).sum(axis=0) / behind)
    index = np.maximum(counted.joiners.sum(axis=1), 0.5) / np.maximum(expected, 0.5)
    exposure = (weights * seen.people * index[:, None]).sum(axis=0)
    level = trend.level(counted.joiners.sum(axis=1), expected, counted.years, trend.JOINING)
    return estimate.joining(counted, np.maximum(exposure, 1e-6)), level, exposure


def _leaving_level(counted: Tally) -> Level:
    """Where leaving stands now against the pooled rates of all years."""
    share = estimate.mean_share(estimate.ladder(counted.left, counted.people))[2]
    expected = (counted.at_risk * share).sum(axis=(1, 2, 3))
    return trend.level(counted.leavers, expected, counted.years, trend.LEAVING)


def _range(name: str, drift: Drift) -> list[Assumption]:
    note = f"{_DFE}, spread between authorities"
    return [
        Assumption(
            name=f"{name}: lasting change from year to year (standard deviation, logs)",
            value=drift.step_sd,
            unit="log",
            source=note,
        ),
        Assumption(
            name=f"{name}: change that does not last (standard deviation, logs)",
            value=drift.noise_sd,
            unit="log",
            source=note,
        ),
    ]


def _assumptions(transitions: Transitions, counted: Tally, ahead: Residents, slope: float) -> list[Assumption]:
    prior = trend.JOINING
    low, high = trend.DAMPING
    left_out = transitions.left_out.get(transitions.seed_year, 0)
    pairs = ", ".join(f"{year} to {year + 1}" for year in counted.years)
    return [
        Assumption(name="Pairs of January returns used", value=float(len(counted.years)), unit="pairs", source=pairs, owner=DATA),
        Assumption(name="Plans left out for want of a year group, last January", value=float(left_out), unit="people", source="census table", owner=DATA),
        Assumption(
            name="Yearly rise in joining before the area's own returns are seen", value=prior.slope,
            low=prior.slope - 1.96 * prior.slope_sd, high=prior.slope + 1.96 * prior.slope_sd, unit="log per year",
            source=f"{_DFE}: new plans rose 12% a year, 2019 to 2024",
        ),
        Assumption(name="Yearly rise in joining now, with the area's own returns", value=slope, unit="log per year", source="local linear trend", owner=DATA),
        Assumption(name="What is left of that rise a year later", value=(low + high) / 2, low=low, high=high, unit="share", source="no evidence ten years ahead: a wide range"),
        *_range("Joining", trend.JOINING),
        *_range("Leaving", trend.LEAVING),
        *assumption.pulls(trend.KIND_PULL, trend.NEED_PULL),
        Assumption(name="Weight of a year's evidence against the year after", value=tally.RECENCY, unit="share", source="recent years are more like next year"),
        Assumption(name="Residents by year group", value=None, unit="people", source=ahead.basis, owner=DATA if ahead.known else "Rightplace default"),
    ]  # fmt: skip
