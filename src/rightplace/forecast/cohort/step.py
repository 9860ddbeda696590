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
from rightplace.forecast.cohort.bench import Bench
from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.counts import binomial
from rightplace.forecast.draws.keyed import child, uniform
from rightplace.forecast.draws.parts import share_out

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]
Places = NDArray[np.int64]

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
def faced(
    c: int, bench: Bench, altered: Altered | None, drawn: tuple[Reals, Reals, Reals], pull: Reals
) -> tuple[float, float, float]:
    """The chances of leaving, moving and need change of those in a cell; all of the last year group leave.

    ``drawn`` are the shares leaving and moving by cell and changing by need; a kind's ``pull`` (K,) divides the odds of moving.
    """
    groups, needs, kinds = bench.size
    if c >= len(bench.people) - needs * kinds:
        return 1.0, 0.0, 0.0
    leave = likely_leaving(drawn[0][c], bench.odds[bench.columns[c, 0]])
    move = likely_moving(drawn[1][c], pull[bench.columns[c, 2] - groups - needs])
    change = drawn[2][bench.columns[c, 1] - groups]
    if altered is not None:
        leave = min(1.0, altered.leaving[c] * leave)
        change = min(1.0, altered.change[c] * change)
    return leave, move, change


@part
def quiet(
    bench: Bench,
    altered: Altered | None,
    drawn: tuple[Reals, Reals, Reals],
    pull: Reals,
    chances: np.uint64,
    count: int,
) -> int:
    """Grow a year older the cells where nothing else happens; list the rest as busy, and say how many they are."""
    people, after, held, cells = bench.people, bench.after, bench.lists.held, bench.lists.busy
    to_leave, to_move, to_change = bench.lists.leave, bench.lists.move, bench.lists.change
    row, last = bench.size[1] * bench.size[2], len(bench.after) - 1
    of_leaving, of_moving, of_change = child(chances, LEAVE_KEY), child(chances, MOVE_KEY), child(chances, CHANGE_KEY)
    busy = 0
    for i in range(count):
        c = held[i]
        n = people[c]
        leave, move, change = faced(c, bench, altered, drawn, pull)
        still = (
            (uniform(of_leaving, c) <= 1.0 - n * leave)
            & (uniform(of_moving, c) <= 1.0 - n * move)
            & (uniform(of_change, c) <= 1.0 - n * change)
        )
        if altered is not None:
            still &= altered.moving[c] == 0
        to_leave[busy], to_move[busy], to_change[busy], cells[busy] = leave, move, change, c
        busy += 0 if still else 1
        after[min(c + row, last)] += n if still else 0
    return busy


@part
def count_held(bench: Bench, altered: Altered, drawn: tuple[Reals, Reals, Reals], count: int) -> None:
    """Count the cells where a scenario alters leaving or need change, and those where a chance is held to 1."""
    groups, needs, kinds = bench.size
    last = len(bench.people) - needs * kinds
    for i in range(count):
        c = bench.lists.held[i]
        if c < last and (altered.leaving[c] != 1.0 or altered.change[c] != 1.0):
            leave = altered.leaving[c] * likely_leaving(drawn[0][c], bench.odds[bench.columns[c, 0]])
            change = altered.change[c] * drawn[2][bench.columns[c, 1] - groups]
            altered.counted[0] += 1
            altered.counted[1] += 1 if leave > 1.0 or change > 1.0 else 0


