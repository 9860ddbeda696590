"""One year of one future for those who have plans, on whole numbers of people: leave, move, grow older, change need.

Each function is one pass over the cells that have people. A cell's chances are keyed by the cell, so what
happens in one cell does not disturb the draws of another. Most cells have few people and nothing happens in
them: one comparison of three uniform numbers with a lower bound of the chance of that settles it.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.altered import Altered
from rightplace.forecast.cohort.bench import Bench, Groups, Lists
from rightplace.forecast.draws.compiled import part
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

LEAVE_KEY: Final = 0
MOVE_KEY: Final = 1
TO_KEY: Final = 2
CHANGE_KEY: Final = 3
BECOME_KEY: Final = 4
MOVED_CHANGE_KEY: Final = 8
"""Streams of chances of a year. The mover's need change has its own."""


@part
def likely_leaving(chance: float, odds: float) -> float:
    """A chance of leaving with its odds multiplied."""
    return chance * odds / (1.0 - chance + chance * odds)


@part
def likely_moving(chance: float, pull: float) -> float:
    """A chance of moving out of a kind of setting whose pull divides the odds."""
    return chance / (chance + (1.0 - chance) * pull)


@part
def quiet(
    bench: Bench,
    altered: Altered | None,
    drawn: tuple[Reals, Reals, Reals],
    pull: Reals,
    chances: np.uint64,
    count: int,
) -> int:
    """Grow a year older the cells where nothing else happens; list the rest as busy, and say how many they are.

    ``drawn`` are the shares leaving and moving by cell and changing by need.
    """
    leaving, moving, changing = drawn
    people, after, lists = bench.people, bench.after, bench.lists
    row = bench.size[1] * bench.size[2]
    last = len(people) - row
    of_leaving, of_moving, of_change = child(chances, LEAVE_KEY), child(chances, MOVE_KEY), child(chances, CHANGE_KEY)
    busy = 0
    for i in range(count):
        c = lists.held[i]
        n = people[c]
        if c >= last:
            lists.leave[busy], lists.move[busy], lists.change[busy] = 1.0, 0.0, 0.0
            lists.busy[busy] = c
            busy += 1
            continue
        leave = likely_leaving(leaving[c], bench.odds[bench.group[c]])
        move = likely_moving(moving[c], pull[bench.kind[c]])
        change = changing[bench.need[c]]
        same = True
        if altered is not None:
            leave = min(1.0, altered.leaving[c] * leave)
            change = min(1.0, altered.change[c] * change)
            same = altered.moving[c] == 0
        still = (
            (uniform(of_leaving, c) <= 1.0 - n * leave)
            & (uniform(of_moving, c) <= 1.0 - n * move)
            & (uniform(of_change, c) <= 1.0 - n * change)
            & same
        )
        lists.leave[busy], lists.move[busy], lists.change[busy] = leave, move, change
        lists.busy[busy] = c
        busy += 0 if still else 1
        after[c + row] += n if still else 0
    return busy


@part
def count_held(bench: Bench, altered: Altered, drawn: tuple[Reals, Reals, Reals], count: int) -> None:
    """Count the cells where a scenario alters leaving or need change, and those where a chance is held to 1."""
    last = len(bench.people) - bench.size[1] * bench.size[2]
    for i in range(count):
        c = bench.lists.held[i]
        if c < last and (altered.leaving[c] != 1.0 or altered.change[c] != 1.0):
            leave = altered.leaving[c] * likely_leaving(drawn[0][c], bench.odds[bench.group[c]])
            change = altered.change[c] * drawn[2][bench.need[c]]
            altered.counted[0] += 1
            altered.counted[1] += 1 if leave > 1.0 or change > 1.0 else 0


