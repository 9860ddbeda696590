"""Capacitated facility location: which sites open, and who sends how much where, at the least cost, with proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.places.siting import evaluate, facility_kernel
from rightplace.places.siting.arrays import Reals, States, Whole
from rightplace.places.siting.evaluate import CLOSED, FREE, OPEN
from rightplace.places.siting.proof import Proof
from rightplace.places.siting.transport import transport

_ROOT_STEPS: Final = 500
_NODE_STEPS: Final = 60
_NEAR: Final = 12
_EXACT: Final = 2e-7
"""A case is put aside when its bound is this close (relative) to the best answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilities:
    """``sites`` that open (sorted), ``flow`` (sites, customers; units of demand) and how good that is known to be."""

    sites: Whole
    flow: Reals
    proof: Proof


@dataclass(slots=True, kw_only=True)
class _Node:
    states: States
    prices: Reals
    bound: float


@dataclass(slots=True, kw_only=True)
class _Search:
    fixed: Reals
    cost: Reals
    capacity: Reals
    demand: Reals
    flow: Reals
    incumbent: float = np.inf
    nodes: int = 0
    settled: list[float] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)

    def cut(self) -> float:
        return self.incumbent - _EXACT * max(abs(self.incumbent), 1e-12) if np.isfinite(self.incumbent) else np.inf

    def offer(self, sites: Whole) -> float:
        """The cost with exactly these sites to choose from; kept where it is the best so far."""
        key = np.sort(sites).tobytes()
        if key in self.seen or self.capacity[sites].sum() < self.demand.sum() * (1 - 1e-12):
            return np.inf
        self.seen.add(key)
        flow, rents = np.empty((len(sites), len(self.demand))), np.empty(len(sites))
        moved = transport(np.ascontiguousarray(self.cost[sites]), self.capacity[sites], self.demand, flow, rents)
        if not np.isfinite(moved):
            return np.inf
        whole = np.zeros_like(self.cost)
        whole[sites] = flow
        total = evaluate.facility_cost(self.fixed, self.cost, whole, self.capacity, self.demand)
        if total < self.incumbent:
            self.incumbent, self.flow = total, whole
        return total


def solve(
    fixed: NDArray[np.floating],
    cost: NDArray[np.floating],
    capacity: NDArray[np.floating],
    demand: NDArray[np.floating],
    *,
    most_nodes: int = 20_000,
) -> Facilities:
    """The best sites for ``demand`` (customers), from ``cost`` (sites, customers) of one unit, ``fixed`` costs and ``capacity``.

    A customer may be served from several sites. Lagrangian prices bound the cost and fix sites; transports give answers;
    branching closes what gap is left. Raises ``UserError`` where all sites together are too small.
    """
    search = _Search(
        fixed=np.asarray(fixed, np.float64), cost=np.ascontiguousarray(cost, np.float64),
        capacity=np.asarray(capacity, np.float64), demand=np.asarray(demand, np.float64), flow=np.zeros((0, 0)),
    )  # fmt: skip
    if search.capacity.sum() < search.demand.sum():
        raise UserError(
            f"All sites together hold {search.capacity.sum():g} and {search.demand.sum():g} is wanted.",
            action="Add sites or capacity.",
        )
    prices = (
        np.partition(search.cost, 1, axis=0)[min(1, len(search.fixed) - 1)] if len(search.fixed) > 1 else search.cost[0]
    )
    waiting = [_Node(states=np.zeros(len(search.fixed), np.int8), prices=prices * search.demand, bound=-np.inf)]
    search.offer(np.arange(len(search.fixed)))
    while waiting and search.nodes < most_nodes:
        node = waiting.pop()
        if node.bound > search.cut():
            search.settled.append(node.bound)
        else:
            waiting.extend(_children(search, node))
    bound = min([*search.settled, *(node.bound for node in waiting), search.incumbent])
    sites = np.flatnonzero(search.flow.sum(axis=1) > 0)
    return Facilities(
        sites=sites, flow=search.flow, proof=Proof(incumbent=search.incumbent, bound=bound, nodes=search.nodes)
    )


def _children(search: _Search, node: _Node) -> Iterator[_Node]:
    root = search.nodes == 0
    search.nodes += 1
    states, prices, bound, use = _tighten(search, node, root=root)
    if bound > search.cut():
        search.settled.append(bound)
        return
    free = np.flatnonzero(states == FREE)
    if len(free) == 0:
        search.settled.append(_leaf(search, np.flatnonzero(states == OPEN), bound))
        return
    split = int(free[np.argmin(np.abs(use[free] - 0.5))])
    for state in (CLOSED, OPEN) if use[split] >= 0.5 else (OPEN, CLOSED):
        child = states.copy()
        child[split] = state
        yield _Node(states=child, prices=prices, bound=bound)


