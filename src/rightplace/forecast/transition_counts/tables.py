"""What the simulation looks up: parameters laid out flat, and chances that are the same in every future.

A cell is a place in year group x need x setting, flattened; a way is a place in need x setting.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.transition_counts.draws import LIMIT, cumulative, none_of
from rightplace.forecast.transition_counts.estimate import Parameters

Reals = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Shares(NamedTuple):
    """The Beta parameters of each cell, whether they apply, and the chance of no event in 0, 1, ... trials."""

    applies: Flags
    yes: Reals
    no: Reals
    none: Reals


class Destinations(NamedTuple):
    """Ways ``to`` go from each row, with their ``weight``, heaviest first.

    Row r has the entries from ``first[r]`` to before ``first[r + 1]``, which add up to ``total[r]``. ``ways`` is how many ways
    there are.
    """

    first: Places
    to: Places
    weight: Reals
    total: Reals
    ways: int


class Arrivals(NamedTuple):
    """Cumulative chances of 0, 1, 2 ... joiners, from ``first[year x groups + group]`` of ``joiners``; and their states."""

    first: Places
    joiners: Reals
    states: Destinations


class Tables(NamedTuple):
    """All of it, with the year group, need and setting of each cell and the cost in pounds of each way."""

    leaving: Shares
    moving: Shares
    destinations: Destinations
    arrivals: Arrivals
    group: NDArray[np.int32]
    need: NDArray[np.int32]
    setting: NDArray[np.int32]
    cost: Reals


def lay_out(parameters: Parameters, residents: Reals, cost: Reals) -> Tables:
    """The tables for futures with ``residents`` (years, G) and ``cost`` in pounds (N, S)."""
    shape = parameters.states.shape
    group, need, setting = (place.reshape(-1).astype(np.int32) for place in np.indices(shape))
    first, joiners = _joiners(parameters, residents)
    arriving = parameters.arriving.reshape(shape[0], -1)
    row, way = np.nonzero(arriving)
    states = _destinations(row, way, arriving[row, way], len(arriving), cost.size)
    go = parameters.destinations
    return Tables(
        leaving=_shares(parameters.states.listed, parameters.leaving),
        moving=_shares(parameters.may_move, parameters.moving),
        destinations=_destinations(go.origin, go.to, go.alpha, group.size, cost.size),
        arrivals=Arrivals(first=first, joiners=joiners, states=states),
        group=group,
        need=need,
        setting=setting,
        cost=cost.reshape(-1).astype(np.float64),
    )


def _shares(applies: Flags, pairs: Reals) -> Shares:
    yes, no = (np.ascontiguousarray(pairs[..., side].reshape(-1)) for side in (0, 1))
    none = np.empty((yes.size, LIMIT + 1))
    none_of(yes, no, none)
    return Shares(applies=applies.reshape(-1), yes=yes, no=no, none=none)


def _destinations(row: Places, to: Places, weight: Reals, rows: int, ways: int) -> Destinations:
    order = np.lexsort((-weight, row))
    total = np.zeros(rows)
    np.add.at(total, row, weight)
    return Destinations(
        first=np.searchsorted(row[order], np.arange(rows + 1)).astype(np.int64),
        to=to[order].astype(np.int64),
        weight=weight[order],
        total=total,
        ways=ways,
    )


def _joiners(parameters: Parameters, residents: Reals) -> tuple[Places, Reals]:
    """Cumulative chances of joiners by year and group: where each begins, and all of them end to end."""
    known = np.nan_to_num(residents)
    room = np.empty(int(known.max(initial=0.0)) + 1)
    can_join = parameters.arriving.sum(axis=(1, 2)) > 0
    parts: list[Reals] = []
    for year in known:
        for people, (yes, no), joins in zip(year, parameters.joining, can_join, strict=True):
            needed = cumulative(int(people), yes, no, room) if joins and people > 0 else 0
            parts.append(room[:needed].copy() if needed else np.ones(1))
    first = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    return first, np.concatenate(parts)