@part
def depart(bench: Bench, altered: Altered | None, chances: np.uint64, busy: int, flows: Whole) -> tuple[int, int]:
    """Of each busy cell, who leaves and who moves.

    Lists the cells with movers, or altered moves, and as groups those who stay in the other cells; says how many of both.
    """
    people, columns, cells = bench.people, bench.columns, bench.lists.busy
    leave, move, moving, staying = bench.lists.leave, bench.lists.move, bench.lists.moving, bench.lists.staying
    mover, place = bench.lists.movers, bench.lists.place
    of_group, in_cell, in_group = bench.groups.place, bench.groups.cell, bench.groups.people
    leavers, movers_out = flows[LEAVE], flows[MOVE_OUT]
    of_leaving, of_moving = child(chances, LEAVE_KEY), child(chances, MOVE_KEY)
    movers, count = 0, 0
    for b in range(busy):
        c = cells[b]
        n = people[c]
        left = binomial(n, leave[b], uniform(of_leaving, c))
        moved = binomial(n - left, move[b], uniform(of_moving, c))
        stays = n - left - moved
        moving[b], staying[b] = moved, stays
        tally(leavers, columns, c, left)
        tally(movers_out, columns, c, moved)
        apart = False
        if altered is not None:
            apart = altered.moving[c] > 0
        mover[movers], place[movers] = c, b
        movers += 1 if moved > 0 or apart else 0
        of_group[count], in_cell[count], in_group[count] = b, c, stays
        count += 1 if stays > 0 and not apart else 0
    return movers, count


@part
def arrive(
    bench: Bench,
    altered: Altered | None,
    split: Reals,
    pull: Reals,
    chances: np.uint64,
    lengths: tuple[int, int],
    flow: Whole,
) -> int:
    """Where movers go, as further groups; a kind's ``pull`` (K,) multiplies its weight. ``flow`` counts arrivals.

    ``lengths`` are those of the lists of movers and groups. Cells whose moves are altered are left for ``redirect``.
    """
    columns, toward, running, going = bench.columns, bench.room.toward, bench.room.running, bench.room.parts
    mover, place, moving = bench.lists.movers, bench.lists.place, bench.lists.moving
    of_group, in_cell, in_group = bench.groups.place, bench.groups.cell, bench.groups.people
    groups, needs, kinds = bench.size
    movers, count = lengths
    destination = child(chances, TO_KEY)
    for m in range(movers):
        c, b = mover[m], place[m]
        if altered is not None and altered.moving[c] > 0:
            continue
        for to in range(kinds):
            toward[to] = split[c, to] * pull[to]
        share_out(moving[b], toward, kinds, child(destination, c), running, going)
        first = c - (columns[c, 2] - groups - needs)
        for to in range(kinds):
            if going[to] > 0:
                of_group[count], in_cell[count], in_group[count] = b, first + to, going[to]
                count += 1
                tally(flow, columns, first + to, going[to])
    return count


@part
def settle(bench: Bench, becomes: Reals, chances: np.uint64, count: int, flows: Whole) -> None:
    """Whose recorded need changes, and to what; everyone in the groups grows a year older."""
    after, columns, running, going = bench.after, bench.columns, bench.room.running, bench.room.parts
    cells, change = bench.lists.busy, bench.lists.change
    of_group, in_cell, in_group = bench.groups.place, bench.groups.cell, bench.groups.people
    groups, needs, kinds = bench.size
    row = needs * kinds
    stayed, moved, into = child(chances, CHANGE_KEY), child(chances, MOVED_CHANGE_KEY), child(chances, BECOME_KEY)
    for g in range(count):
        b, d, people = of_group[g], in_cell[g], in_group[g]
        c = cells[b]
        kind = columns[d, 2] - groups - needs
        key, number = (stayed, c) if d == c else (moved, c * kinds + kind)
        changed = binomial(people, change[b], uniform(key, number))
        after[d + row] += people - changed
        if changed == 0:
            continue
        tally(flows[NEED_OUT], columns, d, changed)
        need = columns[d, 1] - groups
        share_out(changed, becomes[need], needs, child(into, c * kinds + kind), running, going)
        for to in range(needs):
            if going[to] > 0:
                e = d + (to - need) * kinds
                after[e + row] += going[to]
                tally(flows[NEED_IN], columns, e, going[to])


@part
def tally(flow: Whole, columns: Places, cell: int, people: int) -> None:
    """Add people of a cell to its three columns of a row of margins."""
    flow[columns[cell, 0]] += people
    flow[columns[cell, 1]] += people
    flow[columns[cell, 2]] += people
