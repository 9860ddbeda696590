"""An authority made ready from its yearly counts: all that its futures are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from rightplace.errors import UserError
from rightplace.forecast import residents, trend
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.local_level import Level
from rightplace.forecast.published import area as published
from rightplace.forecast.published import panel, steer, steering, totals
from rightplace.forecast.published.area import Start
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.panel import Panel
from rightplace.forecast.published.shares_ahead import Known
from rightplace.forecast.published.totals import Standing
from rightplace.forecast.residents import Residents


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What an authority's futures start from, draw from and are led by; ``shares`` are those that could be foretold."""

    counts: Panel
    place: Standing
    people: Residents
    shares: dict[str, Known]
    start: Start
    model: Model
    paths: Paths


def ready(
    la_code: str, history: pl.DataFrame, population: pl.DataFrame, england: Grounds,
    *, years: int, futures: int, seed: int,
) -> Ready:  # fmt: skip
    """An authority ready for its futures, ``years`` Januaries beyond the last that has a row in its history.

    Raises ``UserError`` where no January total is published.
    """
    counts, place = _standing(la_code, history, england)
    last = counts.years[-1] + years
    people = residents.each_january(population, list(range(place.january, last + 1)))
    shares = steering.known(history, england, place.january)
    earlier = steering.carried(shares, place.january, england.pattern.space.kinds)
    start = published.start(history, place.january, round(place.plans), england.pattern, earlier)
    model, to = published.model(history, place.january, people.people[0], england.pattern, start.fitted)
    paths = _paths(place, england, people, last=last, futures=futures, seed=seed, led="setting" in shares)
    if shares:
        kinds = england.pattern.space.kinds
        wanted = steering.wanted(la_code, shares, place.january, kinds, paths.totals, paths.leaving, seed)
        mean = published.mean_rates(model, to)
        mean = mean._replace(join=mean.join * paths.residents)
        of_kinds, of_ages = steer.pulls(start.people.sum(axis=1).astype(np.float64), mean, wanted)
        paths = paths._replace(kinds=of_kinds if "setting" in shares else paths.kinds, ages=of_ages)
    return Ready(counts=counts, place=place, people=people, shares=shares, start=start, model=model, paths=paths)


def _paths(place: Standing, england: Grounds, people: Residents, *, last: int, futures: int, seed: int, led: bool) -> Paths:  # fmt: skip
    """What every future follows, before settings, where they are ``led``, and ages are led to shares."""
    space = england.pattern.space
    shape: dict[str, Any] = {"futures": futures, "years": last - place.january, "seed": seed}
    level = Level(mean=np.zeros(2), covariance=np.zeros((2, 2)))
    kinds = np.ones((futures, shape["years"], len(space.kinds)))
    if not led:
        kinds = trend.pulls(space.kinds, trend.KIND_PULL, **shape, stream="forecast.kinds")
    return Paths(
        joining=np.ones((futures, shape["years"])),
        leaving=trend.paths(level, trend.LEAVING, trend.DAMPING, **shape, stream="forecast.leaving"),
        needs=trend.pulls(space.needs, trend.NEED_PULL, **shape, stream="forecast.needs"),
        kinds=kinds,
        residents=people.people[1:],
        totals=totals.draw(place, england.growth, last=last, futures=futures, seed=seed),
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
