"""The futures themselves, one after another: occupied cells alone are visited, each with draws of its own key.

A year is two passes over the occupied cells: some leave, then some move and the rest stay, all a year
group older; and one over year groups, as some join. What is done for each person is written out in the passes, or takes
numbers alone: compiled code counts references to every array at every call, which doubles the time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, uniform
from rightplace.forecast.transition_counts.draws import LIMIT, events, pick
from rightplace.forecast.transition_counts.tables import Arrivals, Destinations, Shares, Tables

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]

JOINERS: Final = 0
LEAVERS: Final = 1
MOVERS: Final = 2
VANISHED: Final = 3
AGED_OUT: Final = 4
DRAWS: Final = 5
"""Places in a tally of flows; ``DRAWS`` counts the random numbers used."""


@compiled
def run(
    tables: Tables, start: Whole, key: np.uint64, first: int, counts: Whole, spent: Reals, flows: NDArray[np.int64]
) -> None:
    """Futures ``first`` onwards, as many as ``counts`` has, from the stock ``start`` (C,).

    ``counts`` (futures, years + 1, G + N + S), ``spent`` (futures, years + 1, S) in pounds and ``flows``
    (futures, years + 1, 6) are filled; the seed January comes first, and has no flows.
    """
    cells = len(start)
    now, after = start.copy(), np.zeros_like(start)
    here, there = np.empty(cells, dtype=np.int32), np.empty(cells, dtype=np.int32)
    picks = np.empty(start.sum() + len(tables.arrivals.joiners), dtype=np.int32)
    occupied = np.flatnonzero(start).astype(np.int32)
    for future in range(len(counts)):
        size = len(occupied)
        here[:size] = occupied
        now[:] = start
        measure(tables, now, here, size, counts[future, 0], spent[future, 0])
        for year in range(1, counts.shape[1]):
            when = child(child(key, first + future), year)
            tally = flows[future, year]
            leave(tables.leaving, len(tables.cost), when, now, here, size, tally)
            size = move(tables.moving, tables.destinations, when, now, here, size, after, there, picks, tally)
            size = join(tables.arrivals, when, year - 1, after, there, size, picks, tally)
            now, after, here, there = after, now, there, here
            measure(tables, now, here, size, counts[future, year], spent[future, year])
        for i in range(size):
            now[here[i]] = 0


@compiled
def leave(
    share: Shares, ways: int, key: np.uint64, now: Whole, here: Whole, size: int, tally: NDArray[np.int64]
) -> None:
    """Take from ``now`` all who leave, are too old, or are where no state is listed."""
    oldest = len(now) - ways
    for i in range(size):
        cell = here[i]
        people = now[cell]
        if cell >= oldest:
            tally[AGED_OUT] += people
            now[cell] = 0
        elif not share.applies[cell]:
            tally[VANISHED] += people
            now[cell] = 0
        else:
            place = child(key, cell)
            none = share.none[cell, min(people, LIMIT)]
            leavers = events(place, 0, people, share.yes[cell], share.no[cell], none)
            now[cell] = people - leavers
            tally[LEAVERS] += leavers
            tally[DRAWS] += 1


@compiled
def move(
    share: Shares,
    go: Destinations,
    key: np.uint64,
    now: Whole,
    here: Whole,
    size: int,
    after: Whole,
    there: Whole,
    picks: Whole,
    tally: NDArray[np.int64],
) -> int:
    """Empty ``now`` into ``after``, a year group on, some in new settings. Returns how many cells ``there`` lists."""
    reached = 0
    for i in range(size):
        cell = here[i]
        people = now[cell]
        if people == 0:
            continue
        now[cell] = 0
        if share.applies[cell]:
            place = child(key, cell)
            none = share.none[cell, min(people, LIMIT)]
            movers = events(place, 1, people, share.yes[cell], share.no[cell], none)
            tally[DRAWS] += 1 + movers
            if movers > 0:
                tally[MOVERS] += movers
                people -= movers
                floor = (cell // go.ways + 1) * go.ways
                reached = settle(go, cell, place, 2, movers, floor, after, there, reached, picks)
        if people > 0:
            target = cell + go.ways
            if after[target] == 0:
                there[reached] = target
                reached += 1
            after[target] += people
    return reached


@compiled
def settle(
    go: Destinations,
    row: int,
    key: np.uint64,
    number: int,
    people: int,
    floor: int,
    after: Whole,
    there: Whole,
    reached: int,
    picks: Whole,
) -> int:
    """Give each of ``people`` one of the destinations of ``row``, in the cells from ``floor`` on.

    Their shares are Dirichlet and never drawn: by Polya's urn each goes where an earlier one went, or afresh, with
    chances as the number gone before is to the Dirichlet total. Returns how many cells are occupied.
    """
    first, last, total = go.first[row], go.first[row + 1], go.total[row]
    for i in range(people):
        u = uniform(key, number + i) * (total + i)
        way = go.to[pick(u, go.weight, first, last)] if u < total else picks[min(int(u - total), i - 1)]
        picks[i] = way
        if after[floor + way] == 0:
            there[reached] = floor + way
            reached += 1
        after[floor + way] += 1
    return reached


@compiled
def join(
    arrivals: Arrivals,
    key: np.uint64,
    year: int,
    after: Whole,
    there: Whole,
    reached: int,
    picks: Whole,
    tally: NDArray[np.int64],
) -> int:
    """Add to ``after`` those who join in a year. Returns how many cells are occupied."""
    go = arrivals.states
    groups = len(go.total)
    for group in range(groups):
        first, last = arrivals.first[year * groups + group], arrivals.first[year * groups + group + 1]
        if last - first > 1:
            place = child(key, len(after) + group)
            joiners = int(np.searchsorted(arrivals.joiners[first:last], uniform(place, 0)))
            tally[JOINERS] += joiners
            tally[DRAWS] += 1 + joiners
            reached = settle(go, group, place, 1, joiners, group * go.ways, after, there, reached, picks)
    return reached


@compiled
def measure(tables: Tables, now: Whole, here: Whole, size: int, counts: Whole, spent: Reals) -> None:
    """Count a stock by year group, need and setting, end to end, and its cost by setting."""
    ways, settings = len(tables.cost), len(spent)
    groups = len(now) // ways
    needs = ways // settings
    counts[:] = 0
    spent[:] = 0.0
    for i in range(size):
        cell = here[i]
        people = now[cell]
        counts[tables.group[cell]] += people
        counts[groups + tables.need[cell]] += people
        counts[groups + needs + tables.setting[cell]] += people
        spent[tables.setting[cell]] += people * tables.cost[cell % ways]
