"""The published-counts route: totals from the growth model, and who is behind them from the cohort engine."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast import assumption, observed, rates, residents, trend
from rightplace.forecast.assumption import DATA, Assumption
from rightplace.forecast.cohort.engine import simulate
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.local_level import Level
from rightplace.forecast.people.route import Route
from rightplace.forecast.published import area as published
from rightplace.forecast.published import panel, totals
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.panel import Panel
from rightplace.forecast.published.totals import Standing
from rightplace.forecast.residents import Residents
from rightplace.progress import Progress, silent

Reals = NDArray[np.float64]

METHOD: Final = (
    "The total grows as the authority's own last growth and England's foretell, each by the weight that would have "
    "served best in past years, and England's growth is damped; errors are as large as they have been for authorities of "
    "this size. Who is behind the total is worked out in whole people: those with plans grow older and leave at England's "
    "published rates by age, adjusted to how often plans cease here; new plans make up the total, with the ages, needs "
    "and settings of the area's own new plans so far as they are published; and the fewest moves and changes of recorded "
    "need are made that keep each year group's mix of settings and needs as it now is here. Moves of plans between "
    "authorities are netted out, so joiners and leavers are fewer than DfE's counts of new and ceased plans."
)


def forecast(
    la_code: str, history: pl.DataFrame, population: pl.DataFrame, england: Grounds,
    *, years: int, futures: int, seed: int, progress: Progress = silent,
) -> Route:  # fmt: skip
    """Futures of an authority from its yearly counts.

    Raises ``UserError`` where no January total is published.
    """
    counts, place = _standing(la_code, history, england)
    last = counts.years[-1] + years
    januaries = list(range(place.january + 1, last + 1))
    people = residents.each_january(population, [place.january, *januaries])
    start = published.start(history, place.january, round(place.plans), england.pattern)
    model = published.model(history, place.january, people.people[0], england.pattern, start.fitted)
    drawn = totals.draw(place, england.growth, last=last, futures=futures, seed=seed)
    shape = {"futures": futures, "years": len(januaries), "seed": seed}
    level = Level(mean=np.zeros(2), covariance=np.zeros((2, 2)))
    paths = Paths(
        joining=np.ones((futures, len(januaries))),
        leaving=trend.paths(level, trend.LEAVING, trend.DAMPING, **shape, stream="forecast.leaving"),
        needs=trend.pulls(england.pattern.space.needs, trend.NEED_PULL, **shape, stream="forecast.needs"),
        kinds=trend.pulls(england.pattern.space.kinds, trend.KIND_PULL, **shape, stream="forecast.kinds"),
        residents=people.people[1:],
        totals=drawn,
    )
    run = simulate(england.pattern.space, model, paths, start.people, seed=seed, progress=progress)
    return Route(
        seed_year=place.january,
        futures=run,
        history=observed.of_history(history),
        rates=_rates(model, england, people),
        assumptions=_assumptions(counts, place, england, people, start.used),
        method=METHOD,
    )


def _standing(la_code: str, history: pl.DataFrame, england: Grounds) -> tuple[Panel, Standing]:
    totals_here = history.filter((pl.col("measure") == "plans") & (pl.col("dimension") == "total"))
    counts = panel.of(totals_here.select(pl.lit(la_code).alias("la_code"), "year", "people"))
    place = totals.standing(counts, la_code, england.growth) if counts.codes else None
    if place is None:
        raise UserError(
            "At least two consecutive January returns, or a history of published counts, are needed for a forecast.",
            action="Load SEN2 returns, or load published statistics for this authority.",
        )
    return counts, place


def _rates(model: Model, england: Grounds, people: Residents) -> pl.DataFrame:
    shape = np.maximum(model.joining.rate[:, 0] - published.OWN_NEW, 0.0)
    return rates.table(model, england.pattern.space, shape, people.people[0])


def _assumptions(
    counts: Panel, place: Standing, england: Grounds, people: Residents, used: tuple[str, ...]
) -> list[Assumption]:
    growth, source = england.growth, england.growth_source
    low, high = growth.damping
    error = float(np.sqrt(growth.area_sd**2 + growth.size_sd**2 / place.plans))
    last = growth.england[growth.last]
    doubts = [
        Assumption(
            name=f"January {year} return taken as missing: it fell by more than {panel.CREDIBLE_FALL:.0%}",
            value=count,
            unit="plans",
            source="published count",
            owner=DATA,
        )
        for _, year, count in counts.doubted
    ]
    return [
        *doubts,
        Assumption(name="January the futures start from", value=float(place.january), unit="year", source="last credible return", owner=DATA),
        Assumption(name="England's growth into its last January", value=last, unit="log per year", source=source),
        Assumption(name="What is left of England's growth a year later", value=(low + high) / 2, low=low, high=high, unit="share", source="least error in back-tests, January 2021 to 2025"),
        Assumption(name="Yearly shock to England's growth (standard deviation)", value=growth.england_sd, unit="log", source=source),
        Assumption(name="Own growth above England's, last year", value=place.apart[0], unit="log", source="published counts", owner=DATA),
        Assumption(name="Own growth above England's, the year before", value=place.apart[1], unit="log", source="published counts", owner=DATA),
        Assumption(name="Weight of own growth above England's, last year", value=growth.momentum[0], unit="share", source=source),
        Assumption(name="Weight of own growth above England's, the year before", value=growth.momentum[1], unit="share", source=source),
        Assumption(name="Error of an authority of this size in a year (scale)", value=error, low=-2.8 * error, high=2.8 * error, unit="log", source=source),
        Assumption(name="Ages, needs and settings at the start: own counts used", value=float(len(used)), unit="tables", source=", ".join(used) or "none: England's pattern", owner=DATA),
        Assumption(name="Rates of leaving, moving and joining by age, need and setting", value=float(england.pattern.year), unit="January", source=england.pattern_source),
        *assumption.pulls(trend.KIND_PULL, trend.NEED_PULL),
        Assumption(name="Residents by year group", value=None, unit="people", source=people.basis, owner=DATA if people.known else "Rightplace default"),
    ]  # fmt: skip
