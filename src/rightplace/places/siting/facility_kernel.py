"""Compiled part of the capacitated method: prices of demand raised by subgradient steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]


@compiled
def fill(margin: Reals, demand: Reals, size: float, taken: Reals) -> float:
    """The least of sum(margin x taken), each share taken between 0 and 1, demand taken at most ``size``; shares into ``taken``."""
    count, wanted = 0, 0.0
    chosen = np.empty(len(margin), np.int64)
    rate = np.empty(len(margin))
    total = 0.0
    for j in range(len(margin)):
        taken[j] = 0.0
        if margin[j] < 0.0:
            chosen[count] = j
            rate[count] = margin[j] / demand[j] if demand[j] > 0.0 else -1e300
            wanted += demand[j]
            count += 1
    if wanted <= size:
        for k in range(count):
            taken[chosen[k]] = 1.0
            total += margin[chosen[k]]
        return total
    left = size
    for k in np.argsort(rate[:count]):
        j = chosen[k]
        if left <= 0.0:
            break
        taken[j] = min(1.0, left / demand[j]) if demand[j] > 0.0 else 1.0
        left -= taken[j] * demand[j]
        total += margin[j] * taken[j]
    return total


@compiled
def _open(worth: Reals, must: Whole, least: int, taken: Reals, served: Reals, use: Reals) -> float:
    """Open what must be, what pays, and ``least`` sites at least; adds to ``served`` and ``use`` and gives their worth."""
    keyed = worth.copy()
    for i in range(len(worth)):
        if must[i] == 1:
            keyed[i] = -1e300
    total, opened = 0.0, 0
    for i in np.argsort(keyed):
        if must[i] == 1 or worth[i] < 0.0 or opened < least:
            opened += 1
            total += worth[i]
            use[i] += 0.05
            for j in range(len(served)):
                served[j] += taken[i, j]
    return total


@compiled
def ascend(
    fixed: Reals,
    cost: Reals,
    capacity: Reals,
    demand: Reals,
    must: Whole,
    least: int,
    target: float,
    prices: Reals,
    steps: int,
    scale: float,
    use: Reals,
) -> tuple[float, int]:
    """Raise the bound of sites that serve all customers; the best prices (of a whole customer) end in ``prices``.

    ``cost`` (sites, customers) is for the whole of a customer's demand and has only sites that may open; ``must`` flags
    those that must. At least ``least`` sites open. ``use`` ends as the smoothed share of steps in which each was open.
    """
    sites, customers = cost.shape
    now = prices.copy()
    taken = np.zeros((sites, customers))
    worth = np.empty(sites)
    direction = np.zeros(customers)
    margin = np.empty(customers)
    best = -np.inf
    stale = 0
    for step in range(steps):
        for i in range(sites):
            for j in range(customers):
                margin[j] = cost[i, j] - now[j]
            worth[i] = fixed[i] + fill(margin, demand, capacity[i], taken[i])
        use *= 0.95
        served = np.zeros(customers)
        bound = now.sum() + _open(worth, must, least, taken, served, use)
        if bound > best:
            stale = 0 if bound > best + 1e-5 * abs(target - best) else stale + 1
            best = bound
            prices[:] = now
        else:
            stale += 1
        if best >= target:
            return best, step + 1
        if stale >= 15:
            scale *= 0.7
            stale = 0
            now[:] = prices
            if scale < 0.005:
                return best, step + 1
        length = 0.0
        for j in range(customers):
            direction[j] = 0.4 * (1.0 - served[j]) + 0.6 * direction[j]
            length += direction[j] * direction[j]
        if length < 1e-14:
            return best, step + 1
        move = scale * (1.002 * target - bound) / length
        for j in range(customers):
            now[j] += move * direction[j]
    return best, steps
