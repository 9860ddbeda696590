"""Those with plans in one future, one by one, and the keys their chances are drawn from."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled, part
from rightplace.forecast.draws.keyed import child

Whole = NDArray[np.int32]
Keys = NDArray[np.uint64]


class People(NamedTuple):
    """``cell`` now, the year step ``joined`` (-1: at the start) and the ``key`` of each; the first ``number[0]`` are in place."""

    cell: Whole
    joined: Whole
    key: Keys
    number: NDArray[np.int64]


@compiled
def nobody(most: int) -> People:
    """Room for ``most`` people."""
    return People(np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.uint64), np.zeros(1, np.int64))


@compiled
def with_room(people: People, more: int) -> People:
    """The same people, with room for ``more``."""
    count = people.number[0]
    if count + more <= len(people.cell):
        return people
    wider = nobody(2 * (count + more))
    wider.cell[:count] = people.cell[:count]
    wider.joined[:count] = people.joined[:count]
    wider.key[:count] = people.key[:count]
    wider.number[0] = count
    return wider


@part
def add(people: People, joining: Whole, step: int, key: np.uint64) -> None:
    """Those who join, ``joining`` of them in each cell. A person's key is of the year, the cell and their number in it."""
    cells, since, keys = people.cell, people.joined, people.key
    at = people.number[0]
    of_year = child(key, step + 1)
    for c in range(len(joining)):
        if joining[c] > 0:
            of_cell = child(of_year, c)
            for i in range(joining[c]):
                cells[at], since[at], keys[at] = c, step, child(of_cell, i)
                at += 1
    people.number[0] = at
