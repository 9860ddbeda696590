"""Compiled parts of the p-median method: prices by subgradient, and the search that swaps one site for another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
States = NDArray[np.int8]


@compiled
def worth_of(cost: Reals, prices: Reals, worth: Reals) -> None:
    """What each site would earn at these prices (customers, sites), as negative numbers, into ``worth``."""
    worth[:] = 0.0
    for i in range(cost.shape[0]):
        offer = prices[i]
        row = cost[i]
        for j in range(cost.shape[1]):
            worth[j] += min(row[j] - offer, 0.0)


@compiled
def _chosen(worth: Reals, must: Whole, wanted: int) -> Whole:
    """The sites that must open and those of most worth, ``wanted`` in all."""
    if wanted >= len(worth):
        return np.arange(len(worth))
    keyed = worth.copy()
    for j in range(len(worth)):
        if must[j] == 1:
            keyed[j] = -1e300
    return np.argpartition(keyed, wanted - 1)[:wanted]


@compiled
def _turn(cost: Reals, now: Reals, order: Whole, direction: Reals) -> float:
    """Turn ``direction`` towards customers whom no chosen site serves, away from those whom several do; gives its length."""
    length = 0.0
    for i in range(len(now)):
        served = 0.0
        for j in order:
            if cost[i, j] < now[i]:
                served += 1.0
        direction[i] = 0.7 * (1.0 - served) + 0.3 * direction[i]
        length += direction[i] * direction[i]
    return length


@compiled
def ascend(
    cost: Reals, must: Whole, wanted: int, target: float, prices: Reals, steps: int, scale: float, use: Reals
) -> tuple[float, int]:
    """Raise the bound of ``wanted`` sites by subgradient steps with deflected directions; the best prices end in ``prices``.

    ``cost`` (customers, sites) has only sites that may open; ``must`` flags those that must. ``target`` is the cost to
    aim at: the search stops when the bound passes it. ``use`` ends as the smoothed share of steps in which each site was chosen.
    Gives the best bound and the steps taken.
    """
    customers, sites = cost.shape
    now = prices.copy()
    worth = np.empty(sites)
    direction = np.zeros(customers)
    best = -np.inf
    stale = 0
    for step in range(steps):
        worth_of(cost, now, worth)
        order = _chosen(worth, must, wanted)
        bound = now.sum() + worth[order].sum()
        if bound > best:
            if bound > best + 1e-4 * abs(target - best):
                stale = 0
            best = bound
            prices[:] = now
        else:
            stale += 1
        if best >= target:
            return best, step + 1
        if stale >= 12:
            scale *= 0.6
            stale = 0
            now[:] = prices
            if scale < 0.003:
                return best, step + 1
        use *= 0.9
        for j in order:
            use[j] += 0.1
        length = _turn(cost, now, order, direction)
        if length < 1e-12:
            return best, step + 1
        move = scale * (1.05 * target - bound) / length if target < 1e299 else scale
        for i in range(customers):
            now[i] += move * direction[i]
    return best, steps


@compiled
def nearest_two(cost: Reals, sites: Whole, first: Whole, second: Whole) -> float:
    """Each customer's nearest and second nearest of ``sites`` (as places in it); gives the cost."""
    total = 0.0
    for i in range(cost.shape[0]):
        a, b = -1, -1
        for k in range(len(sites)):
            here = cost[i, sites[k]]
            if a < 0 or here < cost[i, sites[a]]:
                b = a
                a = k
            elif b < 0 or here < cost[i, sites[b]]:
                b = k
        first[i] = a
        second[i] = b
        total += cost[i, sites[a]]
    return total


@compiled
def interchange(cost: Reals, sites: Whole) -> float:
    """Swap one open site for one closed while that lowers the cost; ``sites`` is changed in place. Gives the cost.

    The best of all swaps is found in one pass over the customers (Whitaker 1983).
    """
    customers, every = cost.shape
    count = len(sites)
    first = np.empty(customers, np.int64)
    second = np.empty(customers, np.int64)
    total = nearest_two(cost, sites, first, second)
    while True:
        gain = np.zeros(every)
        loss = np.zeros((count, every))
        for i in range(customers):
            row = cost[i]
            near = row[sites[first[i]]]
            far = row[sites[second[i]]] if count > 1 else np.inf
            lost = loss[first[i]]
            for j in range(every):
                gain[j] += min(row[j] - near, 0.0)
                lost[j] += max(min(row[j], far) - near, 0.0)
        best, come, go = -1e-9, -1, -1
        for k in range(count):
            for j in range(every):
                if gain[j] + loss[k, j] < best:
                    best, come, go = gain[j] + loss[k, j], j, k
        if come < 0:
            return total
        sites[go] = come
        total = nearest_two(cost, sites, first, second)
