"""The pulls on settings and year groups with which an area's rates lead, in each future, to the shares drawn for it.

A future is carried forward in expected numbers, by the same rules as whole people are, and the pulls of each year are moved
until the settings and age bands have the shares wanted. Whole people then follow rates that are pulled so: shares come out as
drawn but for chance, every flow still adds up, and a change made to a rate still has its effect. Age bands come first: kinds of
setting do not change anyone's age.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.published import steer_ages, steer_kinds
from rightplace.forecast.published.steer_ages import Ages
from rightplace.forecast.published.steer_kinds import Kinds

Reals = NDArray[np.float64]

KEPT: Final = 0.5
"""Each year's search for the pulls in logs starts from this part of the year before's."""


class Rates(NamedTuple):
    """Mean rates: ``leave`` (Y,), ``move`` (Y, K), ``join`` (years, Y) joiners expected, ``split`` (Y, K).

    ``to`` (Y, K): movers out of a kind go to the others in proportion to this.
    """

    leave: Reals
    move: Reals
    to: Reals
    join: Reals
    split: Reals


class Wanted(NamedTuple):
    """Totals (futures, years); shares of kinds (futures, years, K) and of bands (futures, years, B), which may be empty;
    ``band`` (Y,) is each year group's band; ``leaving`` (futures, years) multiplies the odds of leaving."""

    totals: NDArray[np.int64]
    kinds: Reals
    bands: Reals
    band: NDArray[np.int64]
    leaving: Reals


def pulls(start: Reals, rates: Rates, wanted: Wanted) -> tuple[Reals, Reals]:
    """Pulls of kinds (futures, years, K) and of year groups (futures, years, Y) from plans ``start`` (Y, K)."""
    futures, years = wanted.totals.shape
    groups, kinds = start.shape
    bands = wanted.bands.shape[2]
    band = wanted.band if bands else np.zeros(groups, dtype=np.int64)
    by_kind = steer_kinds.room(groups, kinds)
    by_kind.usual[:] = _usual(start * rates.move, rates.to)
    of_kinds, of_ages = np.ones((futures, years, kinds)), np.ones((futures, years, groups))
    start = np.ascontiguousarray(start, dtype=np.float64)
    _pulls(start, rates, wanted._replace(band=band), steer_ages.room(groups, bands), by_kind, of_kinds, of_ages)
    return of_kinds, of_ages


def _usual(movers: Reals, to: Reals) -> Reals:
    """Where movers (Y, K) go without any pull, (K,), adding up to 1."""
    each = movers / np.maximum(to.sum(axis=1, keepdims=True) - to, 1e-12)
    came = (to * (each.sum(axis=1, keepdims=True) - each)).sum(axis=0)
    share: Reals = (came + 1e-9) / (came + 1e-9).sum()
    return share


@compiled
def _pulls(start: Reals, rates: Rates, wanted: Wanted, ages: Ages, kinds: Kinds, of_kinds: Reals, of_ages: Reals) -> None:  # fmt: skip
    groups, width = start.shape
    stock, people = np.empty((groups, width)), np.empty(groups)
    for future in range(of_kinds.shape[0]):
        stock[:, :] = start
        ages.log[:] = 0.0
        kinds.log[:] = 0.0
        for t in range(of_kinds.shape[1]):
            total = float(wanted.totals[future, t])
            for y in range(groups):
                people[y] = 0.0
                for k in range(width):
                    people[y] += stock[y, k]
            ages.log[:] *= KEPT
            kinds.log[:] *= KEPT
            odds, join = wanted.leaving[future, t], rates.join[t]
            steer_ages.lead(people, rates.leave, odds, join, wanted.band, total, wanted.bands[future, t], ages)
            steer_kinds.lead(
                stock, ages.stays, ages.joins, rates.move, rates.to, rates.split, total, wanted.kinds[future, t], kinds
            )
            for k in range(width):
                of_kinds[future, t, k] = kinds.pull[k] if wanted.kinds.shape[2] > 0 else 1.0
            for y in range(groups):
                of_ages[future, t, y] = ages.pull[wanted.band[y]]
            stock[:, :] = kinds.after
