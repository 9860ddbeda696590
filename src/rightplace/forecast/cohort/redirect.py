"""Moves that a scenario alters, so that what it leaves alone stays as it was, person by person.

Where a factor is below 1, each mover to that kind stays instead with the chance it takes away. Where it is above 1,
some of those who would have stayed move there as well. Movers to other kinds are the same people either way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.altered import Altered, factors_to
from rightplace.forecast.cohort.bench import Bench, Room
from rightplace.forecast.cohort.step import MOVE_IN, MOVE_OUT, TO_KEY, tally
from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.counts import binomial
from rightplace.forecast.draws.keyed import child, uniform
from rightplace.forecast.draws.parts import share_out
from rightplace.forecast.draws.spread import shares

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]
Counts = NDArray[np.int64]


@part
def redirect(
    bench: Bench,
    altered: Altered,
    split: Reals,
    pull: Reals,
    when: tuple[int, int],
    chances: np.uint64,
    lengths: tuple[int, int],
    flows: Whole,
) -> int:
    """Those who move, and who stay, of the cells where moves are altered, as further groups; says how many groups there are.

    ``when`` is (future, year), ``lengths`` movers and groups.
    """
    lists, out, columns = bench.lists, bench.groups, bench.columns
    toward, factor, going = bench.room.toward, bench.room.factor, bench.room.parts
    groups, needs, kinds = bench.size
    movers, count = lengths
    for m in range(movers):
        c, b = lists.movers[m], lists.place[m]
        if altered.moving[c] == 0:
            continue
        y, n, k = columns[c, 0], columns[c, 1] - groups, columns[c, 2] - groups - needs
        key = child(child(chances, TO_KEY), c)
        factors_to(altered.effects, when[0], when[1], (y, n, k), factor)
        for to in range(kinds):
            toward[to] = split[c, to] * pull[to]
        share_out(lists.moving[b], toward, kinds, key, bench.room.running, going)
        fewer(factor, child(key, kinds), going)
        shares(toward)
        held = more(lists.staying[b], lists.move[b], bench.room, child(key, kinds + 1))
        altered.counted[0] += 1
        altered.counted[1] += 1 if held else 0
        net = -lists.moving[b]
        for to in range(kinds):
            net += going[to]
        tally(flows[MOVE_OUT], columns, c, net)
        out.place[count], out.cell[count], out.people[count] = b, c, lists.staying[b] - net
        count += 1
        for to in range(kinds):
            if going[to] > 0:
                out.place[count], out.cell[count], out.people[count] = b, c + to - k, going[to]
                count += 1
                tally(flows[MOVE_IN], columns, c + to - k, going[to])
    return count


@part
def fewer(factor: Reals, key: np.uint64, going: Counts) -> None:
    """Movers who stay instead, where a factor is below 1."""
    for to in range(len(factor)):
        if factor[to] < 1.0 and going[to] > 0:
            going[to] -= binomial(going[to], 1.0 - factor[to], uniform(key, to))


@part
def more(staying: int, chance: float, room: Room, key: np.uint64) -> bool:
    """Stayers who move as well, to kinds whose ``factor`` is above 1; True where that would take more than all of them.

    ``room.toward`` adds up to 1; those who move are added to ``room.parts``.
    """
    wanted = wanting(chance, room)
    if wanted <= 0.0:
        return False
    kinds, rest = len(room.extra), 1.0 - chance
    count = binomial(staying, min(1.0, wanted / rest) if rest > 0.0 else 0.0, uniform(key, 0))
    share_out(count, room.extra, kinds, child(key, 1), room.running, room.also)
    for to in range(kinds):
        room.parts[to] += room.also[to]
    return wanted > rest


@part
def wanting(chance: float, room: Room) -> float:
    """The share of all in a cell who are to move as well, whose ``extra`` weights by kind are written."""
    wanted = 0.0
    for to in range(len(room.extra)):
        room.extra[to] = chance * room.toward[to] * max(0.0, room.factor[to] - 1.0)
        wanted += room.extra[to]
    return wanted
