"""The pooled rates of a model as a table, with the evidence behind each."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.model import Ladder, Model
from rightplace.forecast.cohort.space import GROUPS, Space
from rightplace.forecast.people.estimate import mean_share
from rightplace.forecast.result import RATES
from rightplace.vocabulary.year_group import FIRST, YEAR_GROUPS

Reals = NDArray[np.float64]


def table(model: Model, space: Space, joined: Reals, residents: Reals) -> pl.DataFrame:
    """Rates in the columns of ``Forecast.rates``.

    ``joined`` and ``residents`` (Y,) are the evidence on joining.
    """
    frames = [
        _shares("leaving", model.leaving, space),
        _shares("moving", model.moving, space),
        _destinations(model, space),
        _joining(model, joined, residents),
    ]
    return pl.concat(frames)


def _frame(columns: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame({name: columns.get(name) for name in RATES}, schema=RATES)


def _shares(name: str, ladder: Ladder, space: Space) -> pl.DataFrame:
    """Shares by year group and setting kind, all needs together."""
    from scipy.stats import beta

    year, mean, _ = mean_share(ladder)
    yes = ladder.weights[0] * year[:, None] + ladder.kind_yes
    no = ladder.weights[0] * (1.0 - year[:, None]) + ladder.kind_no
    kinds = len(space.kinds)
    return _frame(
        {
            "rate": [name] * mean.size,
            "year_group": np.repeat(np.array(YEAR_GROUPS), kinds),
            "setting": list(space.kinds) * GROUPS,
            "to": [None] * mean.size,
            "mean": mean.ravel(),
            "p2_5": _finite(beta.ppf(0.025, yes, no), mean),
            "p97_5": _finite(beta.ppf(0.975, yes, no), mean),
            "events": ladder.cell_yes.sum(axis=1).ravel(),
            "people": (ladder.cell_yes + ladder.cell_no).sum(axis=1).ravel(),
        }
    ).filter(pl.col("year_group") < FIRST + GROUPS - 1)


def _finite(points: Reals, mean: Reals) -> Reals:
    return np.where(np.isfinite(points), points, mean).ravel()


def _destinations(model: Model, space: Space) -> pl.DataFrame:
    """Shares of movers by where they go, for the year groups and settings that have movers."""
    weights = model.destinations.kind
    total = weights.sum(axis=2, keepdims=True)
    y, k, to = np.nonzero((weights > 0.01 * total) & (total > 0))
    moved = model.destinations.cell.sum(axis=1)
    names = np.array(space.kinds, dtype=object)
    return _frame(
        {
            "rate": ["destination"] * len(y),
            "year_group": y + FIRST,
            "setting": list(names[k]),
            "to": list(names[to]),
            "mean": (weights / np.maximum(total, 1e-12))[y, k, to],
            "events": moved[y, k, to],
            "people": moved.sum(axis=2)[y, k],
        }
    )


def _joining(model: Model, joined: Reals, residents: Reals) -> pl.DataFrame:
    from scipy.stats import gamma

    shape, rate = model.joining.rate.T
    per = 1000.0
    known = np.maximum(shape, 1e-12)
    return _frame(
        {
            "rate": ["joining"] * GROUPS,
            "year_group": list(YEAR_GROUPS),
            "mean": per * shape / rate,
            "p2_5": per * gamma.ppf(0.025, known) / rate,
            "p97_5": per * gamma.ppf(0.975, known) / rate,
            "events": joined,
            "people": residents,
        }
    )
