"""Moving demand from sites with room to customers at the least cost: exact, compiled, with the rent of each site's room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]


@compiled
def _relink(site: int, cost: Reals, flow: Reals, link: Reals, via: Whole, other: int) -> None:
    """The cheapest customer of ``site`` to hand over to ``other``."""
    best, who = np.inf, -1
    for q in range(cost.shape[1]):
        if flow[site, q] > 0.0 and cost[other, q] - cost[site, q] < best:
            best, who = cost[other, q] - cost[site, q], q
    link[site, other] = best
    via[site, other] = who


@compiled
def _reach(cost: Reals, room: Reals, rent: Reals, link: Reals, who: int, tiny: float, far: Reals, came: Whole) -> int:
    """Dijkstra over sites from customer ``who`` to the nearest with room; gives that site, -1 where there is none."""
    sites = cost.shape[0]
    done = np.zeros(sites, np.bool_)
    for i in range(sites):
        far[i] = cost[i, who] + rent[i]
        came[i] = -1
    while True:
        here, least = -1, np.inf
        for i in range(sites):
            if not done[i] and far[i] < least:
                here, least = i, far[i]
        if here < 0 or room[here] > tiny:
            return here
        done[here] = True
        for k in range(sites):
            if not done[k] and link[here, k] < np.inf:
                through = least + max(link[here, k] + rent[k] - rent[here], 0.0)
                if through < far[k]:
                    far[k] = through
                    came[k] = here


@compiled
def _push(
    who: int,
    end: int,
    left: float,
    tiny: float,
    cost: Reals,
    flow: Reals,
    room: Reals,
    link: Reals,
    via: Whole,
    came: Whole,
) -> float:
    """Send as much of ``left`` as the path to ``end`` takes; gives the amount."""
    amount = min(left, room[end])
    here = end
    while came[here] >= 0:
        amount = min(amount, flow[came[here], via[came[here], here]])
        here = came[here]
    room[end] -= amount
    here = end
    moved = np.empty(cost.shape[0], np.int64)
    steps = 0
    while came[here] >= 0:
        before = came[here]
        q = via[before, here]
        flow[before, q] -= amount
        flow[here, q] += amount
        moved[steps] = here
        steps += 1
        here = before
    flow[here, who] += amount
    for k in range(cost.shape[0]):
        if cost[k, who] - cost[here, who] < link[here, k]:
            link[here, k] = cost[k, who] - cost[here, who]
            via[here, k] = who
    for step in range(steps):
        gained = moved[step]
        lost = came[gained]
        q = via[lost, gained]
        for k in range(cost.shape[0]):
            if cost[k, q] - cost[gained, q] < link[gained, k]:
                link[gained, k] = cost[k, q] - cost[gained, q]
                via[gained, k] = q
    for step in range(steps):
        lost = came[moved[step]]
        q = via[lost, moved[step]]
        if q >= 0 and flow[lost, q] <= tiny:
            flow[lost, q] = 0.0
            for k in range(cost.shape[0]):
                if via[lost, k] == q:
                    _relink(lost, cost, flow, link, via, k)
    return float(amount)


@compiled
def transport(cost: Reals, capacity: Reals, demand: Reals, flow: Reals, rent: Reals) -> float:
    """The cheapest flow (sites, customers) into ``flow`` and the rent of a unit of each site's room into ``rent``.

    ``cost`` is for one unit, infinite where a site does not take a customer. Gives the cost; infinite where there is
    not room for all. Shortest augmenting paths on the graph of sites, customer by customer.
    """
    sites, customers = cost.shape
    flow[:] = 0.0
    rent[:] = 0.0
    room = capacity.copy()
    link = np.full((sites, sites), np.inf)
    via = np.full((sites, sites), -1)
    far = np.empty(sites)
    came = np.empty(sites, np.int64)
    tiny = 1e-11 * max(demand.sum(), 1.0)
    total: float = 0.0
    for who in range(customers):
        left = demand[who]
        while left > tiny:
            end = _reach(cost, room, rent, link, who, tiny, far, came)
            if end < 0:
                return np.inf
            least = far[end]
            for i in range(sites):
                if far[i] < least:
                    rent[i] += least - far[i]
            left -= _push(who, end, left, tiny, cost, flow, room, link, via, came)
    for i in range(sites):
        for q in range(customers):
            if flow[i, q] > 0.0:
                total += flow[i, q] * cost[i, q]
    return total
