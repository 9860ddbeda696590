"""One year of one future for those who join: how many, of which year group, need and kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.step import clear, everyone
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.counts import binomial, poisson
from rightplace.forecast.draws.keyed import child, uniform
from rightplace.forecast.draws.spread import shares

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]


@compiled
def by_rate(expected: Reals, key: np.uint64, count: Whole) -> None:
    """Joiners of each year group, where ``expected`` (Y,) are expected."""
    for y in range(len(expected)):
        count[y] = poisson(expected[y], uniform(child(key, y), 0))


@compiled
def to_number(left: int, expected: Reals, key: np.uint64, count: Whole) -> None:
    """``left`` joiners in all, shared out among year groups as ``expected`` (Y,) has them."""
    weight = 0.0
    last = 0
    for y in range(len(expected)):
        weight += expected[y]
        last = y if expected[y] > 0.0 else last
    for y in range(len(expected)):
        count[y] = 0
        if left > 0 and weight > 0.0:
            count[y] = left if y == last else binomial(left, min(1.0, expected[y] / weight), uniform(child(key, y), 0))
            weight -= expected[y]
            left -= count[y]


@compiled
def tilt(split: Reals, need_pull: Reals, kind_pull: Reals, out: Reals) -> None:
    """A year group's split (N x K), each need and kind weighted by its pull; adds up to 1."""
    kinds = len(kind_pull)
    for cell in range(len(split)):
        out[cell] = split[cell] * need_pull[cell // kinds] * kind_pull[cell % kinds]
    shares(out)


@compiled
def divide(
    count: Whole, split: Reals, order: NDArray[np.int64], pulls: tuple[Reals, Reals], key: np.uint64, joining: Whole
) -> None:
    """Give the joiners of each year group their needs and kinds, likeliest first."""
    groups, needs, kinds = joining.shape
    clear(joining)
    weights = np.empty(needs * kinds)
    for y in range(groups):
        left = count[y]
        if left == 0:
            continue
        tilt(split[y], pulls[0], pulls[1], weights)
        place = child(key, y)
        weight = 1.0
        for cell in order[y]:
            if left == 0:
                break
            share = weights[cell]
            if share > 0.0:
                got = left if share >= weight else binomial(left, share / weight, uniform(place, cell))
                weight -= share
                left -= got
                joining[y, cell // kinds, cell % kinds] += got
        joining[y, order[y, 0] // kinds, order[y, 0] % kinds] += left


@compiled
def thin(people: Whole, surplus: int, key: np.uint64, taken: Whole) -> None:
    """Take ``surplus`` plans evenly from all cells: systematic sampling from a random start."""
    groups, needs, kinds = people.shape
    total = everyone(people)
    start = uniform(key, 0)
    seen = 0
    so_far = 0
    clear(taken)
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                if people[y, n, k] > 0:
                    seen += people[y, n, k]
                    reach = surplus if seen == total else min(surplus, int(seen / total * surplus + start))
                    taken[y, n, k] = min(reach - so_far, people[y, n, k])
                    so_far += taken[y, n, k]
