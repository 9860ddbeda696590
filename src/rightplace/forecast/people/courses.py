"""The courses of an area's futures: how joining, leaving and pulls move in each, year by year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast import trend
from rightplace.forecast.chosen import JOINING_GROWTH, LEAVING_GROWTH, NOTHING, Choices, steered, without_slope
from rightplace.forecast.cohort import effects
from rightplace.forecast.cohort.effects import Acts
from rightplace.forecast.cohort.model import Paths
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root
from rightplace.forecast.draws.spread import normal
from rightplace.forecast.local_level import Drift, Level
from rightplace.forecast.people import asked, estimate, funnel, held
from rightplace.forecast.people.asked import Rise
from rightplace.forecast.people.fitted import Fitted
from rightplace.forecast.people.kind_pulls import PulledKinds
from rightplace.forecast.people.pulling import Pulled
from rightplace.forecast.trend import Law, Trend

Reals = NDArray[np.float64]

_RATES: Final = "forecast.joining"


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """The law of multipliers of joining: new plans by their ``trend``, a ``share`` that comes with a plan by one without a rise, and
    the first year as the funnel has it, where one is known."""

    trend: Law
    seen: Seen | None
    share: float
    elsewhere: Trend | None

    def draw(self, first: int, last: int) -> Reals:
        """Multipliers (futures, years) of futures ``first`` to ``last`` (not included)."""
        out = self.trend.draw(first, last)
        if self.seen is not None:
            out = self.seen.update(out, first)
        if self.elsewhere is None:
            return out
        mixed = (1.0 - self.share) * out + self.share * self.elsewhere.draw(first, last)
        if self.seen is not None:
            mixed[:, :1] = out[:, :1]
        return mixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Joiners of the first year as the funnel has them: ``joiners`` is their mean and variance, ``covariance`` and ``foreseen`` are as in
    :func:`rightplace.forecast.people.funnel.update`."""

    key: np.uint64
    covariance: Reals
    foreseen: float
    joiners: tuple[float, float]

    def update(self, drawn: Reals, first: int) -> Reals:
        """Multipliers drawn for the futures from ``first`` on, once the funnel has been seen."""
        noise = np.empty(len(drawn))
        _normals(self.key, first, noise)
        return funnel.update(drawn, self.covariance, self.foreseen, self.joiners, noise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """The courses of an area's futures, to be drawn (:class:`rightplace.forecast.cohort.model.Courses`)."""

    futures: int
    years: int
    joining: Joining
    leaving: Law
    needs: Pulled
    kinds: PulledKinds
    residents: Reals

    def draw(self, first: int, last: int) -> Paths:
        """The paths of futures ``first`` to ``last`` (not included)."""
        return Paths(
            joining=self.joining.draw(first, last),
            leaving=self.leaving.draw(first, last),
            needs=self.needs.draw(first, last),
            kinds=self.kinds.draw(first, last),
            residents=self.residents,
            totals=np.full((last - first, self.years), -1, dtype=np.int64),
        )


def of(fitted: Fitted, *, futures: int, years: int, seed: int, choices: Choices = NOTHING) -> Courses:
    """The courses of all futures, with the trends that were chosen in place of those estimated."""
    shape = {"years": years, "seed": seed}
    return Courses(
        futures=futures,
        years=years,
        joining=_joining(fitted, choices, **shape),
        leaving=_leaving(fitted, choices, **shape),
        needs=fitted.needs.law(**shape),
        kinds=fitted.kinds.law(**shape),
        residents=fitted.ahead.people,
    )


def time_held(fitted: Fitted, years: int) -> Acts | None:
    """What times held do to leaving in the first years; None where they are not known or change nothing."""
    if fitted.held is None:
        return None
    leaving = estimate.mean_share(fitted.model.leaving)[1]
    groups, needs, kinds = fitted.space.shape
    split = fitted.model.joining.split.reshape(groups, needs, kinds).sum(axis=1)
    joiners = fitted.joiners_expected()[:, None] * split / np.maximum(split.sum(axis=1, keepdims=True), 1e-300)
    found = held.effect(fitted.held, leaving, joiners, fitted.space, years)
    return found if len(found.rate) else None


def both(one: Acts | None, other: Acts | None) -> Acts | None:
    """Effects of both, where there are any."""
    return effects.join(one, other) if one is not None and other is not None else one if other is None else other


def _leaving(fitted: Fitted, choices: Choices, *, years: int, seed: int) -> Law:
    damping, stream = choices.damping(trend.DAMPING), "forecast.leaving"
    usual = trend.paths(fitted.leaving, fitted.prior.leaving, damping, years=years, seed=seed, stream=stream)
    return steered(usual, choices.of(LEAVING_GROWTH), seed=seed, stream=stream)


def _joining(fitted: Fitted, choices: Choices, *, years: int, seed: int) -> Joining:
    drift, damping = fitted.prior.joining, choices.damping(trend.DAMPING)
    slope = choices.of(JOINING_GROWTH)
    usual = trend.paths(fitted.joining, drift, damping, years=years, seed=seed, stream=_RATES)
    known = fitted.joining if slope is None else without_slope(fitted.joining)
    rise = asked.rise(fitted.seed_year, fitted.joining, damping, slope)
    share, elsewhere = 0.0, None
    if fitted.moved_area is not None:
        share = fitted.moved_area.share_of_last()
        level = np.array([fitted.joining.mean[0], 0.0])
        still = Level(mean=level, covariance=np.diag([fitted.joining.covariance[0, 0], 0.0]))
        flat = Drift(slope=0.0, slope_sd=0.0, step_sd=drift.step_sd, noise_sd=drift.noise_sd)
        elsewhere = trend.paths(still, flat, damping, years=years, seed=seed, stream="forecast.transfers")
    return Joining(
        trend=steered(usual, slope, seed=seed, stream=_RATES),
        seen=_seen(fitted, trend.with_first_year(known, drift, damping, years), rise, seed),
        share=share,
        elsewhere=elsewhere,
    )


def _seen(fitted: Fitted, covariance: Reals, rise: Rise, seed: int) -> Seen | None:
    """What the funnel says of the first year; None where there is none, or nobody is foreseen."""
    if fitted.funnel is None:
        return None
    joiners = fitted.funnel.joiners(fitted.prior.joining, rise)
    foreseen = float(fitted.joiners_expected().sum())
    if joiners[0] <= 0 or foreseen <= 0:
        return None
    return Seen(key=root(seed, "forecast.funnel"), covariance=covariance, foreseen=foreseen, joiners=joiners)


@compiled
def _normals(key: np.uint64, first: int, out: Reals) -> None:
    for future in range(len(out)):
        out[future] = normal(child(key, first + future), 0)
