"""A bound on every plan: prices of demand raised by subgradient steps, on compiled kernels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np

from rightplace.places.siting import expansion_kernel
from rightplace.places.siting.arrays import Reals, Whole
from rightplace.places.siting.expansion import Flags, Problem
from rightplace.places.siting.expansion_account import in_chunks

_PATIENCE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Arcs:
    """Which classes each scheme can serve, laid end to end, and the sizes its options have."""

    start: Whole
    who: Whole
    serve: Reals
    levels: Reals
    option_level: Whole


@dataclass(slots=True, kw_only=True)
class Prices:
    """``demand`` (futures, years, classes) and ``rows`` prices, their bound, and each option's cost less earnings.

    ``use`` (options) is the smoothed share of steps in which each option was taken.
    """

    demand: Reals
    rows: Reals
    bound: float
    worth: Reals
    use: Reals


def arcs(problem: Problem) -> Arcs:
    """The arcs and sizes of a problem."""
    scheme, who = np.nonzero(np.isfinite(problem.serve) & (problem.serve < problem.unserved))
    sizes = [np.unique(problem.room[problem.options(s)]) for s in range(problem.schemes)]
    levels = np.full((problem.schemes, max(len(size) for size in sizes) + 1), np.inf)
    option_level = np.zeros(problem.room.shape, np.int64)
    for s, size in enumerate(sizes):
        levels[s, : len(size)] = size
        own = problem.options(s)
        option_level[own] = np.searchsorted(size, problem.room[own])
    return Arcs(
        start=np.searchsorted(scheme, np.arange(problem.schemes + 1)), who=who, serve=problem.serve[scheme, who],
        levels=levels, option_level=option_level,
    )  # fmt: skip


def chosen(problem: Problem, worth: Reals, live: Flags) -> Whole:
    """For each scheme the live option of most worth, -1 for none."""
    plan = np.full(problem.schemes, -1)
    for s in range(problem.schemes):
        own = problem.options(s)
        own = own[live[own]]
        if len(own) and (problem.must[s] or worth[own].min() < 0.0):
            plan[s] = own[np.argmin(worth[own])]
    return plan


def bound_at(
    problem: Problem, worth: Reals, live: Flags, now: Reals, rows: Reals, weight: Reals
) -> tuple[float, Whole]:
    """The bound that prices give, with the options they would take; ``worth`` is that of the options at these prices."""
    plan = chosen(problem, worth, live)
    offered = float((weight[:, :, None] * now * problem.demand).sum() - rows @ problem.limit)
    return offered + float(worth[plan[plan >= 0]].sum()), plan


def blended(problem: Problem, arc: Arcs, prices: Prices, own: Reals, live: Flags, shares: Sequence[float]) -> Prices:
    """The best prices on the way from those found to ``own``: where steps stall, a mixture goes further."""
    weight = problem.chance[:, None] * problem.weight[None, :]
    best = prices
    for share in shares:
        mixed = share * own + (1.0 - share) * prices.demand
        worth = option_worth(problem, arc, mixed, prices.rows, weight)
        bound = bound_at(problem, worth, live, mixed, prices.rows, weight)[0]
        if bound > best.bound:
            best = Prices(demand=mixed, rows=prices.rows, bound=bound, worth=worth, use=prices.use)
    return best


def ascend(
    problem: Problem, arc: Arcs, prices: Prices, live: Flags, target: float, *, steps: int, scale: float, enough: float
) -> Prices:
    """Better prices after at most ``steps``; stops when the bound is within ``enough`` (a share) of ``target``."""
    weight = problem.chance[:, None] * problem.weight[None, :]
    now, rows = prices.demand.copy(), prices.rows.copy()
    best = prices
    held = _row_scale(problem)
    direction, row_direction = np.zeros_like(now), np.zeros_like(rows)
    use = prices.use.copy()
    stale = 0
    for _ in range(steps):
        worth = option_worth(problem, arc, now, rows, weight)
        bound, plan = bound_at(problem, worth, live, now, rows, weight)
        served = _served(problem, arc, now, weight, plan)
        use *= 0.9
        use[plan[plan >= 0]] += 0.1
        if bound > best.bound:
            stale = 0 if bound > best.bound + 2e-4 * abs(target - best.bound) else stale + 1
            best = Prices(demand=now.copy(), rows=rows.copy(), bound=bound, worth=worth, use=use.copy())
        else:
            stale += 1
        if target - best.bound <= enough * abs(target) or scale < 0.01:
            break
        if stale >= _PATIENCE:
            scale, stale, now, rows = scale * 0.66, 0, best.demand.copy(), best.rows.copy()
        short = problem.demand - served
        short[(now >= problem.unserved) & (short > 0.0)] = 0.0
        direction = 0.5 * short + 0.5 * direction
        over = problem.use(plan) - problem.limit
        row_direction = 0.5 * np.where((rows <= 0.0) & (over < 0.0), 0.0, over * held) + 0.5 * row_direction
        length = float((weight[:, :, None] * direction**2).sum() + (row_direction**2).sum())
        if length < 1e-12:
            break
        move = scale * max(1.005 * target - bound, 1e-9) / length
        now = np.clip(now + move * direction, 0.0, problem.unserved)
        rows = np.maximum(rows + move * row_direction * held, 0.0)
    best.use = use
    return best


def option_worth(problem: Problem, arc: Arcs, now: Reals, rows: Reals, weight: Reals) -> Reals:
    """Each option's cost, with its share of the rows at their prices, less what it earns."""
    saved = np.zeros((problem.schemes, problem.demand.shape[1], arc.levels.shape[1]))
    wanted = np.ones(problem.schemes, np.bool_)
    lock = Lock()
    parts: dict[int, Reals] = {}

    def work(first: int, last: int) -> None:
        part = np.zeros_like(saved)
        expansion_kernel.earnings(
            now, problem.demand, weight, arc.start, arc.who, arc.serve, arc.levels, wanted, first, last, part
        )
        with lock:
            parts[first] = part

    in_chunks(work, len(problem.chance))
    for first in sorted(parts):
        saved += parts[first]
    years = np.arange(problem.room.shape[1])
    earned = saved[problem.option_scheme[:, None], years[None, :], arc.option_level].sum(axis=1)
    worth: Reals = problem.option_cost + earned
    return worth + rows @ problem.rows if len(rows) else worth


def _served(problem: Problem, arc: Arcs, now: Reals, weight: Reals, plan: Whole) -> Reals:
    served = np.zeros_like(problem.demand)
    room = problem.room_of(plan)

    def work(first: int, last: int) -> None:
        earned = np.zeros(problem.schemes)
        expansion_kernel.supply(
            now, problem.demand, weight, arc.start, arc.who, arc.serve, room, first, last, served, earned
        )

    in_chunks(work, len(problem.chance))
    return served


def _row_scale(problem: Problem) -> Reals:
    """What turns a row's units into children, so that steps in prices are of a like size."""
    if not len(problem.limit):
        return np.zeros(0)
    size = np.maximum(problem.room.max(axis=1), 1.0)
    each = np.abs(problem.rows) / size[None, :]
    count = np.maximum((each > 0.0).sum(axis=1), 1)
    scale: Reals = 1.0 / np.maximum(each.sum(axis=1) / count, 1e-12)
    return scale
