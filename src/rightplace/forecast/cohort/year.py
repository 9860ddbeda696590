"""One year of one future: the passes of a year in their order."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import arrivals, step
from rightplace.forecast.cohort.altered import Altered, alter
from rightplace.forecast.cohort.bench import Bench
from rightplace.forecast.cohort.drawn import Drawn, fill_destinations, fill_joiners, fill_shares
from rightplace.forecast.cohort.effects import Effects
from rightplace.forecast.cohort.model import Joining, Model, Paths
from rightplace.forecast.cohort.redirect import redirect
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]

LEAVING: Final = 0
MOVING: Final = 1
DESTINATION: Final = 2
NEED: Final = 3
JOINING: Final = 4
CHANCE: Final = 5
"""Streams of a future: five of parameters, one of chances."""

RATE_KEY: Final = 5
SPLIT_KEY: Final = 6
TAKE_KEY: Final = 7
EXTRA_KEY: Final = 9
"""Streams of chances of a year for those who join."""


class Given(NamedTuple):
    """Joiners by cell (years, Y x N x K) and plans taken away (years,) of a baseline, for the scenario that follows it."""

    joining: Whole
    surplus: NDArray[np.int64]


@compiled
def survive(
    model: Model,
    drawn: Drawn,
    key: np.uint64,
    chances: np.uint64,
    odds: Reals,
    pull: Reals,
    bench: Bench,
    altered: Altered,
    effects: Effects,
    when: tuple[int, int],
    held: int,
    flows: Whole,
) -> None:
    """Those who have plans leave, move, grow a year older and change need: from ``people`` to ``after``."""
    fill_shares(model.leaving, drawn.leaving, child(key, LEAVING), bench.lists.held, held)
    fill_shares(model.moving, drawn.moving, child(key, MOVING), bench.lists.held, held)
    shares = (drawn.leaving.cell, drawn.moving.cell, drawn.change)
    if when[0] >= 0:
        step.count_held(bench, altered, shares, odds, held)
    busy = step.quiet(bench, altered, shares, odds, pull, chances, held)
    movers = step.depart(bench, altered, chances, busy, flows)
    fill_destinations(model.destinations, drawn.destinations, child(key, DESTINATION), bench.lists.movers, movers)
    to = drawn.destinations.cell
    groups = step.arrive(bench, altered, to, pull, chances, movers, flows[step.MOVE_IN])
    if when[0] >= 0:
        groups = redirect(bench, altered, effects, to, pull, when, chances, (movers, groups), flows)
    groups = step.stay(bench.lists, bench.groups, bench.kind, busy, groups)
    step.settle(bench, drawn.becomes, chances, groups, flows)


@compiled
def join(
    joining: Joining,
    drawn: Drawn,
    key: np.uint64,
    chances: np.uint64,
    expected: Reals,
    pulls: tuple[Reals, Reals],
    left: int,
    bench: Bench,
) -> None:
    """New plans into ``bench.joining``, by rate where ``left`` is below -1 billion, else ``left`` of them."""
    if left < NO_TOTAL:
        arrivals.by_rate(expected, child(chances, RATE_KEY), bench.joiners)
    else:
        arrivals.to_number(left, expected, child(chances, RATE_KEY), bench.joiners)
    fill_joiners(joining, drawn.joiners, key, bench.joiners)
    place = child(chances, SPLIT_KEY)
    arrivals.divide(bench.joiners, drawn.joiners, joining.order, pulls, place, bench.weights, bench.joining)


NO_TOTAL: Final = -(10**9)
"""Joiners wanted below this many: there is no total to meet."""


@compiled
def collect(bench: Bench, flow: Whole, stock: Whole) -> int:
    """Survivors and joiners become the stock of this January; lists the cells that have people, and says how many.

    ``flow`` counts joiners, ``stock`` everyone.
    """
    groups, needs, kinds = bench.size
    row = needs * kinds
    held = 0
    stock[:] = 0
    for y in range(groups):
        first = y * row
        for c in range(first, first + row):
            joined = bench.joining[c]
            people = bench.after[c] + joined
            bench.people[c] = people
            bench.after[c] = 0
            if people > 0:
                bench.lists.held[held] = c
                held += 1
                stock[y] += people
                stock[groups + bench.need[c]] += people
                stock[groups + needs + bench.kind[c]] += people
                if joined > 0:
                    flow[y] += joined
                    flow[groups + bench.need[c]] += joined
                    flow[groups + needs + bench.kind[c]] += joined
    return held


@compiled
def count(people: Whole, bench: Bench, flow: Whole) -> None:
    """Add people by cell to a row of margins."""
    groups, needs, _ = bench.size
    for c in range(len(people)):
        if people[c] > 0:
            flow[bench.group[c]] += people[c]
            flow[groups + bench.need[c]] += people[c]
            flow[groups + needs + bench.kind[c]] += people[c]


@compiled
def take(bench: Bench, surplus: int, chances: np.uint64, taken: Whole, flow: Whole) -> None:
    """Plans taken away to meet a total, from survivors: nobody joins in such a year."""
    arrivals.thin(bench.after, surplus, child(chances, TAKE_KEY), taken)
    for c in range(len(taken)):
        bench.after[c] -= taken[c]
    count(taken, bench, flow)


@compiled
def expect(paths: Paths, drawn: Drawn, row: int, t: int, joiners: Reals, odds: Reals) -> None:
    """Joiners expected of each year group, and what multiplies its odds of leaving."""
    groups = len(joiners)
    for y in range(groups):
        joiners[y] = paths.residents[t, y] * paths.joining[row, t] * drawn.rate[y]
        odds[y] = paths.leaving[row, t]
    if paths.ages.size > 0:
        for y in range(groups):
            joiners[y] *= paths.ages[row, t, y]
            if y + 1 < groups:
                odds[y] /= paths.ages[row, t, y + 1]


@compiled
def begin_year(effects: Effects, row: int, t: int, altered: Altered) -> bool:
    """Whether any effect acts in this year; the factors are set."""
    return len(effects.rate) > 0 and alter(effects, row, t, altered)
