"""Compiled parts of the expansion method: what schemes earn at given prices, and serving every future under a plan."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.siting.transport import transport

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@compiled
def gather(
    prices: Reals, demand: Reals, who: Whole, serve: Reals, first: int, last: int, margin: Reals, place: Whole
) -> int:
    """Classes that a scheme earns from, dearest first, into ``margin`` and ``place``; gives how many."""
    count = 0
    for e in range(first, last):
        z = who[e]
        gain = serve[e] - prices[z]
        if gain < 0.0 and demand[z] > 0.0:
            k = count
            while k > 0 and margin[k - 1] > gain:
                margin[k] = margin[k - 1]
                place[k] = place[k - 1]
                k -= 1
            margin[k] = gain
            place[k] = z
            count += 1
    return count


@compiled
def earnings(
    prices: Reals,
    demand: Reals,
    weight: Reals,
    start: Whole,
    who: Whole,
    serve: Reals,
    levels: Reals,
    wanted: Flags,
    first: int,
    last: int,
    saved: Reals,
) -> None:
    """Adds to ``saved`` (schemes, years, levels) what each wanted scheme earns at each of its sizes, as negative numbers.

    ``levels`` (schemes, levels) ascend and end with infinity. ``weight`` (futures, years) is chance by discount.
    """
    classes = demand.shape[2]
    margin, place = np.empty(classes), np.empty(classes, np.int64)
    for f in range(first, last):
        for y in range(demand.shape[1]):
            for s in range(len(start) - 1):
                if not wanted[s]:
                    continue
                count = gather(prices[f, y], demand[f, y], who, serve, start[s], start[s + 1], margin, place)
                total, held, k = 0.0, 0.0, 0
                for level in range(levels.shape[1]):
                    size = levels[s, level]
                    if size == np.inf:
                        break
                    while k < count and held + demand[f, y, place[k]] <= size:
                        held += demand[f, y, place[k]]
                        total += margin[k] * demand[f, y, place[k]]
                        k += 1
                    part = margin[k] * (size - held) if k < count else 0.0
                    saved[s, y, level] += weight[f, y] * (total + part)


@compiled
def supply(
    prices: Reals,
    demand: Reals,
    weight: Reals,
    start: Whole,
    who: Whole,
    serve: Reals,
    room: Reals,
    first: int,
    last: int,
    served: Reals,
    earned: Reals,
) -> None:
    """What schemes with this ``room`` (schemes, years) supply at these prices, added to ``served``, and earn, to ``earned``."""
    classes = demand.shape[2]
    margin, place = np.empty(classes), np.empty(classes, np.int64)
    for f in range(first, last):
        for y in range(demand.shape[1]):
            for s in range(len(start) - 1):
                left = room[s, y]
                if left <= 0.0:
                    continue
                count = gather(prices[f, y], demand[f, y], who, serve, start[s], start[s + 1], margin, place)
                for k in range(count):
                    amount = min(left, demand[f, y, place[k]])
                    served[f, y, place[k]] += amount
                    earned[s] += weight[f, y] * margin[k] * amount
                    left -= amount
                    if left <= 0.0:
                        break


@compiled
def serve_all(
    demand: Reals,
    serve: Reals,
    unserved: Reals,
    room: Reals,
    first: int,
    last: int,
    cost: Reals,
    left_out: Reals,
    prices: Reals,
    use: Reals,
    details: int,
) -> None:
    """Serve each future and year with this ``room`` (schemes, years): ``cost`` and ``left_out`` (futures, years).

    With ``details``: each class's price into ``prices`` (futures, years, classes), children by scheme into ``use``
    (futures, years, schemes).
    """
    classes = serve.shape[1]
    for y in range(demand.shape[1]):
        used = np.flatnonzero(room[:, y] > 0.0)
        table = np.empty((len(used) + 1, classes))
        sizes = np.empty(len(used) + 1)
        for k in range(len(used)):
            table[k] = serve[used[k]]
            sizes[k] = room[used[k], y]
        table[len(used)] = unserved
        flow, rent = np.empty(table.shape), np.empty(len(sizes))
        for f in range(first, last):
            sizes[len(used)] = demand[f, y].sum() + 1.0
            cost[f, y] = transport(table, sizes, demand[f, y], flow, rent)
            left_out[f, y] = flow[len(used)].sum()
            if details == 1:
                for z in range(classes):
                    least = np.inf
                    for k in range(len(sizes)):
                        least = min(least, table[k, z] + rent[k])
                    prices[f, y, z] = least
                for k in range(len(used)):
                    use[f, y, used[k]] = flow[k].sum()
