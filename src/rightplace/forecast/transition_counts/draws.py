"""Counts drawn without drawing the share first, exactly as if it had been.

A binomial count whose share is itself drawn afresh from a beta distribution is a beta-binomial count.
Its chances follow one from another,

    P(k + 1) / P(k) = (n - k) (a + k) / ((k + 1) (b + n - k - 1)),

so one uniform number and, where few are expected, a few steps give the count. P(0) is looked up. See Johnson, Kemp
and Kotz, *Univariate Discrete Distributions*, 3rd edition (2005), section 6.2.2.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.counts import binomial
from rightplace.forecast.draws.keyed import child, uniform
from rightplace.forecast.draws.spread import beta

Reals = NDArray[np.float64]

LIMIT: Final = 128
"""Trials up to which the chance of no event is kept in a table; above, the share is drawn."""
_NEGLIGIBLE: Final = 1e-18


@compiled
def events(key: np.uint64, number: int, trials: int, yes: float, no: float, none: float) -> int:
    """Draw ``number`` of a key: events in ``trials``, their share being Beta(``yes``, ``no``).

    ``none`` is as for :func:`beta_binomial`, and not looked at above ``LIMIT`` trials.
    """
    if trials > LIMIT:
        return many(key, number, trials, yes, no)
    return beta_binomial(key, number, trials, yes, no, none)


@compiled
def beta_binomial(key: np.uint64, number: int, trials: int, yes: float, no: float, none: float) -> int:
    """Draw ``number`` of a key: events in ``trials`` (up to ``LIMIT``), their share being Beta(``yes``, ``no``).

    ``none`` is the chance of no event, or where ``yes`` is more than ``no`` that of no trial without.
    It cannot be too small for a float: the rarer side is expected in at most half of the trials.
    """
    u = uniform(key, number)
    a, b = (no, yes) if yes > no else (yes, no)
    chance = none
    below = chance
    count = 0
    while below < u and count < trials:
        chance *= (trials - count) * (a + count) / ((count + 1.0) * (b + (trials - count - 1)))
        below += chance
        count += 1
    return trials - count if yes > no else count


@compiled
def many(key: np.uint64, number: int, trials: int, yes: float, no: float) -> int:
    """The same for any number of trials, by drawing the share and then the events."""
    place = child(key, number)
    return binomial(trials, beta(child(place, 0), child(place, 1), yes, no), uniform(place, 2))


@compiled
def none_of(yes: Reals, no: Reals, chances: Reals) -> None:
    """Fill ``chances`` (cells, LIMIT + 1): the chance of no event, for :func:`beta_binomial`, in each number of trials."""
    for cell in range(len(yes)):
        a, b = min(yes[cell], no[cell]), max(yes[cell], no[cell])
        chance = 1.0
        for trials in range(chances.shape[1]):
            chances[cell, trials] = chance
            if a > 0.0:
                chance *= (b + trials) / (a + b + trials)


@compiled
def cumulative(trials: int, yes: float, no: float, room: Reals) -> int:
    """Fill ``room`` with the chances of at most 0, 1, 2 ... events; returns how many are needed to reach 1.

    Chances are summed from nought up, scaled so that none overflows. Where the distribution has one hump
    (``no`` of 1 or more) the sum ends when what is left is below 1e-18 of it.
    """
    chance = 1.0
    total = 1.0
    room[0] = 1.0
    last = 0
    for count in range(trials):
        ratio = (trials - count) * (yes + count) / ((count + 1.0) * (no + (trials - count - 1)))
        chance *= ratio
        total += chance
        last = count + 1
        room[last] = total
        if total > 1e280:
            for place in range(last + 1):
                room[place] *= 1e-280
            chance *= 1e-280
            total *= 1e-280
        if no >= 1.0 and ratio < 1.0 and chance < _NEGLIGIBLE * total * (1.0 - ratio):
            break
    for place in range(last + 1):
        room[place] /= total
    return last + 1


@compiled
def pick(u: float, weights: Reals, first: int, last: int) -> int:
    """The place, from ``first`` to before ``last``, where running weights pass ``u`` (which is below their sum)."""
    place = first
    while place < last - 1 and u >= weights[place]:
        u -= weights[place]
        place += 1
    return place
