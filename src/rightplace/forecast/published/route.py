"""The published-counts route: totals from the growth model, and who is behind them from the cohort engine."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.forecast import observed, rates
from rightplace.forecast.cohort.engine import EffectsOf, Mode, simulate
from rightplace.forecast.cohort.model import Model
from rightplace.forecast.people.route import Route
from rightplace.forecast.published import area as published
from rightplace.forecast.published import assumed
from rightplace.forecast.published.assumed import Basis
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.ready import ready
from rightplace.forecast.residents import Residents
from rightplace.progress import Progress, silent

METHOD: Final = (
    "The total grows as England grows, damped, and above or below it as the authority's own last growth, its requests and new "
    "plans of the last year per plan in force and the growth of its region foretell, each by the weight that would have "
    "served best in earlier years; errors are as large as they have been, lately above all. Shares of settings and "
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
    found = ready(la_code, history, population, england, years=years, futures=futures, seed=seed)
    space, january = england.pattern.space, found.place.january
    acting = effects(space, january) if effects is not None else None
    run = simulate(
        space, found.model, found.paths, found.start.people,
        seed=seed, effects=acting, mode=mode, progress=progress, threads=threads,
    )  # fmt: skip
    basis = Basis(
        history=history,
        counts=found.counts,
        place=found.place,
        england=england,
        people=found.people,
        shares=found.shares,
        used=found.start.used,
    )
    return Route(
        seed_year=january,
        futures=run,
        history=observed.of_history(history),
        rates=_rates(found.model, england, found.people),
        assumptions=assumed.of(basis),
        method=METHOD,
    )


def _rates(model: Model, england: Grounds, people: Residents) -> pl.DataFrame:
    shape = np.maximum(model.joining.rate[:, 0] - published.OWN_NEW, 0.0)
    return rates.table(model, england.pattern.space, shape, people.people[0])
