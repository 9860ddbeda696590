"""Better plans by changing one scheme, or one scheme for another, at a time, guided by the prices of the plan itself."""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.places.siting import expansion_price
from rightplace.places.siting.arrays import Reals, Whole
from rightplace.places.siting.expansion import Account, Flags, Problem
from rightplace.places.siting.expansion_account import account, detailed
from rightplace.places.siting.expansion_price import Arcs

_DEAR: Final = 3.0
"""How many times the cost of leaving a child out a breach of the promise is held to cost, in the search only."""
_SWAPS: Final = 12

Move = tuple[float, list[tuple[int, int]]]


def score(problem: Problem, made: Account) -> float:
    """A plan's cost, with breaches of the rows and of the promise at a price that a good plan does not pay."""
    price = _DEAR * float(problem.unserved.max()) * float(problem.weight.max())
    breach = 0.0
    if len(made.broken):
        over = (problem.use(made.plan) - problem.limit)[made.broken]
        size = np.maximum(np.abs(problem.limit[made.broken]), 1.0)
        breach += float((over / size).sum()) * abs(made.total) + 0.1 * abs(made.total)
    if problem.promise is not None and made.kept < problem.promise - 1e-9:
        short = np.sort(made.left_out[:, problem.promise_from :].sum(axis=1))
        allowed = int(np.floor((1.0 - problem.promise) * len(short) + 1e-9))
        breach += price * (float(short[: len(short) - allowed].mean()) + 1.0) + 0.1 * abs(made.total)
    return made.total + breach


def improve(problem: Problem, arc: Arcs, plan: Whole, live: Flags, *, tries: int = 10, most: int = 60) -> Account:
    """The best plan found from ``plan`` in at most ``most`` changes of ``live`` options. Deterministic.

    At a plan's own prices no change can save more than the worth of its options says (weak duality), so changes are
    tried in that order, ``tries`` at most, and those that cannot save are not tried.
    """
    best = account(problem, plan)
    value = score(problem, best)
    for _ in range(most):
        moves = _moves(problem, arc, best, live)
        for promised, changes in moves[:tries]:
            if promised >= 0.0 and best.allowed(problem):
                return best
            changed = best.plan.copy()
            for scheme, option in changes:
                changed[scheme] = option
            made = account(problem, changed)
            found = score(problem, made)
            if found < value - 1e-7 * abs(value):
                best, value = made, found
                break
        else:
            return best
    return best


def _moves(problem: Problem, arc: Arcs, best: Account, live: Flags) -> list[Move]:
    """Changes of one scheme, or of two, that break no row further, with the most each can save (negative), best first."""
    prices = _raised(problem, best, detailed(problem, best.plan)[1].prices)
    weight = problem.chance[:, None] * problem.weight[None, :]
    worth = expansion_price.option_worth(problem, arc, prices, np.zeros(len(problem.limit)), weight)
    now = np.where(best.plan >= 0, worth[best.plan], 0.0)
    gain = worth - now[problem.option_scheme]
    singles: list[Move] = []
    comes: list[tuple[float, int, int]] = []
    for scheme in range(problem.schemes):
        own = problem.options(scheme)
        own = own[live[own] & (own != best.plan[scheme])]
        own = own[np.argsort(gain[own], kind="stable")][:3]
        singles += [(float(gain[option]), [(scheme, int(option))]) for option in own]
        if best.plan[scheme] >= 0 and not problem.must[scheme]:
            singles.append((-float(now[scheme]), [(scheme, -1)]))
        elif len(own):
            comes.append((float(gain[own[0]]), scheme, int(own[0])))
    goes = sorted((move for move in singles if move[1][0][1] == -1), key=lambda move: move[0])[:_SWAPS]
    pairs = [
        (leave + come, [*out, (into, option)]) for leave, out in goes for come, into, option in sorted(comes)[:_SWAPS]
    ]
    return sorted((move for move in [*singles, *pairs] if not breaks(problem, best, move[1])), key=lambda move: move[0])


def _raised(problem: Problem, best: Account, prices: Reals) -> Reals:
    """Where the promise is broken, a place is worth more in the futures that break it than its cost alone says."""
    if problem.promise is None or best.kept >= problem.promise - 1e-9:
        return prices
    short = (best.left_out[:, problem.promise_from :] > 1e-6).any(axis=1)
    raised = prices.copy()
    raised[short] = np.where(prices[short] >= problem.unserved * (1 - 1e-9), _DEAR * problem.unserved, prices[short])
    return raised


def breaks(problem: Problem, best: Account, changes: list[tuple[int, int]]) -> bool:
    """Whether a change leaves some row more broken than the best plan does."""
    if not len(problem.limit):
        return False
    plan = best.plan.copy()
    for scheme, option in changes:
        plan[scheme] = option
    over = np.maximum(problem.use(plan) - problem.limit, 0.0)
    had = np.maximum(problem.use(best.plan) - problem.limit, 0.0)
    return bool((over > had + 1e-6 * np.maximum(1.0, np.abs(problem.limit))).any())
