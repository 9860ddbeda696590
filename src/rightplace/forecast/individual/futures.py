"""Futures in which each person is followed, with the same parameters, trends and joiners as those counted by cell."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import step
from rightplace.forecast.cohort import year as cohort_year
from rightplace.forecast.cohort.altered import Altered, alter
from rightplace.forecast.cohort.bench import Bench
from rightplace.forecast.cohort.drawn import Drawn, begin
from rightplace.forecast.cohort.fresh import fill_destinations, fill_shares
from rightplace.forecast.cohort.futures import Numbers, start_from
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.year import CHANCE, DESTINATION, JOINING, LEAVING, MOVING, NEED, Given
from rightplace.forecast.draws.compiled import compiled, part
from rightplace.forecast.draws.keyed import child
from rightplace.forecast.individual import chances as chance
from rightplace.forecast.individual import year
from rightplace.forecast.individual.chances import Chances
from rightplace.forecast.individual.people import People, add, nobody, with_room

Whole = NDArray[np.int32]
Reals = NDArray[np.float64]
Key = np.uint64
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


@part
def survive(
    model: Model,
    drawn: Drawn,
    key: Key,
    pull: Reals,
    bench: Bench,
    altered: Altered | None,
    when: tuple[int, int],
    held: int,
    odds_of: Chances,
    people: People,
    busy: People,
    flows: Whole,
) -> None:
    """Those who have plans leave, move, grow older and change need in year ``when`` (row of the paths, year)."""
    t = when[1]
    of_shares = (child(key, LEAVING), child(key, MOVING))
    fill_shares(model.leaving, model.moving, drawn, of_shares, bench.columns, bench.lists.held, held)
    chance.fill(bench, drawn, altered, pull, held, odds_of)
    year.quiet(people, busy, bench, odds_of, altered, t)
    movers = year.depart(busy, bench, odds_of, altered, t, flows[step.LEAVE])
    fill_destinations(model.destinations, drawn, child(key, DESTINATION), bench.columns, bench.lists.movers, movers)
    to = drawn.destinations.cell
    if altered is not None:
        step.count_held(bench, altered, (drawn.leaving.cell, drawn.moving.cell, drawn.change), held)
        year.count_held(bench, altered, odds_of, to, pull, when, movers)
    year.settle(people, busy, bench, odds_of, altered, to, drawn.becomes, pull, when, flows)


@part
def record(people: People, t: int, trace: Trace) -> None:
    """Write everyone in place down, where there is room for it."""
    if len(trace.ends) > 0:
        to, first, count = trace.people, trace.people.number[0], people.number[0]
        for i in range(count):
            to.cell[first + i], to.joined[first + i], to.key[first + i] = (
                people.cell[i],
                people.joined[i],
                people.key[i],
            )
        to.number[0] = first + count
        trace.ends[t] = first + count


@compiled
def run(
    model: Model,
    paths: Paths,
    altered: Altered | None,
    given: Given | None,
    start: Whole,
    root: Key,
    numbers: Numbers,
    first: int,
    last: int,
    drawn: Drawn,
    bench: Bench,
    odds_of: Chances,
    trace: Trace,
    stock: Whole,
    flows: Whole,
) -> None:
    """Futures ``first`` to ``last`` (not included), as in the cohort engine; ``trace`` has room for one future, or none."""
    for row in range(first, last):
        i = row - first
        key, of_future = child(root, numbers.parameters[row]), child(root, numbers.chances[row])
        of_chance, of_people = child(of_future, CHANCE), child(of_future, PERSON)
        begin(model.need_changes, model.joining, drawn, child(key, NEED), child(key, JOINING))
        held = start_from(start, bench, stock[i, 0])
        people, busy = nobody(2 * bench.people.sum() + 1), nobody(2 * bench.people.sum() + 1)
        add(people, bench.people, -1, of_people)
        record(people, 0, trace)
        for t in range(flows.shape[1]):
            flow, keys, when = flows[i, t], (key, child(of_chance, t)), (i, row, t)
            pulls, total = (paths.needs[row, t], paths.kinds[row, t]), paths.totals[row, t]
            cohort_year.expect(paths, drawn.rate, row, t, bench.expected, bench.odds)
            if altered is not None:
                alter(altered, row, t)
            survive(model, drawn, key, pulls[1], bench, altered, (row, t), held, odds_of, people, busy, flow)
            surplus = cohort_year.join_year(drawn, keys[1], pulls, total, when, bench, altered, given)
            if surplus > 0:
                cohort_year.take(bench, surplus, keys[1], flow[step.TAKEN])
                year.take(people, bench.taken, odds_of, t)
            people = with_room(people, bench.joining.sum())
            add(people, bench.joining, t, of_people)
            busy.number[0] = 0
            busy = with_room(busy, people.number[0] + 1)
            held = cohort_year.collect(bench, flow[step.JOIN], stock[i, t + 1])
            record(people, t + 1, trace)
