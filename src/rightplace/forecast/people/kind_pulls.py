"""The pulls of kinds of setting in every future, such that the numbers in them turn as those of authorities have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast import trend
from rightplace.forecast.cohort.model import Model
from rightplace.forecast.people import estimate, response, standing, turning
from rightplace.forecast.people.priors import TURNING_WORTH
from rightplace.forecast.people.response import Response
from rightplace.forecast.people.tally import Tally
from rightplace.forecast.people.turning import FREEDOM, Turning
from rightplace.forecast.trend import Turns

Reals = NDArray[np.float64]

_STREAM: Final = "forecast.kinds"
_REFERENCE: Final = 2000
_ROUNDS: Final = 8
_ANY: Final = 1e9
"""Single years' turns are not limited: what they come to is, by ``turning.of_start``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPulls:
    """Turns of the numbers in kinds, and the pulls that make them. ``scales`` (2, K): held and yearly, in log odds.

    ``own`` is the factor on the prior turns that the area's own years gave. ``usual`` (years, K) are the plans expected without pulls;
    ``centre`` (years, K) is added to turns so that as many are expected with them.
    """

    names: tuple[str, ...]
    scales: Reals
    own: float
    response: Response
    usual: Reals
    centre: Reals

    def law(self, *, years: int, seed: int) -> PulledKinds:
        """The law of pulls (futures, years, K), for at most as many years as there are ``usual``."""
        turns = _turns(self.names, self.scales, years=years, seed=seed, stream=_STREAM)
        return PulledKinds(turns=turns, response=self.response, usual=self.usual[:years], centre=self.centre[:years])


@dataclass(frozen=True, slots=True, kw_only=True)
class PulledKinds:
    """The law of the pulls that make numbers in kinds turn by ``turns`` from ``usual`` (years, K); the rest is as in :class:`KindPulls`."""

    turns: Turns
    response: Response
    usual: Reals
    centre: Reals

    def draw(self, first: int, last: int) -> Reals:
        """Pulls of futures ``first`` to ``last`` (not included)."""
        turned = _added(self.turns.draw(first, last)) + self.centre
        out: Reals = np.exp(response.pulls(self.response, _wanted(self.usual, turned))[0])
        return out


def of(counted: Tally, kinds: tuple[str, ...], model: Model, found: Response, prior: Turning, years: int) -> KindPulls:
    """Pulls of kinds from the prior and the area's own years, where they are answered as ``found`` says."""
    size = np.maximum(counted.stock.sum(axis=(0, 1)) / (len(counted.years) + 1.0), 1.0)
    one = np.array(prior.once_seen(float(standing.weights(counted).sum())))[:, None] / np.sqrt(size)
    usual = response.unpulled(found, years)
    reached, _ = _centred(kinds, one, found, usual[:1])
    variance = reached[:, 0].var(axis=0) / np.maximum(usual[0], 1e-300) ** 2
    own = turning.own_factor(*seen_turns(counted, model), variance, TURNING_WORTH)
    return KindPulls(
        names=kinds,
        scales=own * one,
        own=own,
        response=found,
        usual=usual,
        centre=_centred(kinds, own * one, found, usual)[1],
    )


def seen_turns(counted: Tally, model: Model) -> tuple[Reals, Reals, Reals]:
    """Plans in each kind at the end of each year (T, K), those expected at the pooled rates given how many joined and moved, and the
    variance that chance gives them.

    A year starts from where the year before ended as it was told then: where the next return tells the same January otherwise, that is a turn too.
    """
    leaving, moving = (estimate.mean_share(shares)[2] for shares in (model.leaving, model.moving))
    start = counted.told[:, 0].copy()
    follows = np.diff(counted.years) == 1
    start[1:][follows] = counted.told[:-1, 1][follows]
    stays = (counted.at_risk * (1.0 - leaving) * (1.0 - moving)).sum(axis=(1, 2)) / np.maximum(counted.told[:, 0], 1.0)
    comes = _came(counted, model)
    expected = start * stays + comes
    share = (counted.told[:, 1].sum(axis=1) / np.maximum(expected.sum(axis=1), 1e-300))[:, None]
    return counted.told[:, 1], expected * share, start * stays * (1.0 - stays) + comes


def _came(counted: Tally, model: Model) -> Reals:
    """People who would have come into each kind in each year (T, K) by the pooled rates, given how many joined and moved."""
    groups, kinds = counted.movers.shape[1:]
    by_kind = model.joining.split.reshape(groups, -1, kinds).sum(axis=1)
    split = by_kind / np.maximum(by_kind.sum(axis=1, keepdims=True), 1e-300)
    to = model.destinations.kind / np.maximum(model.destinations.kind.sum(axis=2, keepdims=True), 1e-300)
    out: Reals = counted.joiners @ split + np.einsum("tyk,ykl->tl", counted.movers, to)
    return out


def _turns(names: tuple[str, ...], scales: Reals, *, years: int, seed: int, stream: str) -> Turns:
    return trend.turns(names, scales[0], scales[1], FREEDOM, _ANY, years=years, seed=seed, stream=stream)


def _added(yearly: Reals) -> Reals:
    """Turns up to each year, in log odds (futures, years, K), from those of each year."""
    return turning.of_start(np.cumsum(yearly, axis=1))


def _wanted(usual: Reals, turned: Reals) -> Reals:
    """Plans in each kind (futures, years, K) once the log odds of being in it have turned."""
    total = usual.sum(axis=1, keepdims=True)
    share = usual / np.maximum(total, 1e-300)
    odds = share * np.exp(turned)
    out: Reals = total * odds / (1.0 - share + odds)
    return out


def _centred(names: tuple[str, ...], scales: Reals, found: Response, usual: Reals) -> tuple[Reals, Reals]:
    """Numbers under reference turns, always the same (draws, years, K), and what is added to turns so that numbers keep their means.

    Found by repeating: centre += log(usual / mean under the pulls).
    """
    yearly = _turns(names, scales, years=len(usual), seed=0, stream=f"{_STREAM}.reference")
    turned = _added(yearly.draw(0, _REFERENCE))
    centre, reached = np.zeros_like(usual), turned
    for _ in range(_ROUNDS):
        _, reached = response.pulls(found, _wanted(usual, turned + centre))
        centre += np.log(np.maximum(usual, 1e-9) / np.maximum(reached.mean(axis=0), 1e-9))
    return reached, centre
