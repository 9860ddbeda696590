"""Everything that is estimated of an area before any future is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast import residents
from rightplace.forecast.assumption import Assumption
from rightplace.forecast.cohort import space
from rightplace.forecast.cohort.model import Joining, Model
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.local_level import Level
from rightplace.forecast.people import (
    beside,
    checked,
    estimate,
    funnel,
    held,
    kind_pulls,
    longer,
    moved_area,
    priors,
    pulling,
    response,
    standing,
    tally,
)
from rightplace.forecast.people.beside import Beside
from rightplace.forecast.people.funnel import Funnel
from rightplace.forecast.people.held import Held
from rightplace.forecast.people.kind_pulls import KindPulls
from rightplace.forecast.people.longer import Longer
from rightplace.forecast.people.moved_area import MovedArea
from rightplace.forecast.people.priors import Priors
from rightplace.forecast.people.pulling import Pulls
from rightplace.forecast.people.tally import Tally
from rightplace.forecast.people.transitions import Transitions
from rightplace.forecast.residents import Residents

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The model as it is shown (``model``) and as it is drawn from under pulls (``pulled``), and what else the futures need.

    ``seed_year`` is the January the futures start from, ``exposure`` (Y,) are the residents behind the joining rates; ``england`` says whether England's pattern was used; ``doubts`` say what
    could not be as it was given.
    """

    seed_year: int
    space: Space
    counted: Tally
    prior: Priors
    model: Model
    pulled: Model
    joining: Level
    leaving: Level
    kinds: KindPulls
    needs: Pulls
    exposure: Reals
    ahead: Residents
    england: bool
    longer: Longer | None
    funnel: Funnel | None
    held: Held | None
    moved_area: MovedArea | None
    doubts: list[Assumption]

    def joiners_expected(self) -> Reals:
        """Joiners expected of each year group in the first year at the pooled rates (Y,)."""
        return _joiners(self.model.joining, self.ahead)


def fit(transitions: Transitions, population: pl.DataFrame, known: Beside, years: int) -> Fitted:
    """The estimates of an area from its counted changes, its population table and what is known beside them."""
    states = _space(transitions)
    counted = tally.of(transitions, states)
    prior = priors.known_by(transitions.seed_year)
    pattern = beside.pattern_on(known.pattern, states)
    before = longer.of(known.history, counted.years, counted.joiners.sum(axis=1))
    lived, doubts = _residents(transitions, counted, population, before, years)
    earlier = (before, lived[2]) if before is not None else None
    unseen = transitions.seed_year - 1 - counted.years[-1]
    joining, level, exposure = standing.joining(counted, lived[0], prior.joining, pattern, earlier, unseen)
    model = Model(
        leaving=estimate.ladder(counted.left, counted.people, england=None if pattern is None else pattern.leave),
        moving=estimate.ladder(counted.moved.sum(axis=3), counted.stayed, _pressed(counted), tally.transfers()),
        destinations=estimate.destinations(counted),
        need_changes=estimate.need_changes(counted),
        joining=joining,
    )
    answer = response.of(tally.stock(transitions, states).astype(np.float64), model, _joiners(joining, lived[1]))
    needs = pulling.of_needs(counted, states.needs, prior.turning, years)
    return Fitted(
        seed_year=transitions.seed_year,
        space=states,
        counted=counted,
        prior=prior,
        model=model,
        pulled=model._replace(joining=pulling.keep_joiners(joining, needs)),
        joining=level,
        leaving=standing.leaving(counted, model.leaving, prior.leaving, unseen),
        kinds=kind_pulls.of(counted, states.kinds, model, answer, prior.turning, years),
        needs=needs,
        exposure=exposure,
        ahead=lived[1],
        doubts=[*checked.returns(transitions), *doubts],
        england=pattern is not None,
        longer=before,
        funnel=_funnel(known, counted, transitions.seed_year),
        held=held.of(known.census, known.plans, states, estimate.mean_share(model.leaving)[1]),
        moved_area=moved_area.of(known.census, known.plans, counted.years),
    )


def _residents(
    transitions: Transitions, counted: Tally, population: pl.DataFrame, before: Longer | None, years: int
) -> tuple[list[Residents], list[Assumption]]:
    """Residents of the Januaries of evidence, of those to come, and of earlier published years."""
    januaries = (
        [year + 1 for year in counted.years],
        [transitions.seed_year + t + 1 for t in range(years)],
        [year + 1 for year in (before.years if before else counted.years)],
    )
    return checked.residents(counted, [residents.each_january(population, part) for part in januaries])


def _funnel(known: Beside, counted: Tally, january: int) -> Funnel | None:
    joined = dict(zip([year + 1 for year in counted.years], counted.joiners.sum(axis=1).tolist(), strict=True))
    return funnel.of(known.requests, known.assessments, known.plans, known.people, joined, january)


def _joiners(joining: Joining, ahead: Residents) -> Reals:
    shape, rate = joining.rate.T
    out: Reals = ahead.people[0] * shape / rate
    return out


def _space(transitions: Transitions) -> Space:
    return space.of(
        [*transitions.stock["need"].unique(), *transitions.changes["to_need"].drop_nulls().unique()],
        [*transitions.stock["kind"].unique(), *transitions.changes["to_kind"].drop_nulls().unique()],
    )


def _pressed(counted: Tally) -> Reals:
    """How surely each kind must be left on the way to the next year group (Y, K)."""
    unfit = estimate.unfit(counted.stock)
    return np.concatenate([unfit[1:], np.zeros_like(unfit[:1])])
