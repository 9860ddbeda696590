"""The published-counts route: totals from the growth model, and who is behind them from the cohort engine."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast import observed, rates, residents, trend
from rightplace.forecast.cohort.engine import EffectsOf, Mode, simulate
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.local_level import Level
from rightplace.forecast.people.route import Route
from rightplace.forecast.published import area as published
from rightplace.forecast.published import assumed, panel, steer, steering, totals
from rightplace.forecast.published.assumed import Basis
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.panel import Panel
from rightplace.forecast.published.totals import Standing
from rightplace.forecast.residents import Residents
from rightplace.progress import Progress, silent

Reals = NDArray[np.float64]

METHOD: Final = (
    "The total grows as England grows, damped, and above or below it as the authority's own last growth, its requests and new "
    "plans of the last year per plan in force and the growth of its region foretell, each by the weight that would have "
    "served best in earlier years; errors are as large as they have been for authorities of this size. Shares of settings and "
    "of age bands start from the last that are published, go back a little towards England's, follow part of England's last "
    "change, and walk at random as far as such forecasts have been wrong in earlier years. Who is behind them is worked out in "
    "whole people: those with plans grow older and leave at England's published rates by age, adjusted to how often plans "
    "cease here; new plans make up the total, with the ages, needs and settings of the area's own new plans so far as they are "
    "published; the fewest moves and changes of recorded need are made that keep each year group's mix of settings and "
    "needs as it now is here; and in each future, leaving, joining and moving are pulled so that settings and age bands come to "
    "the shares drawn. Moves of plans between authorities are netted out, so joiners and leavers are fewer than DfE's counts of "
    "new and ceased plans."
)


def forecast(
    la_code: str, history: pl.DataFrame, population: pl.DataFrame, england: Grounds,
    *, years: int, futures: int, seed: int, progress: Progress = silent, threads: int | None = None,
    effects: EffectsOf | None = None, mode: Mode = "cohort",
) -> Route:  # fmt: skip
    """Futures of an authority from its yearly counts.

    Raises ``UserError`` where no January total is published.
    """
    counts, place = _standing(la_code, history, england)
    last = counts.years[-1] + years
    januaries = list(range(place.january + 1, last + 1))
    people = residents.each_january(population, [place.january, *januaries])
    shares = steering.known(history, england, place.january)
    states = england.pattern.space
    kinds = states.kinds
    earlier = steering.carried(shares, place.january, kinds)
    start = published.start(history, place.january, round(place.plans), england.pattern, earlier)
    model = published.model(history, place.january, people.people[0], england.pattern, start.fitted)
    drawn = totals.draw(place, england.growth, last=last, futures=futures, seed=seed)
    shape = {"futures": futures, "years": len(januaries), "seed": seed}
    level = Level(mean=np.zeros(2), covariance=np.zeros((2, 2)))
    leaving = trend.paths(level, trend.LEAVING, trend.DAMPING, **shape, stream="forecast.leaving")
    paths = Paths(
        joining=np.ones((futures, len(januaries))),
        leaving=leaving,
        needs=trend.pulls(states.needs, trend.NEED_PULL, **shape, stream="forecast.needs"),
        kinds=trend.pulls(kinds, trend.KIND_PULL, **shape, stream="forecast.kinds"),
        residents=people.people[1:],
        totals=drawn,
    )
    if shares:
        wanted = steering.wanted(la_code, shares, place.january, kinds, drawn, leaving, seed)
        mean = published.mean_rates(model, len(kinds))
        mean = mean._replace(join=mean.join * paths.residents)
        of_kinds, of_ages = steer.pulls(start.people.sum(axis=1).astype(np.float64), mean, wanted)
        paths = paths._replace(kinds=of_kinds if "setting" in shares else paths.kinds, ages=of_ages)
    acting = effects(states, place.january) if effects is not None else None
    run = simulate(
        states, model, paths, start.people, seed=seed, effects=acting, mode=mode, progress=progress, threads=threads
    )
    return Route(
        seed_year=place.january,
        futures=run,
        history=observed.of_history(history),
        rates=_rates(model, england, people),
        assumptions=assumed.of(
            Basis(
                history=history,
                counts=counts,
                place=place,
                england=england,
                people=people,
                shares=shares,
                used=start.used,
            )
        ),
        method=METHOD,
    )


def _standing(la_code: str, history: pl.DataFrame, england: Grounds) -> tuple[Panel, Standing]:
    here = history.filter(pl.col("dimension") == "total").with_columns(la_code=pl.lit(la_code))
    flows = here.filter(pl.col("measure").is_in(panel.FLOWS))
    counts = panel.of(here.filter(pl.col("measure") == "plans"), flows)
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