@part
def depart(bench: Bench, altered: Altered | None, chances: np.uint64, busy: int, flows: Whole) -> int:
    """Of each busy cell, who leaves and who moves; lists the cells with movers, or altered moves, and says how many."""
    people, lists = bench.people, bench.lists
    groups, needs, _ = bench.size
    of_leaving, of_moving = child(chances, LEAVE_KEY), child(chances, MOVE_KEY)
    movers = 0
    for b in range(busy):
        c = lists.busy[b]
        n = people[c]
        left = binomial(n, lists.leave[b], uniform(of_leaving, c))
        moved = binomial(n - left, lists.move[b], uniform(of_moving, c))
        lists.moving[b] = moved
        lists.staying[b] = n - left - moved
        lists.movers[movers], lists.place[movers] = c, b
        moves = moved > 0
        if altered is not None:
            moves |= altered.moving[c] > 0
        movers += 1 if moves else 0
        if left + moved > 0:
            y, n_, k = bench.group[c], groups + bench.need[c], groups + needs + bench.kind[c]
            flows[LEAVE, y] += left
            flows[LEAVE, n_] += left
            flows[LEAVE, k] += left
            flows[MOVE_OUT, y] += moved
            flows[MOVE_OUT, n_] += moved
            flows[MOVE_OUT, k] += moved
    return movers


@part
def stay(lists: Lists, groups: Groups, kind: Whole, busy: int, count: int) -> int:
    """List those of the busy cells who neither leave nor move, as further groups whose need may change."""
    for b in range(busy):
        groups.place[count], groups.kind[count], groups.people[count] = b, kind[lists.busy[b]], lists.staying[b]
        groups.moved[count] = 0
        count += 1 if lists.staying[b] > 0 else 0
    return count


@part
def arrive(
    bench: Bench, altered: Altered | None, split: Reals, pull: Reals, chances: np.uint64, movers: int, flow: Whole
) -> int:
    """Where movers go, as groups; a kind's ``pull`` (K,) multiplies its weight. ``flow`` counts arrivals.

    Cells whose moves are altered are left for ``redirect``.
    """
    lists, out = bench.lists, bench.groups
    groups, needs, kinds = bench.size
    weights = np.empty(kinds)
    count = 0
    for m in range(movers):
        c, left = lists.movers[m], lists.moving[lists.place[m]]
        if altered is not None and altered.moving[c] > 0:
            continue
        key = child(child(chances, TO_KEY), c)
        for to in range(kinds):
            weights[to] = split[c, to] * pull[to]
        shares(weights)
        weight = 1.0
        for to in range(kinds):
            if left == 0:
                break
            rest = to == kinds - 1 or weights[to] >= weight
            got = left if rest else binomial(left, weights[to] / weight, uniform(key, to))
            weight -= weights[to]
            left -= got
            if got > 0:
                out.place[count], out.kind[count], out.people[count], out.moved[count] = lists.place[m], to, got, 1
                count += 1
                flow[bench.group[c]] += got
                flow[groups + bench.need[c]] += got
                flow[groups + needs + to] += got
    return count


@part
def settle(bench: Bench, becomes: Reals, chances: np.uint64, count: int, flows: Whole) -> None:
    """Whose recorded need changes, and to what; everyone in the groups grows a year older."""
    lists, now, after = bench.lists, bench.groups, bench.after
    groups, needs, kinds = bench.size
    stayed, moved = child(chances, CHANGE_KEY), child(chances, MOVED_CHANGE_KEY)
    for g in range(count):
        b, k, people = now.place[g], now.kind[g], now.people[g]
        c = lists.busy[b]
        n, older = bench.need[c], (bench.group[c] + 1) * needs * kinds + k
        u = uniform(stayed, c) if now.moved[g] == 0 else uniform(moved, c * kinds + k)
        left = binomial(people, lists.change[b], u)
        after[older + n * kinds] += people - left
        if left == 0:
            continue
        key = child(child(chances, BECOME_KEY), c * kinds + k)
        tally(flows[NEED_OUT], bench.group[c], groups + n, groups + needs + k, left)
        weight = 1.0
        for to in range(needs):
            if left == 0:
                break
            rest = to == needs - 1 or becomes[n, to] >= weight
            got = left if rest else binomial(left, becomes[n, to] / weight, uniform(key, to))
            weight -= becomes[n, to]
            left -= got
            after[older + to * kinds] += got
            tally(flows[NEED_IN], bench.group[c], groups + to, groups + needs + k, got)


@part
def tally(flow: Whole, y: int, n: int, k: int, people: int) -> None:
    """Add people to three columns of a row of margins."""
    flow[y] += people
    flow[n] += people
    flow[k] += people
