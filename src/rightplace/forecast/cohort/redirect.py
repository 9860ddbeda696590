"""Moves that a scenario alters, so that what it leaves alone stays as it was, person by person.

Where a factor is below 1, each mover to that kind stays instead with the chance it takes away. Where it is above 1,
some of those who would have stayed move there as well. Movers to other kinds are the same people either way.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.altered import Altered, factors_to
from rightplace.forecast.cohort.bench import Bench
from rightplace.forecast.cohort.step import MOVE_IN, MOVE_OUT, TO_KEY, tally
from rightplace.forecast.draws.compiled import part
from rightplace.forecast.draws.counts import binomial
from rightplace.forecast.draws.keyed import child, uniform
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
    """Moves out of the cells they are altered in, as further groups; ``when`` is (future, year), ``lengths`` movers and groups."""
    lists, out = bench.lists, bench.groups
    groups, needs, kinds = bench.size
    movers, count = lengths
    weights, factor, going = np.empty(kinds), np.empty(kinds), np.empty(kinds, np.int64)
    for m in range(movers):
        c, b = lists.movers[m], lists.place[m]
        if altered.moving[c] == 0:
            continue
        y, n, k = bench.group[c], bench.need[c], bench.kind[c]
        key = child(child(chances, TO_KEY), c)
        factors_to(altered.effects, when[0], when[1], (y, n, k), factor)
        for to in range(kinds):
            weights[to] = split[c, to] * pull[to]
        shares(weights)
        share_out(lists.moving[b], weights, key, going)
        fewer(factor, child(key, kinds), going)
        held = more(lists.staying[b], lists.move[b], weights, factor, child(key, kinds + 1), going)
        altered.counted[0] += 1
        altered.counted[1] += 1 if held else 0
        net = going.sum() - lists.moving[b]
        lists.staying[b] -= net
        tally(flows[MOVE_OUT], y, groups + n, groups + needs + k, net)
        for to in range(kinds):
            if going[to] > 0:
                out.place[count], out.kind[count], out.people[count], out.moved[count] = b, to, going[to], 1
                count += 1
                tally(flows[MOVE_IN], y, groups + n, groups + needs + to, going[to])
    return count


@part
def share_out(left: int, weights: Reals, key: np.uint64, out: Counts) -> None:
    """``left`` people by ``weights`` that add up to 1: the same draws as of movers that no scenario touches."""
    weight = 1.0
    for to in range(len(weights)):
        rest = to == len(weights) - 1 or weights[to] >= weight
        out[to] = left if rest else binomial(left, weights[to] / weight, uniform(key, to))
        weight -= weights[to]
        left -= out[to]


@part
def fewer(factor: Reals, key: np.uint64, going: Counts) -> None:
    """Movers who stay instead, where a factor is below 1."""
    for to in range(len(going)):
        if factor[to] < 1.0 and going[to] > 0:
            going[to] -= binomial(going[to], 1.0 - factor[to], uniform(key, to))


@part
def more(staying: int, chance: float, weights: Reals, factor: Reals, key: np.uint64, going: Counts) -> bool:
    """Stayers who move as well, where a factor is above 1; True where that would take more than all of them."""
    extra = np.empty(len(weights))
    wanted = 0.0
    for to in range(len(weights)):
        extra[to] = chance * weights[to] * max(0.0, factor[to] - 1.0)
        wanted += extra[to]
    if wanted <= 0.0:
        return False
    room = 1.0 - chance
    count = binomial(staying, min(1.0, wanted / room) if room > 0.0 else 0.0, uniform(key, 0))
    if count > 0:
        shares(extra)
        also = np.empty(len(weights), np.int64)
        share_out(count, extra, child(key, 1), also)
        for to in range(len(going)):
            going[to] += also[to]
    return wanted > room
