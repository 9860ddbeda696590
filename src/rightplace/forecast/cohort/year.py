"""One year of one future: the passes of a year in their order."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import arrivals, step
from rightplace.forecast.cohort.altered import Altered
from rightplace.forecast.cohort.bench import Bench
from rightplace.forecast.cohort.drawn import Drawn
from rightplace.forecast.cohort.fresh import fill_destinations, fill_shares
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.redirect import redirect
from rightplace.forecast.draws.compiled import part, within
from rightplace.forecast.draws.keyed import child

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]
Places = NDArray[np.int64]
Key = np.uint64

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
    """Joiners by cell (futures, years, Y x N x K) and plans taken away (futures, years) of a baseline, for its scenario."""

    joining: Whole
    surplus: NDArray[np.int64]


@within
def survive(
    model: Model,
    drawn: Drawn,
    keys: tuple[Key, Key],
    pull: Reals,
    bench: Bench,
    altered: Altered | None,
    when: tuple[int, int, int],
    held: int,
    flows: Whole,
) -> None:
    """Those who have plans leave, move, grow a year older and change need: from ``people`` to ``after``.

    ``keys`` are those of the parameters and of the year's chances; ``when`` is (number in the batch, row of the
    paths, year).
    """
    key, chances = keys
    of_shares = (child(key, LEAVING), child(key, MOVING))
    fill_shares(model.leaving, model.moving, drawn, of_shares, bench.columns, bench.lists.held, held)
    shares = (drawn.leaving.cell, drawn.moving.cell, drawn.change)
    if altered is not None:
        step.count_held(bench, altered, shares, held)
    busy = step.quiet(bench, altered, shares, pull, chances, held)
    movers, stayers = step.depart(bench, altered, chances, busy, flows)
    fill_destinations(model.destinations, drawn, child(key, DESTINATION), bench.columns, bench.lists.movers, movers)
    to = drawn.destinations.cell
    count = step.arrive(bench, altered, to, pull, chances, (movers, stayers), flows[step.MOVE_IN])
    if altered is not None:
        count = redirect(bench, altered, to, pull, (when[1], when[2]), chances, (movers, count), flows)
    step.settle(bench, drawn.becomes, chances, count, flows)


@within
def join(drawn: Drawn, chances: Key, pulls: tuple[Reals, Reals], total: int, bench: Bench) -> int:
    """New plans, into ``bench.joining``: as many as bring all to ``total``, or by rate where it is below nought.

    Says how many plans are too many for the total.
    """
    of_rate, place = child(chances, RATE_KEY), child(chances, SPLIT_KEY)
    missing = total
    for c in range(len(bench.after)):
        missing -= bench.after[c]
    if total < 0:
        arrivals.by_rate(bench.expected, of_rate, bench.joiners)
    else:
        arrivals.to_number(missing, bench.expected, of_rate, bench.joiners)
    arrivals.divide(
        bench.joiners, drawn.joiners, pulls, place, (bench.room.of_kinds, bench.room.running), bench.joining
    )
    return -missing if total >= 0 and missing < 0 else 0


@part
def join_altered(drawn: Drawn, chances: Key, pulls: tuple[Reals, Reals], bench: Bench, altered: Altered) -> None:
    """Joiners as a scenario's factors alter them."""
    key = child(chances, EXTRA_KEY)
    arrivals.alter_rates(bench.expected, drawn.joiners, pulls, altered.joining, key, bench.joining)


@within
def join_year(
    drawn: Drawn,
    chances: Key,
    pulls: tuple[Reals, Reals],
    total: int,
    when: tuple[int, int, int],
    bench: Bench,
    altered: Altered | None,
    given: Given | None,
) -> int:
    """Who joins in a year, into ``bench.joining``; says how many plans are too many.

    With ``given`` and no scenario the joiners are kept in it; a scenario with ``given`` alters those.
    """
    i, t = when[0], when[2]
    if altered is None:
        surplus = join(drawn, chances, pulls, total, bench)
        if given is not None:
            for c in range(len(bench.joining)):
                given.joining[i, t, c] = bench.joining[c]
            given.surplus[i, t] = surplus
        return surplus
    if given is None:
        surplus = join(drawn, chances, pulls, total, bench)
        join_altered(drawn, chances, pulls, bench, altered)
        return surplus
    arrivals.alter_numbers(given.joining[i, t], altered.joining, child(chances, EXTRA_KEY), bench.joining)
    return int(given.surplus[i, t])


@part
def collect(bench: Bench, flow: Whole, stock: Whole) -> int:
    """Survivors and joiners become the stock of this January; lists the cells that have people, and says how many.

    ``flow`` counts joiners, ``stock`` everyone.
    """
    people, after, joining, cells = bench.people, bench.after, bench.joining, bench.lists.held
    for c in range(len(people)):
        people[c] = after[c] + joining[c]
        after[c] = 0
    stock[:] = 0
    count(people, bench.size, bench.room.parts, stock)
    count(joining, bench.size, bench.room.parts, flow)
    held = 0
    for c in range(len(people)):
        cells[held] = c
        held += 1 if people[c] > 0 else 0
    return held


@part
def count(people: Whole, size: Places, by_part: Places, flow: Whole) -> None:
    """Add people by cell to a row of margins; ``by_part`` is room for one year group's needs and kinds."""
    groups, needs, kinds = size
    row = needs * kinds
    by_part[:] = 0
    for y in range(groups):
        of_group = 0
        for i in range(row):
            of_group += people[y * row + i]
            by_part[i] += people[y * row + i]
        flow[y] += of_group
    for n in range(needs):
        for k in range(kinds):
            flow[groups + n] += by_part[n * kinds + k]
            flow[groups + needs + k] += by_part[n * kinds + k]


@part
def take(bench: Bench, surplus: int, chances: Key, flow: Whole) -> None:
    """Plans taken away to meet a total, from survivors: nobody joins in such a year."""
    taken = bench.taken
    arrivals.thin(bench.after, surplus, child(chances, TAKE_KEY), taken)
    for c in range(len(taken)):
        bench.after[c] -= taken[c]
    count(taken, bench.size, bench.room.parts, flow)


@part
def expect(paths: Paths, rate: Reals, row: int, t: int, joiners: Reals, odds: Reals) -> None:
    """Joiners expected of each year group, and what multiplies its odds of leaving; ``rate`` (Y,) of joiners per resident."""
    groups = len(joiners)
    for y in range(groups):
        joiners[y] = paths.residents[t, y] * paths.joining[row, t] * rate[y]
        odds[y] = paths.leaving[row, t]
    if paths.ages.size > 0:
        for y in range(groups):
            joiners[y] *= paths.ages[row, t, y]
            if y + 1 < groups:
                odds[y] /= paths.ages[row, t, y + 1]
