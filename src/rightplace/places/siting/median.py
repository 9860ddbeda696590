"""The p-median problem: which p sites serve every customer at the least total cost, with the answer proved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.places.siting import evaluate, median_core, median_kernel
from rightplace.places.siting.arrays import Reals, States, Whole
from rightplace.places.siting.evaluate import CLOSED, FREE, OPEN
from rightplace.places.siting.proof import Proof
from rightplace.streams import generator

_STARTS: Final = 6
_ROOT_STEPS: Final = 1500
_NODE_STEPS: Final = 60
_MOST_ARCS: Final = 60_000
_MOST_FREE: Final = 250
_FEW: Final = 15
"""With few sites to open, branching closes the gap sooner than a linear programme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Median:
    """``sites`` that open (sorted), the site that serves each customer, and how good that is known to be."""

    sites: Whole
    serves: Whole
    proof: Proof


@dataclass(slots=True, kw_only=True)
class _Node:
    states: States
    prices: Reals
    bound: float


@dataclass(slots=True, kw_only=True)
class _Search:
    cost: Reals
    count: int
    step: float
    sites: Whole
    incumbent: float
    nodes: int = 0
    settled: list[float] = field(default_factory=list)

    def beaten(self, bound: float) -> bool:
        """Whether nothing below the incumbent can hide behind this bound."""
        return bound > self.incumbent - self.step

    def offer(self, sites: Whole) -> None:
        cost = evaluate.median_cost(self.cost, sites)
        if cost < self.incumbent - 1e-9:
            self.incumbent, self.sites = cost, np.sort(sites)


def solve(cost: NDArray[np.floating], count: int, *, seed: int = 1, most_nodes: int = 200_000) -> Median:
    """The best ``count`` sites for a (customers, sites) table of costs.

    Lagrangian prices give a bound and fix sites in or out; swaps give answers; branching closes what gap is left. Stops
    at ``most_nodes`` cases with an honest gap. Raises ``UserError`` where ``count`` is not between 1 and the sites.
    """
    table: Reals = np.ascontiguousarray(cost, dtype=np.float64)
    if not 1 <= count <= table.shape[1] or not np.isfinite(table).all():
        raise UserError("The number of sites to open must be between 1 and the sites there are, and every cost known.")
    whole = bool((table == np.round(table)).all())
    search = _begin(table, count, whole=whole, seed=seed)
    left = _explore(search, most_nodes)
    bound = min([*search.settled, *left, search.incumbent])
    bound = min(float(np.ceil(bound - 1e-6)), search.incumbent) if whole else bound
    serves = search.sites[np.argmin(table[:, search.sites], axis=1)]
    return Median(
        sites=search.sites, serves=serves, proof=Proof(incumbent=search.incumbent, bound=bound, nodes=search.nodes)
    )


def _begin(table: Reals, count: int, *, whole: bool, seed: int) -> _Search:
    draws = generator(seed, "places.siting.median")
    best, sites = np.inf, np.arange(count)
    for _ in range(_STARTS):
        tried = draws.choice(table.shape[1], size=count, replace=False).astype(np.int64)
        value = float(median_kernel.interchange(table, tried))
        if value < best:
            best, sites = value, np.sort(tried)
    value = evaluate.median_cost(table, sites)
    step = 1.0 - 1e-5 if whole else 1e-7 * max(abs(value), 1e-12)
    return _Search(cost=table, count=count, step=step, sites=sites, incumbent=value)


def _explore(search: _Search, most_nodes: int) -> list[float]:
    """Look at cases, the likelier first, until none is left or ``most_nodes``; gives the bounds of those left."""
    prices = np.sort(search.cost, axis=1)[:, min(1, search.cost.shape[1] - 1)].copy()
    waiting = [_Node(states=np.zeros(search.cost.shape[1], np.int8), prices=prices, bound=-np.inf)]
    while waiting and search.nodes < most_nodes:
        node = waiting.pop()
        if search.beaten(node.bound):
            search.settled.append(node.bound)
            continue
        waiting.extend(_children(search, node))
    return [node.bound for node in waiting]


