"""Costs of answers and bounds from dual prices, in plain numpy, apart from the kernels that search.

Every incumbent and bound that is shown is computed here. A bound holds for any prices at all (weak duality): a mistake
in a search can make a bound worse, never too good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rightplace.places.siting.arrays import Reals, States, Whole

if TYPE_CHECKING:
    from rightplace.places.siting.expansion import Problem


FREE = 0
OPEN = 1
CLOSED = -1


def median_cost(cost: Reals, sites: Whole) -> float:
    """Cost of serving each customer from the cheapest of ``sites``: ``cost`` is (customers, sites)."""
    return float(cost[:, sites].min(axis=1).sum())


def median_bound(cost: Reals, open_sites: int, prices: Reals, states: States) -> tuple[float, Reals]:
    """A bound on the cost of any ``open_sites`` sites that respect ``states`` (1 open, -1 closed, 0 free).

    Each customer offers ``prices``; a site earns the offers above its cost. The bound is the offers less the earnings of the
    sites fixed open and of the best free ones (Cornuejols, Fisher and Nemhauser 1977). Also gives the earnings of each
    site (negative numbers are earnings).
    """
    worth: Reals = np.minimum(cost - prices[:, None], 0.0).sum(axis=0)
    fixed = states == OPEN
    free = np.sort(worth[states == FREE])
    wanted = open_sites - int(fixed.sum())
    if wanted < 0 or wanted > len(free):
        return float("inf"), worth
    return float(prices.sum() + worth[fixed].sum() + free[:wanted].sum()), worth


def facility_cost(fixed: Reals, cost: Reals, flow: Reals, capacity: Reals, demand: Reals) -> float:
    """Cost of ``flow`` (sites, customers; amounts of demand), with ``cost`` for one unit; infinite where it breaks a rule.

    A site that sends anything is open and pays ``fixed``.
    """
    slack = 1e-7 * max(1.0, float(demand.sum()))
    broken = (flow < -slack).any() or (flow.sum(axis=1) > capacity + slack).any()
    if broken or (np.abs(flow.sum(axis=0) - demand) > slack).any():
        return float("inf")
    used = flow.sum(axis=1) > 0
    return float(fixed[used].sum() + (flow * cost).sum())


def facility_earnings(cost: Reals, prices: Reals, capacity: Reals, demand: Reals) -> Reals:
    """The most each site can earn (as a negative number) from ``prices`` for one unit of each customer's demand.

    Each site fills its capacity with the dearest offers, part of a customer allowed: a fractional knapsack.
    """
    margin = np.minimum(cost - prices[None, :], 0.0)
    order = np.argsort(margin, axis=1, kind="stable")
    sold = np.where(np.take_along_axis(margin, order, axis=1) < 0.0, demand[order], 0.0)
    before = np.cumsum(sold, axis=1) - sold
    taken = np.clip(capacity[:, None] - before, 0.0, sold)
    earned: Reals = (taken * np.take_along_axis(margin, order, axis=1)).sum(axis=1)
    return earned


def least_chosen(worth: Reals, capacity: Reals, demand: float, states: States) -> float:
    """The least total of ``worth`` over sites that respect ``states`` and together hold ``demand``, or a bound on it.

    The better of two bounds: as many sites as the largest ones need, whichever they are; or whole sites and parts of
    sites by worth for one unit of capacity. Infinite where no sites hold the demand.
    """
    free, fixed = states == FREE, states == OPEN
    need = least_sites(capacity, demand, states)
    if need < 0:
        return float("inf")
    ranked = np.sort(worth[free])
    count = max(need - int(fixed.sum()), int((ranked < 0.0).sum()))
    by_count = float(ranked[:count].sum())
    short = demand - float(capacity[fixed].sum()) - float(capacity[free & (worth < 0.0)].sum())
    by_size = float(worth[free & (worth < 0.0)].sum())
    rest = np.flatnonzero(free & (worth >= 0.0) & (capacity > 0.0))
    for site in rest[np.argsort(worth[rest] / capacity[rest], kind="stable")]:
        if short <= 0.0:
            break
        by_size += float(worth[site]) * min(1.0, short / float(capacity[site]))
        short -= float(capacity[site])
    return float(worth[fixed].sum()) + max(by_count, by_size)


def facility_bound(
    fixed: Reals, cost: Reals, capacity: Reals, demand: Reals, prices: Reals, states: States
) -> tuple[float, Reals]:
    """A bound on the cost of any sites that respect ``states``, at ``prices`` for one unit of each customer's demand.

    Also gives each site's fixed cost less what it can earn at these prices.
    """
    worth = fixed + facility_earnings(cost, prices, capacity, demand)
    return float(prices @ demand) + least_chosen(worth, capacity, float(demand.sum()), states), worth


def transport_bound(cost: Reals, capacity: Reals, demand: Reals, rents: Reals) -> float:
    """A bound on the cost of moving ``demand`` from sites of these capacities, at ``rents`` (0 or more) for a unit of capacity."""
    held = np.maximum(rents, 0.0)
    return float((cost + held[:, None]).min(axis=0) @ demand - held @ capacity)


def least_sites(capacity: Reals, demand: float, states: States) -> int:
    """Fewest sites that can hold ``demand`` when those fixed open are open; -1 where none can."""
    held = np.cumsum(np.concatenate([[capacity[states == OPEN].sum()], np.sort(capacity[states == FREE])[::-1]]))
    enough = np.flatnonzero(held >= demand * (1 - 1e-12))
    return int((states == OPEN).sum() + enough[0]) if len(enough) else -1


def expansion_bound(
    problem: Problem, demand_prices: Reals, row_prices: Reals, live: NDArray[np.bool_]
) -> tuple[float, Reals]:
    """A bound on the cost of any plan of ``live`` options, at prices of a place (futures, years, classes) and of the rows.

    Also gives each option's worth: its cost, with the rows at their prices, less what it can earn. A scheme takes its
    best option, or none where none is worth it and none must be. Raises ``ValueError`` for a row price below 0.
    """
    if (row_prices < 0.0).any():
        raise ValueError("The price of a row cannot be below 0.")
    weight = problem.chance[:, None] * problem.weight[None, :]
    prices = np.minimum(demand_prices, problem.unserved)
    worth = problem.option_cost + (row_prices @ problem.rows if len(row_prices) else 0.0)
    bound = float((weight[:, :, None] * prices * problem.demand).sum() - row_prices @ problem.limit)
    for scheme in range(problem.schemes):
        own = problem.options(scheme)
        who = np.flatnonzero(problem.serve[scheme] < problem.unserved)
        margin = np.minimum(problem.serve[scheme, who] - prices[:, :, who], 0.0)
        order = np.argsort(margin, axis=2, kind="stable")
        margin = np.take_along_axis(margin, order, axis=2)
        amount = np.take_along_axis(problem.demand[:, :, who], order, axis=2)
        before = np.cumsum(amount, axis=2) - amount
        for option in own:
            taken = np.clip(problem.room[option][None, :, None] - before, 0.0, amount)
            worth[option] += float((weight * (taken * margin).sum(axis=2)).sum())
        alive = own[live[own]]
        best = float(worth[alive].min()) if len(alive) else np.inf
        bound += best if problem.must[scheme] else min(best, 0.0)
    return bound, worth
