"""An authority made ready from its yearly counts: all that its futures are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from rightplace.errors import UserError
from rightplace.forecast import residents
from rightplace.forecast.cohort.model import Model
from rightplace.forecast.published import area as published
from rightplace.forecast.published import courses, panel, steering, totals
from rightplace.forecast.published.area import Start
from rightplace.forecast.published.courses import Courses
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
    paths: Courses


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
    lead = None
    if shares:
        mean = published.mean_rates(model, to)
        mean = mean._replace(join=mean.join * people.people[1:])
        plans = start.people.sum(axis=1).astype(np.float64)
        lead = steering.lead(la_code, shares, place.january, england.pattern.space.kinds, plans, mean, seed)
    of_totals = totals.ahead(place, england.growth, last=last, seed=seed)
    paths = courses.of(of_totals, england.pattern.space, people.people[1:], lead, futures=futures, seed=seed)
    return Ready(counts=counts, place=place, people=people, shares=shares, start=start, model=model, paths=paths)


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
