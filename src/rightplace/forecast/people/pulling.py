"""The pulls of needs among joiners in every future, and shares that keep their means under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast import trend
from rightplace.forecast.cohort.model import Joining
from rightplace.forecast.people import standing, turning
from rightplace.forecast.people.tally import Tally
from rightplace.forecast.people.turning import FREEDOM, LARGEST, Turning
from rightplace.forecast.trend import Turns

Reals = NDArray[np.float64]

_STREAM: Final = "forecast.needs"
_LEAST_TURNOVER: Final = 0.05
"""Least share of a need's plans that is taken to join in a year."""
_REFERENCE: Final = 2000
_REACH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """The law of pulls (futures, years, N): ``turns`` in logs, times ``centre`` (years, N)."""

    turns: Turns
    centre: Reals

    def draw(self, first: int, last: int) -> Reals:
        """Pulls of futures ``first`` to ``last`` (not included)."""
        out: Reals = np.exp(self.turns.draw(first, last)) * self.centre
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulls:
    """Pulls of needs among joiners. ``scales`` (2, N): held and yearly, in logs.

    ``reference`` (draws, years, N) are draws, always the same, that means are taken over.
    """

    names: tuple[str, ...]
    scales: Reals
    reference: Reals

    def law(self, *, years: int, seed: int) -> Pulled:
        """The law of pulls (futures, years, N), whose inverse has mean 1."""
        turned = _turns(self.names, self.scales, years=years, seed=seed, stream=_STREAM)
        return Pulled(turns=turned, centre=self._centre()[:years])

    def _centre(self) -> Reals:
        out: Reals = np.exp(-self.reference).mean(axis=0)
        return out

    def kept(self, rows: Reals) -> Reals:
        """Rows of weights of needs (..., N), changed so that their shares have, pulled, the mean that they have unpulled."""
        flat = rows.reshape(-1, rows.shape[-1])
        total = flat.sum(axis=1, keepdims=True)
        known = total[:, 0] > 0
        pulls = (np.exp(self.reference) * self._centre())[:, :_REACH].reshape(-1, flat.shape[1])
        out = flat.copy()
        shares = flat[known] / total[known]
        factors = turning.counterweights(shares, pulls)
        out[known] = total[known] * shares * factors / (shares * factors).sum(axis=1, keepdims=True)
        return out.reshape(rows.shape)


def of_needs(counted: Tally, needs: tuple[str, ...], prior: Turning, years: int) -> Pulls:
    """Pulls of needs among joiners. Needs are taken to turn as kinds do: theirs are published for one January only."""
    known = float(standing.weights(counted).sum())
    size = np.maximum(counted.stock.sum(axis=(0, 2)) / (len(counted.years) + 1.0), 1.0)
    turnover = np.maximum(counted.joined.sum(axis=(0, 2)) / known / size, _LEAST_TURNOVER)
    scales = np.array(prior.once_seen(known))[:, None] / (np.sqrt(size) * turnover)
    reference = _turns(needs, scales, years=years, seed=0, stream=f"{_STREAM}.reference").draw(0, _REFERENCE)
    return Pulls(names=needs, scales=scales, reference=reference)


def keep_joiners(joining: Joining, needs: Pulls) -> Joining:
    """Needs of joiners that are, under their pulls, on average what they would be without; each need's kinds as they are."""
    groups, names = len(joining.split), len(needs.names)
    split = joining.split.reshape(groups, names, -1)
    rows = split.sum(axis=2)
    kept = split * np.divide(needs.kept(rows), rows, out=np.ones_like(rows), where=rows > 0)[:, :, None]
    return joining._replace(split=kept.reshape(joining.split.shape))


def _turns(names: tuple[str, ...], scales: Reals, *, years: int, seed: int, stream: str) -> Turns:
    held, yearly = scales
    return trend.turns(names, held, yearly, FREEDOM, LARGEST, years=years, seed=seed, stream=stream)
