"""The pulls on settings and year groups with which an area's rates lead, in each future, to the shares drawn for it.

A future is carried forward in expected numbers, by the same rules as whole people are, and the pulls of each year are moved
until the settings and age bands have the shares wanted. Whole people then follow rates that are pulled so: shares come out as
drawn but for chance, every flow still adds up, and a change made to a rate still has its effect.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled

Reals = NDArray[np.float64]

ROUNDS: Final = 12
CLOSE: Final = 0.004
"""Pulls are found when each part is within this share, or half a plan, of what is wanted."""
STRONGEST: Final = 1000.0
_NOBODY: Final = 0.01
_LEAST_GIVE: Final = 0.08


class Rates(NamedTuple):
    """Mean rates: ``leave`` (Y,), ``move`` (Y, K), ``to`` (Y, K, to K), ``join`` (years, Y) joiners expected, ``split`` (Y, K)."""

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
    of_kinds, of_ages = np.ones((futures, years, kinds)), np.ones((futures, years, groups))
    _pulls(np.ascontiguousarray(start), rates, wanted, of_kinds, of_ages)
    return of_kinds, of_ages


@compiled
def _pulls(start: Reals, rates: Rates, wanted: Wanted, of_kinds: Reals, of_ages: Reals) -> None:
    groups, kinds = start.shape
    bands = wanted.bands.shape[2]
    stock, after = np.empty((groups, kinds)), np.empty((groups, kinds))
    came, by_kind = np.empty((groups, kinds)), np.empty((2, kinds))
    by_band = np.empty((2, max(bands, 1)))
    for future in range(of_kinds.shape[0]):
        stock[:, :] = start
        for t in range(of_kinds.shape[1]):
            pull, age = of_kinds[future, t], of_ages[future, t]
            total = float(wanted.totals[future, t])
            odds = wanted.leaving[future, t]
            for _ in range(ROUNDS):
                _year(stock, rates, t, odds, pull, age, total, after, came)
                _sums(after, came, wanted.band, by_kind, by_band)
                far = False
                if wanted.kinds.size > 0:
                    for k in range(kinds):
                        aim = wanted.kinds[future, t, k] * total
                        far = _nearer(pull, k, aim, by_kind[0, k], by_kind[1, k]) or far
                if bands > 0:
                    for b in range(bands):
                        aim = wanted.bands[future, t, b] * total
                        factor = np.ones(1)
                        far = _nearer(factor, 0, aim, by_band[0, b], by_band[1, b]) or far
                        for y in range(groups):
                            if wanted.band[y] == b:
                                age[y] = min(max(age[y] * factor[0], 1.0 / STRONGEST), STRONGEST)
                if not far:
                    break
            _year(stock, rates, t, odds, pull, age, total, after, came)
            stock[:, :] = after


@compiled
def _nearer(pull: Reals, place: int, aim: float, now: float, moving: float) -> bool:
    """Move one pull towards its aim by as much as the part gives way; whether it was far off."""
    if abs(now - aim) <= max(CLOSE * aim, 0.5):
        return False
    give = min(max(moving / max(now, 1.0), _LEAST_GIVE), 1.0)
    ratio = min(max((aim + 0.1) / (now + 0.1), 0.5), 2.0)
    pull[place] = min(max(pull[place] * ratio ** (0.8 / give), 1.0 / STRONGEST), STRONGEST)
    return True


@compiled
def _sums(
    after: Reals, came: Reals, band: NDArray[np.int64], by_kind: Reals, by_band: Reals
) -> None:  # fmt: skip
    """Plans, and those of them that came or could have gone in the year, by kind and by band."""
    by_kind[:, :] = 0.0
    by_band[:, :] = 0.0
    for y in range(after.shape[0]):
        for k in range(after.shape[1]):
            by_kind[0, k] += after[y, k]
            by_kind[1, k] += came[y, k]
            if by_band.shape[1] > 1:
                by_band[0, band[y]] += after[y, k]
                by_band[1, band[y]] += came[y, k]


@compiled
def _year(
    stock: Reals, rates: Rates, t: int, odds: float, pull: Reals, age: Reals, total: float, after: Reals, came: Reals
) -> None:
    """One year in expected numbers: who leaves, moves, grows older and joins. ``came`` are joiners, movers in, and movers out."""
    groups, kinds = stock.shape
    after[:, :] = 0.0
    came[:, :] = 0.0
    weights = np.empty(kinds)
    staying = 0.0
    for y in range(groups - 1):
        chance = rates.leave[y]
        lean = odds / age[y + 1]
        stays = 1.0 - chance * lean / (1.0 - chance + chance * lean)
        for k in range(kinds):
            people = stock[y, k] * stays
            if people < _NOBODY:
                continue
            staying += people
            chance_out = rates.move[y, k]
            out = people * chance_out / (chance_out + (1.0 - chance_out) * pull[k])
            after[y + 1, k] += people - out
            came[y + 1, k] += out
            whole = 0.0
            for to in range(kinds):
                weights[to] = rates.to[y, k, to] * pull[to]
                whole += weights[to]
            if whole <= 0.0:
                after[y + 1, k] += out
                continue
            for to in range(kinds):
                gained = out * weights[to] / whole
                after[y + 1, to] += gained
                came[y + 1, to] += gained
    _arrivals(rates, t, pull, age, total - staying, staying, after, came)


@compiled
def _arrivals(
    rates: Rates, t: int, pull: Reals, age: Reals, needed: float, staying: float, after: Reals, came: Reals
) -> None:
    """Joiners that bring the stock to its total; or, where it is above it, plans taken evenly."""
    groups, kinds = after.shape
    if needed <= 0.0:
        after *= (staying + needed) / max(staying, 1e-9)
        return
    every = 0.0
    for y in range(groups):
        every += rates.join[t, y] * age[y]
    for y in range(groups):
        joiners = needed * rates.join[t, y] * age[y] / max(every, 1e-12)
        whole = 0.0
        for k in range(kinds):
            whole += rates.split[y, k] * pull[k]
        if joiners > 0.0 and whole > 0.0:
            for k in range(kinds):
                gained = joiners * rates.split[y, k] * pull[k] / whole
                after[y, k] += gained
                came[y, k] += gained
