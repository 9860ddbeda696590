"""One year of one future, person by person: leave, move, grow older, change need."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import redirect, step
from rightplace.forecast.cohort.altered import Altered, factors_to
from rightplace.forecast.cohort.bench import Bench, Room
from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.keyed import uniform
from rightplace.forecast.draws.parts import add_up, fallen_on
from rightplace.forecast.draws.spread import shares
from rightplace.forecast.individual.chances import Chances
from rightplace.forecast.individual.people import People

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]

DRAWS: Final = 8
"""Draws of a person's key set aside for each year."""
_LEAVE: Final = 0
_MOVE: Final = 1
_CHANGE: Final = 2
_TO: Final = 3
_FEWER: Final = 4
_MORE: Final = 5
_BECOME: Final = 6
_TAKE: Final = 7


@part
def quiet(people: People, busy: People, bench: Bench, chances: Chances, altered: Altered | None, t: int) -> None:
    """Those to whom nothing else happens grow a year older; the rest are taken out, into ``busy``."""
    cell, joined, key, after = people.cell, people.joined, people.key, bench.after
    busy_cell, busy_joined, busy_key = busy.cell, busy.joined, busy.key
    row, last = bench.size[1] * bench.size[2], len(bench.after) - 1
    leave, move, change = chances.leave, chances.move, chances.change
    kept, out, first = 0, 0, DRAWS * t
    for i in range(people.number[0]):
        c, k, since = cell[i], key[i], joined[i]
        still = (
            (uniform(k, first + _LEAVE) >= leave[c])
            & (uniform(k, first + _MOVE) >= move[c])
            & (uniform(k, first + _CHANGE) >= change[c])
        )
        if altered is not None:
            still &= altered.moving[c] == 0
        older = min(c + row, last)
        busy_cell[out], busy_joined[out], busy_key[out] = c, since, k
        out += 0 if still else 1
        cell[kept], joined[kept], key[kept] = older, since, k
        kept += 1 if still else 0
        after[older] += 1 if still else 0
    people.number[0], busy.number[0] = kept, out


@part
def depart(busy: People, bench: Bench, chances: Chances, altered: Altered | None, t: int, flow: Whole) -> int:
    """Leavers are taken out of ``busy``; lists the cells of those who move, or may, and says how many.

    ``bench.lists.place`` must be nought throughout, and is left so.
    """
    cell, joined, key = busy.cell, busy.joined, busy.key
    columns, listed, mover = bench.columns, bench.lists.place, bench.lists.movers
    kept, movers, first = 0, 0, DRAWS * t
    for i in range(busy.number[0]):
        c, k, since = cell[i], key[i], joined[i]
        if uniform(k, first + _LEAVE) < chances.leave[c]:
            step.tally(flow, columns, c, 1)
            continue
        cell[kept], joined[kept], key[kept] = c, since, k
        kept += 1
        wanted = uniform(k, first + _MOVE) < chances.move[c]
        if altered is not None:
            wanted |= altered.moving[c] > 0
        if wanted and listed[c] == 0:
            mover[movers] = c
            movers += 1
            listed[c] = 1
    for m in range(movers):
        listed[mover[m]] = 0
    busy.number[0] = kept
    return movers


@part
def head_for(split: Reals, c: int, pull: Reals, room: Room) -> None:
    """The shares of a cell's movers by destination, into ``room.toward``, and their running totals."""
    toward = room.toward
    for to in range(len(toward)):
        toward[to] = split[c, to] * pull[to]
    shares(toward)
    add_up(toward, len(toward), room.running)


@part
def kind_after(key: np.uint64, t: int, move: float, kind: int, room: Room, altered: int) -> int:
    """The kind of setting a person is in after this year's moves; ``room`` has where those of the cell head for."""
    first, kinds = DRAWS * t, len(room.toward)
    if uniform(key, first + _MOVE) < move:
        to = fallen_on(room.running, kinds, uniform(key, first + _TO) * room.running[kinds - 1])
        stays = altered > 0 and room.factor[to] < 1.0 and uniform(key, first + _FEWER) >= room.factor[to]
        return kind if stays else to
    if altered == 0:
        return kind
    wanted, rest = redirect.wanting(move, room), 1.0 - move
    if wanted <= 0.0 or rest <= 0.0 or uniform(key, first + _MORE) * rest >= wanted:
        return kind
    return fallen_on(room.running, kinds, uniform(key, first + _TO) * add_up(room.extra, kinds, room.running))


