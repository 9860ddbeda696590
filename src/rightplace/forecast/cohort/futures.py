"""Futures one after another, each year after year, and where a scenario is compared, its baseline first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import arrivals, step, year
from rightplace.forecast.cohort.altered import Altered, alter, unaltered
from rightplace.forecast.cohort.bench import Bench, bench
from rightplace.forecast.cohort.drawn import Drawn, begin, empty, fill_joiners
from rightplace.forecast.cohort.effects import Effects
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.year import CHANCE, JOINING, NEED, NO_TOTAL, Given
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]


class Numbers(NamedTuple):
    """Which future's parameters, and which future's chances, each future (row of the paths) draws: normally its own."""

    parameters: NDArray[np.int64]
    chances: NDArray[np.int64]


class Room(NamedTuple):
    """Everything a future is worked out in."""

    drawn: Drawn
    bench: Bench
    altered: Altered
    given: Given
    expected: Reals
    odds: Reals
    taken: Whole


@compiled
def room(groups: int, needs: int, kinds: int, years: int) -> Room:
    """Room for futures of this shape."""
    cells = groups * needs * kinds
    given = Given(np.zeros((years, cells), np.int32), np.zeros(years, np.int64))
    return Room(
        empty(groups, needs, kinds),
        bench(groups, needs, kinds),
        unaltered(cells),
        given,
        np.empty(groups),
        np.empty(groups),
        np.zeros(cells, np.int32),
    )


@compiled
def start_from(people: Whole, room: Room, stock: Whole) -> int:
    """The January the future starts from; says how many cells have people."""
    room.bench.after[:] = people.ravel()
    room.bench.joining[:] = 0
    return year.collect(room.bench, stock, stock)


@compiled
def _baseline(
    model: Model, paths: Paths, row: int, t: int, keys: tuple[np.uint64, np.uint64], room: Room, left: int
) -> int:
    """Joiners of a year without a scenario; says how many plans are too many."""
    bench = room.bench
    pulls = (paths.needs[row, t], paths.kinds[row, t])
    year.join(model.joining, room.drawn, child(keys[0], JOINING), keys[1], room.expected, pulls, left, bench)
    return -left if NO_TOTAL <= left < 0 else 0


@compiled
def _altered_joiners(
    model: Model, paths: Paths, row: int, t: int, keys: tuple[np.uint64, np.uint64], room: Room
) -> None:
    bench = room.bench
    bench.joiners[:] = 1
    fill_joiners(model.joining, room.drawn.joiners, child(keys[0], JOINING), bench.joiners)
    pulls = (paths.needs[row, t], paths.kinds[row, t])
    key = child(keys[1], year.EXTRA_KEY)
    arrivals.alter_rates(
        room.expected, room.drawn.joiners, pulls, room.altered.joining, key, bench.weights, bench.joining
    )


@compiled
def join_year(
    model: Model,
    paths: Paths,
    row: int,
    t: int,
    keys: tuple[np.uint64, np.uint64],
    follows: int,
    acts: int,
    room: Room,
) -> int:
    """Who joins in a year, into ``bench.joining``; says how many plans are too many. ``acts``: a scenario acts in it.

    ``keys`` are those of the parameters and of the year's chances; ``follows`` is as for :func:`one`.
    """
    bench, given = room.bench, room.given
    if follows == 2:
        key = child(keys[1], year.EXTRA_KEY)
        arrivals.alter_numbers(given.joining[t], room.altered.joining, key, bench.joining)
        return int(given.surplus[t])
    total = paths.totals[row, t]
    left = int(total - bench.after.sum()) if total >= 0 else 2 * NO_TOTAL
    surplus = _baseline(model, paths, row, t, keys, room, left)
    if acts:
        _altered_joiners(model, paths, row, t, keys, room)
    if follows == 1:
        given.joining[t], given.surplus[t] = bench.joining, surplus
    return surplus


@compiled
def one(
    model: Model,
    paths: Paths,
    effects: Effects,
    start: Whole,
    row: int,
    keys: tuple[np.uint64, np.uint64],
    follows: int,
    room: Room,
    stock: Whole,
    flows: Whole,
) -> None:
    """One future, from its parameter and chance keys.

    ``follows`` is 0 for a future by itself, 1 where its joiners are kept for a scenario, 2 where it is that scenario.
    """
    bench = room.bench
    held = start_from(start, room, stock[0])
    for t in range(flows.shape[0]):
        acts = year.begin_year(effects, row, t, room.altered)
        chances = child(keys[1], t)
        flow = flows[t]
        year.expect(paths, room.drawn, row, t, room.expected, room.odds)
        pull, when = paths.kinds[row, t], (row if acts else -1, t)
        year.survive(
            model, room.drawn, keys[0], chances, room.odds, pull, bench, room.altered, effects, when, held, flow
        )
        surplus = join_year(model, paths, row, t, (keys[0], chances), follows, acts, room)
        if surplus > 0:
            year.take(bench, surplus, chances, room.taken, flow[step.TAKEN])
        held = year.collect(bench, flow[step.JOIN], stock[t + 1])


@compiled
def run(
    model: Model,
    paths: Paths,
    changed: Paths,
    compare: int,
    effects: Effects,
    nothing: Effects,
    start: Whole,
    root: np.uint64,
    numbers: Numbers,
    first: int,
    last: int,
    stock: Whole,
    flows: Whole,
    counted: NDArray[np.int64],
) -> None:
    """Futures ``first`` to ``last`` (not included), written to ``stock`` and ``flows`` from their first row on.

    Where ``compare`` is 1, each future is worked out on ``paths`` first, and the one that is kept, on ``changed`` and with
    ``effects``, has its joiners. ``counted`` (2,) adds up altered cells and those held to a chance of 1.
    """
    groups, needs, kinds = start.shape
    made = room(groups, needs, kinds, flows.shape[1])
    for future in range(first, last):
        key = child(root, numbers.parameters[future])
        keys = (key, child(child(root, numbers.chances[future]), CHANCE))
        begin(model.need_changes, model.joining, made.drawn, child(key, NEED), child(key, JOINING))
        i = future - first
        if compare:
            alter(nothing, future, 0, made.altered)
            one(model, paths, nothing, start, future, keys, 1, made, stock[i], flows[i])
            flows[i] = 0
        one(model, changed, effects, start, future, keys, 2 if compare else 0, made, stock[i], flows[i])
    counted += made.altered.counted