def _children(search: _Search, node: _Node) -> Iterator[_Node]:
    root = search.nodes == 0
    search.nodes += 1
    states, prices, bound, use = _tighten(search, node, _ROOT_STEPS if root else _NODE_STEPS)
    if search.beaten(bound):
        search.settled.append(bound)
        return
    free = np.flatnonzero(states == FREE)
    wanted = search.count - int((states == OPEN).sum())
    if wanted == 0 or wanted >= len(free):
        sites = np.flatnonzero(states == OPEN) if wanted == 0 else np.flatnonzero(states != CLOSED)
        search.offer(sites)
        search.settled.append(evaluate.median_cost(search.cost, sites) if len(sites) == search.count else np.inf)
        return
    split = int(free[np.argmin(np.abs(use[free] - 0.5))])
    for state in (CLOSED, OPEN) if use[split] >= 0.5 else (OPEN, CLOSED):
        child = states.copy()
        child[split] = state
        yield _Node(states=child, prices=prices, bound=bound)


def _tighten(search: _Search, node: _Node, steps: int) -> tuple[States, Reals, float, Reals]:
    """Raise the node's bound, offer the sites it points at, and fix what the bound settles, over and over."""
    states, prices, bound = node.states.copy(), node.prices.copy(), node.bound
    use = np.zeros(len(states))
    root = steps > _NODE_STEPS
    for _ in range(12):
        keep = np.flatnonzero(states != CLOSED)
        must = (states[keep] == OPEN).astype(np.int64)
        local = np.zeros(len(keep))
        table = np.ascontiguousarray(search.cost[:, keep])
        scale = 1.0 if root else 0.3
        median_kernel.ascend(table, must, search.count, search.incumbent, prices, steps, scale, local)
        use[:] = 0.0
        use[keep] = local
        found, worth = evaluate.median_bound(table, search.count, prices, states[keep])
        bound = max(bound, found)
        _offer_chosen(search, keep, worth, must, swap=root)
        fixed = _fix(search, keep, worth, found, states)
        if search.beaten(bound) or fixed < max(2, len(keep) // 20) or not (states == FREE).any():
            break
        steps = max(_NODE_STEPS, steps // 2)
    if root and search.count > _FEW and not search.beaten(bound):
        prices, bound, use = _polish(search, states, prices, bound, use)
    return states, prices, bound, use


def _polish(search: _Search, states: States, prices: Reals, bound: float, use: Reals) -> tuple[Reals, float, Reals]:
    """Exact prices for what is left, where they are better than those found so far."""
    keep = np.flatnonzero(states != CLOSED)
    table = np.ascontiguousarray(search.cost[:, keep])
    room = search.incumbent - bound
    if (table < prices[:, None] + room).sum() > _MOST_ARCS:
        return prices, bound, use
    must = (states[keep] == OPEN).astype(np.int64)
    core = median_core.build(table, must, search.count, prices, room)
    found = median_core.prices(core)
    if found is None:
        return prices, bound, use
    exact, share = found
    if ((share > 1e-6) & (share < 1 - 1e-6)).any() and len(keep) <= _MOST_FREE:
        whole = median_core.shares(core)
        share = share if whole is None else whole
    use = np.zeros(len(states))
    use[keep] = share
    chosen = np.sort(keep[np.argsort(-share, kind="stable")[: search.count]]).astype(np.int64)
    median_kernel.interchange(search.cost, chosen)
    search.offer(chosen)
    value, worth = evaluate.median_bound(table, search.count, exact, states[keep])
    if value <= bound:
        return prices, bound, use
    _fix(search, keep, worth, value, states)
    return exact, value, use


def _offer_chosen(search: _Search, keep: Whole, worth: Reals, must: Whole, *, swap: bool) -> None:
    order = np.argsort(np.where(must == 1, -np.inf, worth), kind="stable")
    sites = keep[order[: search.count]].astype(np.int64)
    if len(sites) == search.count:
        search.offer(sites)
        if swap:
            median_kernel.interchange(search.cost, sites)
            search.offer(sites)


def _fix(search: _Search, keep: Whole, worth: Reals, bound: float, states: States) -> int:
    """Fix each free site whose other state would cost more than the incumbent; gives how many."""
    free = np.flatnonzero(states[keep] == FREE)
    wanted = search.count - int((states == OPEN).sum())
    if not 0 < wanted < len(free):
        return 0
    order = free[np.argsort(worth[free], kind="stable")]
    inside, outside = order[:wanted], order[wanted:]
    if_open = bound + worth[outside] - worth[inside[-1]]
    if_shut = bound - worth[inside] + worth[outside[0]]
    cut = search.incumbent - search.step
    search.settled.extend(float(other) for others in (if_open, if_shut) for other in others[others > cut])
    states[keep[outside[if_open > cut]]] = CLOSED
    states[keep[inside[if_shut > cut]]] = OPEN
    return int((if_open > cut).sum() + (if_shut > cut).sum())