def _leaf(search: _Search, sites: Whole, bound: float) -> float:
    """The bound of a case in which every site is settled, from the rents of its own transport."""
    search.offer(sites)
    if search.capacity[sites].sum() < search.demand.sum() * (1 - 1e-12):
        return np.inf
    cost, capacity = np.ascontiguousarray(search.cost[sites]), search.capacity[sites]
    flow, rents = np.empty((len(sites), len(search.demand))), np.empty(len(sites))
    transport(cost, capacity, search.demand, flow, rents)
    return max(bound, float(search.fixed[sites].sum()) + evaluate.transport_bound(cost, capacity, search.demand, rents))


def _tighten(search: _Search, node: _Node, *, root: bool) -> tuple[States, Reals, float, Reals]:
    """Raise the node's bound, try the sites it points at, and fix what the bound settles, over and over."""
    states, prices, bound = node.states.copy(), node.prices.copy(), node.bound
    steps = _ROOT_STEPS if root else _NODE_STEPS
    use = np.zeros(len(states))
    for turn in range(8):
        if evaluate.least_sites(search.capacity, float(search.demand.sum()), states) < 0:
            return states, prices, np.inf, use
        keep = np.flatnonzero(states != CLOSED)
        use = _ascend(search, states, keep, prices, steps, scale=1.0 if root and turn == 0 else 0.3)
        found, worth = _value(search, states, keep, prices)
        bound = max(bound, found)
        _try(search, states, keep, worth, use, swap=root)
        fixed = _fix(search, states, keep, worth, prices)
        if bound > search.cut() or fixed == 0 or not (states == FREE).any():
            break
        steps = max(_NODE_STEPS, steps // 2)
    return states, prices, bound, use


def _ascend(search: _Search, states: States, keep: Whole, prices: Reals, steps: int, *, scale: float) -> Reals:
    use = np.zeros(len(states))
    local = np.zeros(len(keep))
    facility_kernel.ascend(
        search.fixed[keep], np.ascontiguousarray(search.cost[keep] * search.demand), search.capacity[keep], search.demand,
        (states[keep] == OPEN).astype(np.int64), evaluate.least_sites(search.capacity, float(search.demand.sum()), states),
        search.incumbent, prices, steps, scale, local,
    )  # fmt: skip
    use[keep] = local
    return use


def _value(search: _Search, states: States, keep: Whole, prices: Reals) -> tuple[float, Reals]:
    each = prices / np.maximum(search.demand, 1e-300)
    return evaluate.facility_bound(
        search.fixed[keep], search.cost[keep], search.capacity[keep], search.demand, each, states[keep]
    )


def _try(search: _Search, states: States, keep: Whole, worth: Reals, use: Reals, *, swap: bool) -> None:
    """Answers near what the prices point at: the sites in use, filled up by worth; then adding, dropping, swapping."""
    must = states[keep] == OPEN
    order = np.argsort(np.where(must, -np.inf, worth), kind="stable")
    by_use = np.argsort(-np.where(must, np.inf, use[keep]), kind="stable")
    best, start = np.inf, keep
    for ranked, wanted in ((order, must | (worth < 0.0)), (by_use, must | (use[keep] > 0.5))):
        sites = _filled(search, keep[ranked], int(wanted.sum()))
        value = search.offer(sites)
        if value < best:
            best, start = value, sites
    if swap and np.isfinite(best):
        _improve(search, start, keep[order], best)


def _filled(search: _Search, ranked: Whole, count: int) -> Whole:
    held = np.cumsum(search.capacity[ranked])
    need = int(np.searchsorted(held, search.demand.sum() * (1 - 1e-12))) + 1
    return np.sort(ranked[: max(count, need)])


def _improve(search: _Search, sites: Whole, ranked: Whole, best: float) -> None:
    """Add, drop or swap one site while that lowers the cost; sites that come in are those of most worth."""
    while True:
        outside = [site for site in ranked if site not in sites][:_NEAR]
        trials = [np.append(sites, site) for site in outside]
        trials += [np.delete(sites, place) for place in range(len(sites))]
        trials += [np.append(np.delete(sites, place), site) for place in range(len(sites)) for site in outside]
        values = [search.offer(trial) for trial in trials]
        if not values or min(values) >= best - 1e-9:
            return
        place = int(np.argmin(values))
        best, sites = values[place], np.sort(trials[place])


def _fix(search: _Search, states: States, keep: Whole, worth: Reals, prices: Reals) -> int:
    """Fix each free site whose other state would cost more than the best answer; gives how many."""
    cut, base, demand = search.cut(), float(prices.sum()), float(search.demand.sum())
    capacity, local, fixed = search.capacity[keep], states[keep], 0
    for place in np.flatnonzero(local == FREE):
        for state in (OPEN, CLOSED):
            flipped = local.copy()
            flipped[place] = state
            other = base + evaluate.least_chosen(worth, capacity, demand, flipped)
            if other > cut:
                search.settled.append(other)
                states[keep[place]] = -state
                fixed += 1
                break
    return fixed
