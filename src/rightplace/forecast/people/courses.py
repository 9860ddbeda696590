"""The courses of an area's futures: how joining, leaving and pulls move in each, year by year."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast import trend
from rightplace.forecast.chosen import JOINING_GROWTH, LEAVING_GROWTH, NOTHING, Choices, steered, without_slope
from rightplace.forecast.cohort import effects
from rightplace.forecast.cohort.effects import Effects
from rightplace.forecast.cohort.model import Paths
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root
from rightplace.forecast.draws.spread import normal
from rightplace.forecast.local_level import Drift, Level
from rightplace.forecast.people import asked, estimate, funnel, held
from rightplace.forecast.people.fitted import Fitted

Reals = NDArray[np.float64]

_RATES: Final = "forecast.joining"


def paths(fitted: Fitted, *, futures: int, years: int, seed: int, choices: Choices = NOTHING) -> Paths:
    """The courses of all futures, with the trends that were chosen in place of those estimated."""
    shape = {"futures": futures, "years": years, "seed": seed}
    return Paths(
        joining=_joining(fitted, choices, **shape),
        leaving=_leaving(fitted, choices, **shape),
        needs=fitted.needs.draw(**shape),
        kinds=fitted.kinds.draw(**shape),
        residents=fitted.ahead.people,
        totals=np.full((futures, years), -1, dtype=np.int64),
    )


def time_held(fitted: Fitted, futures: int, years: int) -> Effects | None:
    """What times held do to leaving in the first years; None where they are not known or change nothing."""
    if fitted.held is None:
        return None
    leaving = estimate.mean_share(fitted.model.leaving)[1]
    groups, needs, kinds = fitted.space.shape
    split = fitted.model.joining.split.reshape(groups, needs, kinds).sum(axis=1)
    joiners = fitted.joiners_expected()[:, None] * split / np.maximum(split.sum(axis=1, keepdims=True), 1e-300)
    found = held.effect(fitted.held, leaving, joiners, fitted.space, futures, years)
    return found if len(found.rate) else None


def both(one: Effects | None, other: Effects | None) -> Effects | None:
    """Effects of both, where there are any."""
    return effects.join(one, other) if one is not None and other is not None else one if other is None else other


def _leaving(fitted: Fitted, choices: Choices, *, futures: int, years: int, seed: int) -> Reals:
    damping, stream = choices.damping(trend.DAMPING), "forecast.leaving"
    shape = {"futures": futures, "years": years, "seed": seed}
    out = trend.paths(fitted.leaving, fitted.prior.leaving, damping, **shape, stream=stream)
    return steered(out, fitted.leaving, damping, choices.of(LEAVING_GROWTH), seed=seed, stream=stream)


def _joining(fitted: Fitted, choices: Choices, *, futures: int, years: int, seed: int) -> Reals:
    """Multipliers of joining: new plans by their trend, plans from elsewhere by one without a rise; the first year as the funnel has it."""
    shape = {"futures": futures, "years": years, "seed": seed}
    drift = fitted.prior.joining
    damping, slope = choices.damping(trend.DAMPING), choices.of(JOINING_GROWTH)
    out = trend.paths(fitted.joining, drift, damping, **shape, stream=_RATES)
    out = steered(out, fitted.joining, damping, slope, seed=seed, stream=_RATES)
    known = fitted.joining if slope is None else without_slope(fitted.joining)
    covariance = trend.with_first_year(known, drift, damping, years)
    if fitted.funnel is not None:
        seen = fitted.funnel.joiners(drift, asked.rise(fitted.seed_year, fitted.joining, damping, slope))
        foreseen = float(fitted.joiners_expected().sum())
        if seen[0] > 0 and foreseen > 0:
            noise = np.empty(futures)
            _normals(root(seed, "forecast.funnel"), noise)
            out = funnel.update(out, covariance, foreseen, seen, noise)
    if fitted.moved_area is not None:
        share = fitted.moved_area.share_of_last()
        level = np.array([fitted.joining.mean[0], 0.0])
        still = Level(mean=level, covariance=np.diag([fitted.joining.covariance[0, 0], 0.0]))
        flat = Drift(slope=0.0, slope_sd=0.0, step_sd=drift.step_sd, noise_sd=drift.noise_sd)
        elsewhere = trend.paths(still, flat, damping, **shape, stream="forecast.transfers")
        first = out[:, :1]
        out = (1.0 - share) * out + share * elsewhere
        out[:, :1] = first if fitted.funnel is not None else out[:, :1]
    return out


@compiled
def _normals(key: np.uint64, out: Reals) -> None:
    for future in range(len(out)):
        out[future] = normal(child(key, future), 0)
