"""Where joining and leaving stand now against an area's pooled rates, and how sure that is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast import trend
from rightplace.forecast.cohort.model import Joining, Ladder
from rightplace.forecast.local_level import Drift, Level, carried
from rightplace.forecast.people import estimate, tally
from rightplace.forecast.people.longer import Longer
from rightplace.forecast.people.tally import Tally
from rightplace.forecast.published.pattern import Pattern
from rightplace.forecast.residents import Residents

Reals = NDArray[np.float64]


def weights(counted: Tally) -> Reals:
    """Weight of each pair of Januaries (T,); the last counts 1."""
    ages = len(counted.years) - 1.0 - np.arange(len(counted.years))
    out: Reals = np.power(tally.RECENCY, ages, dtype=np.float64)
    return out


def joining(
    counted: Tally,
    seen: Residents,
    prior: Drift,
    england: Pattern | None = None,
    earlier: tuple[Longer, Residents] | None = None,
    unseen: int = 0,
) -> tuple[Joining, Level, Reals]:
    """Joining rates, where joining stands against them now, and the residents behind them.

    ``earlier`` are published new plans of years before the first return, and residents then: they tell where joining stands and how it
    rises, not who joins. ``unseen`` years lie between the last pair of returns and the January the futures start from.
    """
    by_year = weights(counted)[:, None]
    behind = np.maximum((by_year * seen.people).sum(axis=0), 1.0)
    rate = (by_year * counted.joiners).sum(axis=0) / behind
    expected = seen.people @ rate
    index = np.maximum(counted.joiners.sum(axis=1), 0.5) / np.maximum(expected, 0.5)
    exposure = np.maximum((by_year * seen.people * index[:, None]).sum(axis=0), 1e-6)
    model = estimate.joining(counted, exposure, england)
    level = carried(_level(counted, expected, prior, earlier, rate), prior, unseen)
    shape, per = model.rate.T
    mean = seen.people[-1] * shape / per
    return model, _less(level, float((mean**2 / shape).sum() / max(mean.sum(), 1e-9) ** 2)), exposure


def _level(
    counted: Tally, expected: Reals, prior: Drift, earlier: tuple[Longer, Residents] | None, rate: Reals
) -> Level:
    if earlier is None:
        return trend.level(counted.joiners.sum(axis=1), expected, counted.years, prior)
    longer, residents = earlier
    joined = np.concatenate([longer.joiners, counted.joiners.sum(axis=1)])
    extra = np.concatenate([np.full(len(longer.years), longer.variance), np.zeros(len(expected))])
    every = np.concatenate([residents.people @ rate, expected])
    return trend.level(joined, every, (*longer.years, *counted.years), prior, extra)


def leaving(counted: Tally, shares: Ladder, prior: Drift, unseen: int = 0) -> Level:
    """Where leaving stands now against the pooled rates of all years."""
    share = estimate.mean_share(shares)[2]
    expected = (counted.at_risk * share).sum(axis=(1, 2, 3))
    level = carried(trend.level(counted.leavers, expected, counted.years, prior), prior, unseen)
    return _less(level, 1.0 / max(float(weights(counted) @ counted.leavers), 1.0))


def _less(level: Level, variance: float) -> Level:
    """The level without the ``variance`` of its counts that the rates, drawn beside it, already have."""
    covariance = level.covariance.copy()
    tied = covariance[0, 1] ** 2 / covariance[1, 1] if covariance[1, 1] > 0 else 0.0
    covariance[0, 0] = max(covariance[0, 0] - variance, tied)
    return Level(mean=level.mean, covariance=covariance)
