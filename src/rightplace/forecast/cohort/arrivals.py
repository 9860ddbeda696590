"""One year of one future for those who join: how many, of which year group, need and kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.counts import binomial, poisson
from rightplace.forecast.draws.keyed import child, uniform

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]


@part
def by_rate(expected: Reals, key: np.uint64, count: Whole) -> None:
    """Joiners of each year group, where ``expected`` (Y,) are expected."""
    for y in range(len(expected)):
        count[y] = poisson(expected[y], uniform(child(key, y), 0))


@part
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


@part
def tilt(split: Reals, need_pull: Reals, kind_pull: Reals, out: Reals) -> float:
    """A year group's split (N x K), each need and kind weighted by its pull, and what it adds up to."""
    kinds = len(kind_pull)
    total = 0.0
    for n in range(len(need_pull)):
        for k in range(kinds):
            out[n * kinds + k] = split[n * kinds + k] * need_pull[n] * kind_pull[k]
            total += out[n * kinds + k]
    return total


@part
def divide(
    count: Whole,
    split: Reals,
    order: NDArray[np.int64],
    pulls: tuple[Reals, Reals],
    key: np.uint64,
    weights: Reals,
    joining: Whole,
) -> None:
    """Give each joiner of each year group a need and a kind, by inversion along the cells, likeliest first."""
    width = len(weights)
    joining[:] = 0
    for y in range(len(count)):
        if count[y] == 0:
            continue
        total = tilt(split[y], pulls[0], pulls[1], weights)
        place = child(key, y)
        for i in range(count[y]):
            left = uniform(place, i) * total
            at = 0
            while at < width - 1 and left > weights[order[y, at]]:
                left -= weights[order[y, at]]
                at += 1
            joining[y * width + order[y, at]] += 1


@part
def alter_rates(
    expected: Reals,
    split: Reals,
    pulls: tuple[Reals, Reals],
    factor: Reals,
    key: np.uint64,
    weights: Reals,
    joining: Whole,
) -> None:
    """Joiners under a scenario's ``factor`` by cell: some of them do not join, or others join as well.

    Joiners of a cell are a Poisson count, so keeping each with chance ``factor`` (below 1), or adding a Poisson count
    of the further ones expected (above 1), gives exactly the count at the altered rate.
    """
    width = len(weights)
    fewer, more = child(key, 0), child(key, 1)
    for y in range(len(expected)):
        total = tilt(split[y], pulls[0], pulls[1], weights)
        for i in range(width):
            c = y * width + i
            if factor[c] < 1.0:
                joining[c] -= binomial(joining[c], 1.0 - factor[c], uniform(fewer, c))
            elif factor[c] > 1.0:
                joining[c] += poisson(expected[y] * weights[i] / total * (factor[c] - 1.0), uniform(more, c))


@part
def alter_numbers(given: Whole, factor: Reals, key: np.uint64, joining: Whole) -> None:
    """``joining``: so many of the ``given`` joiners of each cell as its ``factor`` says, the part of one by chance."""
    for c in range(len(given)):
        whole = int(factor[c])
        joining[c] = given[c] * whole + binomial(given[c], factor[c] - whole, uniform(key, c))


@part
def thin(people: Whole, surplus: int, key: np.uint64, taken: Whole) -> None:
    """Take ``surplus`` plans evenly from all cells: systematic sampling from a random start."""
    total = 0
    for c in range(len(people)):
        total += people[c]
    surplus = min(surplus, total)
    start = uniform(key, 0)
    seen = 0
    so_far = 0
    taken[:] = 0
    for c in range(len(people)):
        if people[c] > 0:
            seen += people[c]
            reach = surplus if seen == total else min(surplus, int(seen / total * surplus + start))
            taken[c] = min(reach - so_far, people[c])
            so_far += taken[c]