@part
def settle(
    people: People,
    busy: People,
    bench: Bench,
    chances: Chances,
    altered: Altered | None,
    split: Reals,
    becomes: Reals,
    pull: Reals,
    when: tuple[int, int],
    flows: Whole,
) -> None:
    """The busy who stay move and change need as their draws say, grow a year older and are put back among the people."""
    columns, after, running = bench.columns, bench.after, bench.room.running
    groups, needs, kinds = bench.size
    at, t = people.number[0], when[1]
    for i in range(busy.number[0]):
        c, key = busy.cell[i], busy.key[i]
        y, n, k = columns[c, 0], columns[c, 1] - groups, columns[c, 2] - groups - needs
        now, changed = c, 0
        if altered is not None:
            changed = altered.moving[c]
            if changed > 0:
                factors_to(altered.effects, when[0], t, (y, n, k), bench.room.factor)
        if changed > 0 or uniform(key, DRAWS * t + _MOVE) < chances.move[c]:
            head_for(split, c, pull, bench.room)
            now += kind_after(key, t, chances.move[c], k, bench.room, changed) - k
        if now != c:
            step.tally(flows[step.MOVE_OUT], columns, c, 1)
            step.tally(flows[step.MOVE_IN], columns, now, 1)
        if uniform(key, DRAWS * t + _CHANGE) < chances.change[c]:
            step.tally(flows[step.NEED_OUT], columns, now, 1)
            total = add_up(becomes[n], needs, running)
            now += (fallen_on(running, needs, uniform(key, DRAWS * t + _BECOME) * total) - n) * kinds
            step.tally(flows[step.NEED_IN], columns, now, 1)
        older = now + needs * kinds
        people.cell[at], people.joined[at], people.key[at] = older, busy.joined[i], key
        after[older] += 1
        at += 1
    people.number[0] = at


@part
def count_held(
    bench: Bench, altered: Altered, chances: Chances, split: Reals, pull: Reals,
    when: tuple[int, int], movers: int,
) -> None:  # fmt: skip
    """Count the cells whose moves a scenario alters, and those where it would move more than all."""
    columns = bench.columns
    groups, needs, _ = bench.size
    for m in range(movers):
        c = bench.lists.movers[m]
        if altered.moving[c] > 0:
            place = (columns[c, 0], columns[c, 1] - groups, columns[c, 2] - groups - needs)
            factors_to(altered.effects, when[0], when[1], place, bench.room.factor)
            head_for(split, c, pull, bench.room)
            altered.counted[0] += 1
            altered.counted[1] += 1 if redirect.wanting(chances.move[c], bench.room) > 1.0 - chances.move[c] else 0


@part
def take(people: People, taken: Whole, room: Chances, t: int) -> None:
    """Remove ``taken`` people of each cell, any of its people as likely as another; ``taken`` is used up.

    Those with the lowest draws of a cell go, so the order people are listed in does not matter: each pass takes one of every
    cell that has more to give.
    """
    cell, joined, key = people.cell, people.joined, people.key
    lowest, who = room.lowest, room.who
    left = 1
    while left > 0:
        lowest[:] = 1.0
        for i in range(people.number[0]):
            c = cell[i]
            if c >= 0 and taken[c] > 0:
                draw = uniform(key[i], DRAWS * t + _TAKE)
                if draw < lowest[c]:
                    lowest[c], who[c] = draw, i
        left = 0
        for c in range(len(taken)):
            if taken[c] > 0:
                cell[who[c]] = -1
                taken[c] -= 1
                left += taken[c]
    kept = 0
    for i in range(people.number[0]):
        cell[kept], joined[kept], key[kept] = cell[i], joined[i], key[i]
        kept += 1 if cell[kept] >= 0 else 0
    people.number[0] = kept
