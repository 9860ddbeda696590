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

Reals = NDArray[np.float64]

_STREAM: Final = "forecast.needs"
_LEAST_TURNOVER: Final = 0.05
"""Least share of a need's plans that is taken to join in a year."""
_REFERENCE: Final = 2000
_REACH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulls:
    """Pulls of needs among joiners. ``scales`` (2, N): held and yearly, in logs.

    ``reference`` (draws, years, N) are draws, always the same, that means are taken over.
    """

    names: tuple[str, ...]
    scales: Reals
    reference: Reals

    def draw(self, *, futures: int, years: int, seed: int) -> Reals:
        """Pulls (futures, years, N), whose inverse has mean 1."""
        shape = {"futures": futures, "years": years, "seed": seed}
        turned = _turns(self.names, self.scales, **shape, stream=_STREAM)
        out: Reals = np.exp(turned) * self._centre()[:years]
        return out

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
    reference = _turns(needs, scales, futures=_REFERENCE, years=years, seed=0, stream=f"{_STREAM}.reference")
    return Pulls(names=needs, scales=scales, reference=reference)


def keep_joiners(joining: Joining, needs: Pulls) -> Joining:
    """Needs of joiners that are, under their pulls, on average what they would be without; each need's kinds as they are."""
    groups, names = len(joining.split), len(needs.names)
    split = joining.split.reshape(groups, names, -1)
    rows = split.sum(axis=2)
    kept = split * np.divide(needs.kept(rows), rows, out=np.ones_like(rows), where=rows > 0)[:, :, None]
    return joining._replace(split=kept.reshape(joining.split.shape))


def _turns(names: tuple[str, ...], scales: Reals, *, futures: int, years: int, seed: int, stream: str) -> Reals:
    held, yearly = scales
    return trend.turns(names, held, yearly, FREEDOM, LARGEST, futures=futures, years=years, seed=seed, stream=stream)
