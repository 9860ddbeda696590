"""One year of one future for those who join: how many, of which year group, need and kind."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.counts import binomial, poisson
from rightplace.forecast.draws.keyed import child, uniform
from rightplace.forecast.draws.parts import fallen_on

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]
Places = NDArray[np.int64]


@part
def by_rate(expected: Reals, key: np.uint64, count: Places) -> None:
    """Joiners of each year group, where ``expected`` (Y,) are expected."""
    for y in range(len(expected)):
        count[y] = poisson(expected[y], uniform(child(key, y), 0))


@part
def to_number(left: int, expected: Reals, key: np.uint64, count: Places) -> None:
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
def tilt(split: Reals, need_pull: Reals, kind_pull: Reals, of_kinds: Reals, of_needs: Reals) -> float:
    """Running totals of a year group's split (N x K), each need and kind weighted by its pull; says what all add up to.

    ``of_needs`` (N,) are those of the needs, ``of_kinds`` (N, K) those of the kinds of each need.
    """
    needs, kinds = of_kinds.shape
    total = 0.0
    for n in range(needs):
        of_need = 0.0
        for k in range(kinds):
            of_need += split[n * kinds + k] * need_pull[n] * kind_pull[k]
            of_kinds[n, k] = of_need
        total += of_need
        of_needs[n] = total
    return total


@part
def divide(
    count: Places,
    split: Reals,
    pulls: tuple[Reals, Reals],
    key: np.uint64,
    room: tuple[Reals, Reals],
    joining: Whole,
) -> None:
    """Give each joiner of each year group a need, and then a kind: two draws of their own."""
    of_kinds, of_needs = room
    needs, kinds = of_kinds.shape
    joining[:] = 0
    for y in range(len(count)):
        if count[y] == 0:
            continue
        total = tilt(split[y], pulls[0], pulls[1], of_kinds, of_needs)
        place = child(key, y)
        for i in range(count[y]):
            n = fallen_on(of_needs, needs, uniform(place, 2 * i) * total)
            k = fallen_on(of_kinds[n], kinds, uniform(place, 2 * i + 1) * of_kinds[n, kinds - 1])
            joining[(y * needs + n) * kinds + k] += 1


@part
def alter_rates(
    expected: Reals,
    split: Reals,
    pulls: tuple[Reals, Reals],
    factor: Reals,
    key: np.uint64,
    joining: Whole,
) -> None:
    """Joiners under a scenario's ``factor`` by cell: some of them do not join, or others join as well.

    Joiners of a cell are a Poisson count, so keeping each with chance ``factor`` (below 1), or adding a Poisson count
    of the further ones expected (above 1), gives exactly the count at the altered rate.
    """
    needs, kinds = len(pulls[0]), len(pulls[1])
    fewer, more = child(key, 0), child(key, 1)
    for y in range(len(expected)):
        total = 0.0
        for n in range(needs):
            for k in range(kinds):
                total += split[y, n * kinds + k] * pulls[0][n] * pulls[1][k]
        for i in range(needs * kinds):
            c = y * needs * kinds + i
            if factor[c] < 1.0:
                joining[c] -= binomial(joining[c], 1.0 - factor[c], uniform(fewer, c))
            elif factor[c] > 1.0:
                share = split[y, i] * pulls[0][i // kinds] * pulls[1][i % kinds] / total
                joining[c] += poisson(expected[y] * share * (factor[c] - 1.0), uniform(more, c))


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
