"""Futures in which each person is followed, with the same parameters, trends and joiners as those counted by cell."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import step
from rightplace.forecast.cohort import year as cohort_year
from rightplace.forecast.cohort.altered import alter
from rightplace.forecast.cohort.drawn import begin, fill_destinations, fill_shares
from rightplace.forecast.cohort.effects import Effects
from rightplace.forecast.cohort.futures import Numbers, Room, join_year, room, start_from
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.year import CHANCE, DESTINATION, JOINING, LEAVING, MOVING, NEED
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child
from rightplace.forecast.individual import chances as chance
from rightplace.forecast.individual import year
from rightplace.forecast.individual.chances import Chances
from rightplace.forecast.individual.people import People, add, nobody, with_room

Whole = NDArray[np.int32]
PERSON: Final = 6
"""Stream of a future from which people have their keys."""


class Trace(NamedTuple):
    """Everyone in place each January, one after another, where one future is to be followed; else without room.

    ``ends`` (years + 1,) are where each January ends.
    """

    people: People
    ends: NDArray[np.int64]


def no_trace() -> Trace:
    """Nothing is to be followed."""
    return Trace(nobody(0), np.zeros(0, np.int64))


def trace_of(persons: int, years: int) -> Trace:
    """Room for ``persons`` rows over the Januaries of a future."""
    return Trace(nobody(persons), np.zeros(years + 1, np.int64))


@compiled
def survive(
    model: Model,
    paths: Paths,
    effects: Effects,
    key: np.uint64,
    when: tuple[int, int],
    acts: int,
    held: int,
    made: Room,
    odds_of: Chances,
    people: People,
    busy: People,
    flows: Whole,
) -> None:
    """Those who have plans leave, move, grow older and change need in year ``when`` (row of the paths, year)."""
    drawn, bench, altered = made.drawn, made.bench, made.altered
    row, t = when
    pull = paths.kinds[row, t]
    fill_shares(model.leaving, drawn.leaving, child(key, LEAVING), bench.lists.held, held)
    fill_shares(model.moving, drawn.moving, child(key, MOVING), bench.lists.held, held)
    chance.fill(bench, drawn, altered, made.odds, pull, held, odds_of)
    year.quiet(people, busy, bench, odds_of, altered, t)
    movers = year.depart(busy, bench, odds_of, altered, t, flows[step.LEAVE])
    fill_destinations(model.destinations, drawn.destinations, child(key, DESTINATION), bench.lists.movers, movers)
    to = drawn.destinations.cell
    if acts:
        shares = (drawn.leaving.cell, drawn.moving.cell, drawn.change)
        step.count_held(bench, altered, shares, made.odds, held)
        year.count_held(bench, altered, effects, odds_of, to, pull, when, movers)
    year.settle(people, busy, bench, odds_of, altered, effects, to, drawn.becomes, pull, when, flows)


@compiled
def record(people: People, t: int, trace: Trace) -> None:
    """Write everyone in place down, where there is room for it."""
    if len(trace.ends) > 0:
        first = trace.people.number[0]
        last = first + people.number[0]
        trace.people.cell[first:last] = people.cell[: people.number[0]]
        trace.people.joined[first:last] = people.joined[: people.number[0]]
        trace.people.key[first:last] = people.key[: people.number[0]]
        trace.people.number[0] = last
        trace.ends[t] = last


@compiled
def one(
    model: Model,
    paths: Paths,
    effects: Effects,
    start: Whole,
    row: int,
    keys: tuple[np.uint64, np.uint64, np.uint64],
    follows: int,
    made: Room,
    odds_of: Chances,
    trace: Trace,
    stock: Whole,
    flows: Whole,
) -> None:
    """One future, from the keys of its parameters, its chances and its people; ``follows`` as in the cohort engine."""
    bench = made.bench
    held = start_from(start, made, stock[0])
    people, busy = nobody(2 * bench.people.sum() + 1), nobody(2 * bench.people.sum() + 1)
    add(people, bench.people, -1, keys[2])
    record(people, 0, trace)
    for t in range(flows.shape[0]):
        acts = 1 if cohort_year.begin_year(effects, row, t, made.altered) else 0
        chances = child(keys[1], t)
        cohort_year.expect(paths, made.drawn, row, t, made.expected, made.odds)
        survive(model, paths, effects, keys[0], (row, t), acts, held, made, odds_of, people, busy, flows[t])
        surplus = join_year(model, paths, row, t, (keys[0], chances), follows, acts, made)
        if surplus > 0:
            cohort_year.take(bench, surplus, chances, made.taken, flows[t, step.TAKEN])
            year.take(people, made.taken, t)
        people = with_room(people, bench.joining.sum())
        add(people, bench.joining, t, keys[2])
        busy.number[0] = 0
        busy = with_room(busy, people.number[0] + 1)
        held = cohort_year.collect(bench, flows[t, step.JOIN], stock[t + 1])
        record(people, t + 1, trace)


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
    trace: Trace,
    stock: Whole,
    flows: Whole,
    counted: NDArray[np.int64],
) -> None:
    """Futures ``first`` to ``last`` (not included), as in the cohort engine; ``trace`` has room for one future, or none."""
    groups, needs, kinds = start.shape
    made = room(groups, needs, kinds, flows.shape[1])
    made.bench.lists.place[:] = 0
    odds_of = chance.room(groups * needs * kinds)
    silent = Trace(nobody(0), trace.ends[:0])
    for future in range(first, last):
        key, of_chance = child(root, numbers.parameters[future]), child(root, numbers.chances[future])
        keys = (key, child(of_chance, CHANCE), child(of_chance, PERSON))
        begin(model.need_changes, model.joining, made.drawn, child(key, NEED), child(key, JOINING))
        i = future - first
        if compare:
            alter(nothing, future, 0, made.altered)
            one(model, paths, nothing, start, future, keys, 1, made, odds_of, silent, stock[i], flows[i])
            flows[i] = 0
        kept = 2 if compare else 0
        one(model, changed, effects, start, future, keys, kept, made, odds_of, trace, stock[i], flows[i])
    counted += made.altered.counted
