"""From a plan that breaks its promise to a near one that keeps it: places are added for the futures that are nearest to being kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from rightplace.places.siting import expansion_price
from rightplace.places.siting.arrays import Whole
from rightplace.places.siting.expansion import Account, Flags, Problem
from rightplace.places.siting.expansion_account import account, detailed
from rightplace.places.siting.expansion_search import breaks, score

_MOST: Final = 40
_TRIES: Final = 60
_FULL: Final = 16
_ENOUGH: Final = 3


def repair(problem: Problem, best: Account, live: Flags) -> Account:
    """The nearest plan found that keeps the promise, or ``best`` where none was found. Deterministic.

    The search by cost looks at all futures together, so a place that one future lacks is worth little to it. Here only those futures
    count that must still be kept: of the futures that are short, as many with the fewest left out.
    """
    if problem.promise is None or len(best.broken):
        return best
    made, can = best, _can_be_kept(problem)
    for _ in range(_MOST):
        if made.allowed(problem):
            return made
        found = _nearer(problem, made, live, can)
        if found is None:
            return best
        made = found
    return best


def all_open(problem: Problem) -> Whole:
    """The plan with most room: every scheme at the option with most places over the years."""
    plan = np.full(problem.schemes, -1)
    for scheme in range(problem.schemes):
        own = problem.options(scheme)
        if len(own):
            plan[scheme] = own[np.argmax(problem.room[own].sum(axis=1))]
    return plan


def lacking(problem: Problem, made: Account, can: Flags) -> tuple[Whole, float]:
    """Of the futures that can be kept, as many as must be beside those that are, the nearest to it; and how many they leave out in all."""
    short = made.left_out[:, problem.promise_from :].sum(axis=1)
    bad = np.flatnonzero((short >= 1e-6) & can)
    order = bad[np.argsort(short[bad], kind="stable")]
    lost = 0.0 if problem.promise is None else problem.promise - 1e-9 - made.kept
    wanted = int(np.searchsorted(np.cumsum(problem.chance[order]), lost)) + 1
    near = order[:wanted]
    return near, float(short[near].sum())


def _can_be_kept(problem: Problem) -> Flags:
    """The futures in which nobody is left out where every scheme is open at its largest."""
    left = account(problem, all_open(problem)).left_out[:, problem.promise_from :]
    can: Flags = np.asarray((left < 1e-6).all(axis=1))
    return can


def _nearer(problem: Problem, made: Account, live: Flags, can: Flags) -> Account | None:
    """The plan one change away that lacks least for its cost; None where no change lacks less."""
    near, missing = lacking(problem, made, can)
    if not len(near):
        return None
    few = _only_places(problem, near)
    tried = []
    for scheme, option in _moves(few, problem, made, live):
        plan = made.plan.copy()
        plan[scheme] = option
        here = account(few, plan)
        left = float(here.left_out[:, problem.promise_from :].sum())
        if left < missing - 1e-6:
            dearer = problem.cost_of(plan) - made.options
            tried.append((dearer / (missing - left), plan))
    tried.sort(key=lambda one: one[0])
    now = _progress(problem, made, can)
    nearer: list[Account] = []
    for _, plan in tried[:_FULL]:
        one = account(problem, plan)
        if one.allowed(problem) or _progress(problem, one, can) < now:
            nearer.append(one)
        if len(nearer) == _ENOUGH:
            break
    return min(nearer, key=lambda one: score(problem, one)) if nearer else None


def _progress(problem: Problem, made: Account, can: Flags) -> tuple[float, float]:
    """What is to fall: the share of futures that are not kept, then what those lack that are nearest."""
    return (round(-made.kept, 9), round(lacking(problem, made, can)[1], 6))


def _only_places(problem: Problem, futures: Whole) -> Problem:
    """The same in some futures where nothing costs but a child left out after the promise begins."""
    few = problem.only(futures)
    years = np.arange(len(problem.weight))
    return replace(
        few, serve=np.where(np.isfinite(few.serve), 0.0, np.inf), unserved=np.ones_like(few.unserved),
        option_cost=np.zeros_like(few.option_cost), weight=np.where(years >= problem.promise_from, 1.0, 0.0), promise=None,
        chance=np.ones(len(futures)),
    )  # fmt: skip


def _moves(few: Problem, problem: Problem, made: Account, live: Flags) -> list[tuple[int, int]]:
    """Changes of one scheme that break no row further and could leave fewer out, by the cost of each child, cheapest first.

    At the prices of the problem in which only a child left out costs, no change can do more than its options' worth says.
    """
    prices = detailed(few, made.plan)[1].prices
    weight = few.chance[:, None] * few.weight[None, :]
    worth = expansion_price.option_worth(few, expansion_price.arcs(few), prices, np.zeros(len(few.limit)), weight)
    has = made.plan >= 0
    now, paid = (np.where(has, amount[made.plan], 0.0) for amount in (worth, problem.option_cost))
    gain = now[few.option_scheme] - worth
    each = (problem.option_cost - paid[few.option_scheme]) / np.maximum(gain, 1e-9)
    open_to = live & (gain > 1e-6)
    order = np.flatnonzero(open_to)[np.argsort(each[open_to], kind="stable")]
    moves = ((int(few.option_scheme[option]), int(option)) for option in order)
    allowed = (move for move in moves if not breaks(problem, made, [move]))
    return [move for move, _ in zip(allowed, range(_TRIES), strict=False)]
