"""The pulls of kinds of setting and of needs in every future, and rates that keep their means under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast import trend
from rightplace.forecast.cohort.model import Destinations, Joining
from rightplace.forecast.people import standing, turning
from rightplace.forecast.people.priors import TURNING_WORTH
from rightplace.forecast.people.tally import Tally
from rightplace.forecast.people.turning import FREEDOM, LARGEST, Turning

Reals = NDArray[np.float64]

_LEAST_TURNOVER: Final = 0.05
"""Least share of a kind's plans that is taken to come or move away in a year."""
_REFERENCE: Final = 2000
_REACH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulls:
    """Pulls of kinds, or of needs among joiners. ``scales`` (2, K): held and yearly, in logs.

    ``own`` is the factor on the prior turns that the area's own years gave. ``reference`` (draws, years, K) are draws, always the same, that means are
    taken over.
    """

    names: tuple[str, ...]
    stream: str
    scales: Reals
    own: float
    reference: Reals

    def draw(self, *, futures: int, years: int, seed: int) -> Reals:
        """Pulls (futures, years, K), whose inverse has mean 1."""
        shape = {"futures": futures, "years": years, "seed": seed}
        turned = _turns(self.names, self.scales, **shape, stream=self.stream)
        out: Reals = np.exp(turned) * self._centre()[:years]
        return out

    def _centre(self) -> Reals:
        out: Reals = np.exp(-self.reference).mean(axis=0)
        return out

    def kept(self, rows: Reals) -> Reals:
        """Rows of weights of kinds (..., K), changed so that their shares have, pulled, the mean that they have unpulled."""
        flat = rows.reshape(-1, rows.shape[-1])
        total = flat.sum(axis=1, keepdims=True)
        known = total[:, 0] > 0
        pulls = (np.exp(self.reference) * self._centre())[:, :_REACH].reshape(-1, flat.shape[1])
        out = flat.copy()
        shares = flat[known] / total[known]
        factors = turning.counterweights(shares, pulls)
        out[known] = total[known] * shares * factors / (shares * factors).sum(axis=1, keepdims=True)
        return out.reshape(rows.shape)


def of_kinds(counted: Tally, kinds: tuple[str, ...], expected: Reals, prior: Turning, years: int) -> Pulls:
    """Pulls of kinds from the prior and the area's own years. ``expected`` (T, K): people foreseen in each kind by the pooled rates."""
    size = _mean_stock(counted, (0, 1))
    unit = _unit(size, expected.mean(axis=0) + counted.movers.sum(axis=1).mean(axis=0))
    own = turning.own_factor(counted.came, expected, prior.yearly * unit, TURNING_WORTH)
    return _pulls(kinds, "forecast.kinds", counted, prior.times(own), own, unit, years)


def of_needs(counted: Tally, needs: tuple[str, ...], prior: Turning, years: int) -> Pulls:
    """Pulls of needs among joiners. Needs are taken to turn as kinds do: theirs are published for one January only."""
    joined = counted.joined.sum(axis=(0, 2)) / standing.weights(counted).sum()
    unit = _unit(_mean_stock(counted, (0, 2)), joined)
    return _pulls(needs, "forecast.needs", counted, prior, 1.0, unit, years)


def _mean_stock(counted: Tally, over: tuple[int, int]) -> Reals:
    out: Reals = np.maximum(counted.stock.sum(axis=over) / (len(counted.years) + 1.0), 1.0)
    return out


def _unit(size: Reals, flow: Reals) -> Reals:
    """What turns a scale of plans in place, for one person, into one of a pull on those who come and go."""
    out: Reals = 1.0 / (np.sqrt(size) * np.maximum(flow / size, _LEAST_TURNOVER))
    return out


def _pulls(
    names: tuple[str, ...], stream: str, counted: Tally, turn: Turning, own: float, unit: Reals, years: int
) -> Pulls:
    scales = np.array(turn.once_seen(float(standing.weights(counted).sum())))[:, None] * unit
    reference = _turns(names, scales, futures=_REFERENCE, years=years, seed=0, stream=f"{stream}.reference")
    return Pulls(names=names, stream=stream, scales=scales, own=own, reference=reference)


def expected(counted: Tally, destinations: Destinations, joining: Joining) -> Reals:
    """People who would have come into each kind in each year (T, K) by the pooled rates, given how many joined and moved."""
    groups, kinds = counted.movers.shape[1:]
    by_kind = joining.split.reshape(groups, -1, kinds).sum(axis=1)
    split = by_kind / np.maximum(by_kind.sum(axis=1, keepdims=True), 1e-300)
    to = destinations.kind / np.maximum(destinations.kind.sum(axis=2, keepdims=True), 1e-300)
    out: Reals = counted.joiners @ split + np.einsum("tyk,ykl->tl", counted.movers, to)
    return out


def keep_destinations(destinations: Destinations, pulls: Pulls) -> Destinations:
    """Destinations that under the pulls go, on average, where they would without."""
    factor = _factor(pulls, destinations.kind)
    return destinations._replace(kind=destinations.kind * factor, cell=destinations.cell * factor[:, None])


def keep_joiners(joining: Joining, kinds: Pulls, needs: Pulls) -> Joining:
    """Needs and kinds of joiners that are, under the pulls, on average what they would be without."""
    split = joining.split.reshape(len(joining.split), len(needs.names), len(kinds.names))
    kept = split * _factor(kinds, split.sum(axis=1))[:, None, :] * _factor(needs, split.sum(axis=2))[:, :, None]
    total = split.sum(axis=(1, 2), keepdims=True)
    kept = (kept * total / np.maximum(kept.sum(axis=(1, 2), keepdims=True), 1e-300)).reshape(joining.split.shape)
    return joining._replace(split=kept)


def _factor(pulls: Pulls, rows: Reals) -> Reals:
    return np.divide(pulls.kept(rows), rows, out=np.ones_like(rows), where=rows > 0)


def _turns(names: tuple[str, ...], scales: Reals, *, futures: int, years: int, seed: int, stream: str) -> Reals:
    held, yearly = scales
    return trend.turns(names, held, yearly, FREEDOM, LARGEST, futures=futures, years=years, seed=seed, stream=stream)
