"""One year of one future for those who have plans, on whole numbers of people: leave, age, move, change need.

Each function is one pass over the cells of a stock (Y, N, K). A cell's chances are keyed by the
cell, so what happens in one cell does not disturb the draws of another.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.counts import binomial
from rightplace.forecast.draws.keyed import child, uniform
from rightplace.forecast.draws.spread import shares

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]

JOIN: Final = 0
LEAVE: Final = 1
TAKEN: Final = 2
MOVE_OUT: Final = 3
MOVE_IN: Final = 4
NEED_OUT: Final = 5
NEED_IN: Final = 6
FLOWS: Final = 7
"""Rows of a flow array. Leavers of the last year group age out. TAKEN are plans taken away to meet a given total."""


@compiled
def clear(people: Whole) -> None:
    """Nobody, anywhere."""
    for i in range(people.size):
        people.flat[i] = 0


@compiled
def copy(people: Whole, to: Whole) -> None:
    """The same people in another array."""
    groups, needs, kinds = people.shape
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                to[y, n, k] = people[y, n, k]


@compiled
def everyone(people: Whole) -> int:
    """Number of people in all cells."""
    groups, needs, kinds = people.shape
    total = 0
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                total += int(people[y, n, k])
    return total


@compiled
def exchange(people: Whole, out: Whole, into: Whole) -> None:
    """Take ``out`` from ``people`` and put ``into`` in."""
    groups, needs, kinds = people.shape
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                people[y, n, k] += into[y, n, k] - out[y, n, k]


@compiled
def age(people: Whole) -> None:
    """Everyone a year group older; the last year group must be empty."""
    groups, needs, kinds = people.shape
    for n in range(needs):
        for k in range(kinds):
            for y in range(groups - 1, 0, -1):
                people[y, n, k] = people[y - 1, n, k]
            people[0, n, k] = 0


@compiled
def leave(people: Whole, chance: Reals, odds: float, key: np.uint64, leaving: Whole) -> None:
    """Who leaves; ``odds`` multiplies the odds of leaving. Everyone in the last year group does."""
    groups, needs, kinds = people.shape
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                leaving[y, n, k] = people[y, n, k] if y == groups - 1 else 0
                if people[y, n, k] > 0 and y < groups - 1:
                    p = chance[y, n, k]
                    u = uniform(child(key, (y * needs + n) * kinds + k), 0)
                    leaving[y, n, k] = binomial(people[y, n, k], p * odds / (1.0 - p + p * odds), u)


@compiled
def move(staying: Whole, chance: Reals, pull: Reals, key: np.uint64, moving: Whole) -> None:
    """Who of those that stay moves to another kind of setting; a kind's ``pull`` (K,) divides the odds of moving out."""
    groups, needs, kinds = staying.shape
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                moving[y, n, k] = 0
                if staying[y, n, k] > 0:
                    p = chance[y, n, k]
                    u = uniform(child(key, (y * needs + n) * kinds + k), 0)
                    moving[y, n, k] = binomial(staying[y, n, k], p / (p + (1.0 - p) * pull[k]), u)


@compiled
def divide(left: int, split: Reals, key: np.uint64, out: Whole) -> None:
    """Share ``left`` people out by ``split`` and add them to ``out``: a multinomial draw, outcome by outcome."""
    weight = 1.0
    last = 0
    for i in range(len(split)):
        if left == 0:
            return
        if split[i] > 0.0:
            got = left if split[i] >= weight else binomial(left, split[i] / weight, uniform(key, i))
            weight -= split[i]
            left -= got
            out[i] += got
            last = i
    out[last] += left


@compiled
def arrive(moving: Whole, split: Reals, pull: Reals, key: np.uint64, arriving: Whole) -> None:
    """Where movers go; a kind's ``pull`` (K,) multiplies its weight."""
    groups, needs, kinds = moving.shape
    weights = np.empty(kinds)
    clear(arriving)
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                if moving[y, n, k] > 0:
                    place = child(key, (y * needs + n) * kinds + k)
                    for to in range(kinds):
                        weights[to] = split[y, n, k, to] * pull[to]
                    shares(weights)
                    divide(moving[y, n, k], weights, place, arriving[y, n])


@compiled
def change(people: Whole, chance: Reals, key: np.uint64, changing: Whole) -> None:
    """Whose recorded need changes."""
    groups, needs, kinds = people.shape
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                changing[y, n, k] = 0
                if people[y, n, k] > 0 and chance[n] > 0.0:
                    u = uniform(child(key, (y * needs + n) * kinds + k), 0)
                    changing[y, n, k] = binomial(people[y, n, k], chance[n], u)


@compiled
def become(changing: Whole, split: Reals, key: np.uint64, changed: Whole) -> None:
    """What changed needs become."""
    groups, needs, kinds = changing.shape
    clear(changed)
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                if changing[y, n, k] > 0:
                    place = child(key, (y * needs + n) * kinds + k)
                    divide(changing[y, n, k], split[n], place, changed[y, :, k])


@compiled
def margins(people: Whole, out: Whole) -> None:
    """Sums by year group, need and kind, laid end to end."""
    groups, needs, kinds = people.shape
    for i in range(len(out)):
        out[i] = 0
    for y in range(groups):
        for n in range(needs):
            for k in range(kinds):
                count = people[y, n, k]
                if count > 0:
                    out[y] += count
                    out[groups + n] += count
                    out[groups + needs + k] += count
