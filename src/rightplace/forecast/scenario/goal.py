"""What would reach a goal: how much a rate must change for a number of plans in a year to come."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast import summary
from rightplace.forecast.cohort.batch import drawn
from rightplace.forecast.cohort.effects import join
from rightplace.forecast.cohort.engine import run_all
from rightplace.forecast.published.evidence import National
from rightplace.forecast.run import forecast
from rightplace.forecast.scenario.compile import compile_effects
from rightplace.forecast.scenario.description import Change, Scenario
from rightplace.forecast.scenario.search import FIRST_TRIES, Point, search, where
from rightplace.progress import Progress, silent

CURVE: Final = {"factor": pl.Float64(), "mean": pl.Float64(), "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64()}  # fmt: skip
FUTURES: Final = 200
"""Futures of each try. The same ones are used for every factor, so that tries differ by the factor alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """So many ``people`` with plans in January ``year``: of a dimension (total, need, setting, year_group, phase) and value."""

    people: float
    year: int
    dimension: str = "total"
    value: str = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How much a rate must be multiplied by.

    ``factor`` is where the mean over futures is the goal: None where no factor from 0 to 3 gives it. In 8 of 10 futures the
    factor that would reach it lies from ``low`` to ``high`` (None: below 0 or above 3). ``now`` is the mean with the
    rate as it is, ``least`` and ``most`` what the range of factors can give. ``curve`` has every factor tried.
    """

    factor: float | None
    low: float | None
    high: float | None
    now: float
    least: float
    most: float
    curve: pl.DataFrame

    @property
    def reached(self) -> bool:
        """Whether a factor reaches the goal."""
        return self.factor is not None


def seek(
    area: Area,
    *,
    target: Goal,
    lever: Change,
    futures: int = FUTURES,
    seed: int = 1,
    progress: Progress = silent,
    national: National | None = None,
) -> Answer:
    """How much the rate of ``lever`` must be multiplied by to reach ``target``; its own range is not used.

    Raises ``UserError`` for a year that is not ahead, and for a dimension or value that the area has not.
    """
    ahead = _ahead(area, target, national)
    made = forecast(area, years=ahead, futures=futures, seed=seed, national=national)
    inputs, first = made.inputs, int(made.summary["year"].to_numpy().min())
    if inputs is None:
        raise ValueError("A forecast without its inputs cannot be tried again.")
    inputs, tries = drawn(inputs), 0

    def give(factor: float) -> Point:
        nonlocal tries
        tries += 1
        scenario = Scenario(name="goal", changes=(replace(lever, low=factor, high=factor),))
        effects = compile_effects(scenario, inputs.space, years=inputs.years, seed=seed, seed_year=first)
        plans = summary.of_stock(run_all(replace(inputs, effects=join(inputs.effects, effects))), first)
        progress(min(tries, _MOST), _MOST, "factors tried")
        return _point(factor, plans, target)

    found = search(give, target.people)
    progress(_MOST, _MOST, "factors tried")
    means = [point.mean for point in found.points]
    easy, hard = ("p90", "p10") if means[-1] >= means[0] else ("p10", "p90")
    return Answer(
        factor=found.factor,
        low=where(found.points, easy, target.people),
        high=where(found.points, hard, target.people),
        now=next(point.mean for point in found.points if point.factor == 1.0),
        least=min(means),
        most=max(means),
        curve=pl.DataFrame([asdict(point) for point in found.points], schema=CURVE),
    )


_MOST: Final = len(FIRST_TRIES) + 9
"""Tries at most, as good as always."""


def _point(factor: float, plans: pl.DataFrame, target: Goal) -> Point:
    row = plans.filter(
        (pl.col("year") == target.year) & (pl.col("dimension") == target.dimension) & (pl.col("value") == target.value)
    ).row(0, named=True)
    return Point(factor=factor, **{name: row[name] for name in ("mean", "p10", "p50", "p90")})


def _ahead(area: Area, target: Goal, national: National | None) -> int:
    """Januaries to forecast for the year of the goal."""
    shape = forecast(area, years=1, futures=2, national=national).summary
    known = shape.filter(pl.col("dimension") == target.dimension)["value"].unique().to_list()
    if target.value not in known:
        near = get_close_matches(target.value, known, n=3)
        raise UserError(
            f"The forecast has no {target.dimension.replace('_', ' ')} {target.value!r}.",
            action=f"Did you mean {' or '.join(near)}?" if near else f"Use one of: {', '.join(sorted(known))}.",
        )
    first = int(shape["year"].to_numpy().max())
    if target.year < first:
        raise UserError(
            f"January {target.year} is not ahead: the forecast begins with January {first}.",
            action="Give a later year.",
        )
    return target.year - first + 1
