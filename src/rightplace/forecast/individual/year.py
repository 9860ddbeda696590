"""One year of one future, person by person: leave, move, grow older, change need."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import redirect, step
from rightplace.forecast.cohort.altered import Altered, factors_to
from rightplace.forecast.cohort.bench import Bench
from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.keyed import uniform
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
        busy.cell[out], busy.joined[out], busy.key[out] = c, since, k
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
    groups, needs, _ = bench.size
    listed = bench.lists.place
    kept, movers = 0, 0
    for i in range(busy.number[0]):
        c, k = busy.cell[i], busy.key[i]
        if uniform(k, DRAWS * t + _LEAVE) < chances.leave[c]:
            step.tally(flow, bench.group[c], groups + bench.need[c], groups + needs + bench.kind[c], 1)
            continue
        busy.cell[kept], busy.joined[kept], busy.key[kept] = c, busy.joined[i], k
        kept += 1
        wanted = uniform(k, DRAWS * t + _MOVE) < chances.move[c]
        if altered is not None:
            wanted |= altered.moving[c] > 0
        if wanted and listed[c] == 0:
            bench.lists.movers[movers] = c
            movers += 1
            listed[c] = 1
    for m in range(movers):
        listed[bench.lists.movers[m]] = 0
    busy.number[0] = kept
    return movers


@part
def pick(weights: Reals, u: float) -> int:
    """The outcome that ``u`` falls on, by weights that add up to 1."""
    last = 0
    for i in range(len(weights)):
        if weights[i] > 0.0:
            last = i
            if u < weights[i]:
                return i
            u -= weights[i]
    return last


@part
def kind_after(
    c: int, key: np.uint64, t: int, move: float, kind: int, weights: Reals, factor: Reals, extra: Reals, altered: int
) -> int:
    """The kind of setting a person is in after this year's moves; ``weights`` are shares of movers by destination."""
    first = DRAWS * t
    u = uniform(key, first + _MOVE)
    if u < move:
        to = pick(weights, uniform(key, first + _TO))
        stays = altered > 0 and factor[to] < 1.0 and uniform(key, first + _FEWER) >= factor[to]
        return kind if stays else to
    if altered == 0:
        return kind
    wanted = 0.0
    for to in range(len(weights)):
        extra[to] = move * weights[to] * max(0.0, factor[to] - 1.0)
        wanted += extra[to]
    room = 1.0 - move
    if wanted <= 0.0 or room <= 0.0 or uniform(key, first + _MORE) * room >= wanted:
        return kind
    shares(extra)
    return pick(extra, uniform(key, first + _TO))


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
    groups, needs, kinds = bench.size
    weights, factor, extra = np.empty(kinds), np.ones(kinds), np.empty(kinds)
    at, t = people.number[0], when[1]
    for i in range(busy.number[0]):
        c, key = busy.cell[i], busy.key[i]
        y, n, k = bench.group[c], bench.need[c], bench.kind[c]
        to, changed = k, 0
        if altered is not None:
            changed = altered.moving[c]
            if changed > 0:
                factors_to(altered.effects, when[0], t, (y, n, k), factor)
        if changed > 0 or uniform(key, DRAWS * t + _MOVE) < chances.move[c]:
            for j in range(kinds):
                weights[j] = split[c, j] * pull[j]
            shares(weights)
            to = kind_after(c, key, t, chances.move[c], k, weights, factor, extra, changed)
        if to != k:
            step.tally(flows[step.MOVE_OUT], y, groups + n, groups + needs + k, 1)
            step.tally(flows[step.MOVE_IN], y, groups + n, groups + needs + to, 1)
        if uniform(key, DRAWS * t + _CHANGE) < chances.change[c]:
            step.tally(flows[step.NEED_OUT], y, groups + n, groups + needs + to, 1)
            n = pick(becomes[n], uniform(key, DRAWS * t + _BECOME))
            step.tally(flows[step.NEED_IN], y, groups + n, groups + needs + to, 1)
        older = ((y + 1) * needs + n) * kinds + to
        people.cell[at], people.joined[at], people.key[at] = older, busy.joined[i], key
        bench.after[older] += 1
        at += 1
    people.number[0] = at


@part
def count_held(
    bench: Bench, altered: Altered, chances: Chances, split: Reals, pull: Reals,
    when: tuple[int, int], movers: int,
) -> None:  # fmt: skip
    """Count the cells whose moves a scenario alters, and those where it would move more than all."""
    kinds = bench.size[2]
    weights, factor = np.empty(kinds), np.empty(kinds)
    going = np.zeros(kinds, np.int64)
    for m in range(movers):
        c = bench.lists.movers[m]
        if altered.moving[c] > 0:
            factors_to(altered.effects, when[0], when[1], (bench.group[c], bench.need[c], bench.kind[c]), factor)
            for to in range(kinds):
                weights[to] = split[c, to] * pull[to]
            shares(weights)
            altered.counted[0] += 1
            over = redirect.more(0, chances.move[c], weights, factor, np.uint64(0), going)
            altered.counted[1] += 1 if over else 0


@part
def take(people: People, taken: Whole, t: int) -> None:
    """Remove ``taken`` people of each cell, any of its people as likely as another; ``taken`` is used up.

    Those with the lowest draws of a cell go, so the order people are listed in does not matter.
    """
    count = people.number[0]
    place, draw = np.empty(count, np.int64), np.empty(count)
    listed = 0
    for i in range(count):
        if taken[people.cell[i]] > 0:
            place[listed], draw[listed] = i, people.cell[i] + uniform(people.key[i], DRAWS * t + _TAKE)
            listed += 1
    for i in np.argsort(draw[:listed]):
        c = people.cell[place[i]]
        if taken[c] > 0:
            taken[c] -= 1
            people.cell[place[i]] = -1
    kept = 0
    for i in range(count):
        c = people.cell[i]
        people.cell[kept], people.joined[kept], people.key[kept] = c, people.joined[i], people.key[i]
        kept += 1 if c >= 0 else 0
    people.number[0] = kept
