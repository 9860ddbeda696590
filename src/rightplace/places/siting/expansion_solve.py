"""The best plan of expansion: prices for a bound, searches for plans, until the gap is small enough."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from rightplace.places.siting import evaluate, expansion_price
from rightplace.places.siting.arrays import Reals, Whole
from rightplace.places.siting.expansion import Account, Flags, Problem
from rightplace.places.siting.expansion_account import account, detailed
from rightplace.places.siting.expansion_price import Arcs, Prices
from rightplace.places.siting.expansion_repair import repair
from rightplace.places.siting.expansion_search import improve, score
from rightplace.places.siting.proof import Proof
from rightplace.progress import Progress, silent

_ROUNDS: Final = 10
_LITTLE: Final = 0.0005
"""A round that raises the bound by less than this share, and finds no plan, is the last."""
_SAMPLE: Final = 12
_SHARES: Final = (1.0, 0.7, 0.45, 0.3, 0.15, 0.05)
_SCALES: Final = (1.0, 0.3, 0.1)
"""How bold the price steps of each round are: from the prices of a good plan, small steps go further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expansion:
    """The best plan found, what it comes to, and how good it is known to be; ``worth`` (options) at the last prices."""

    account: Account
    proof: Proof
    worth: Reals
    demand_prices: Reals
    row_prices: Reals


def solve(
    problem: Problem,
    *,
    enough: float = 0.005,
    steps: int = 60,
    rounds: int = _ROUNDS,
    start: Whole | None = None,
    progress: Progress = silent,
) -> Expansion:
    """A plan whose gap is at most ``enough`` (a share), or the best that ``rounds`` of ``steps`` price steps give.

    The incumbent is the plan served in every future; the bound is :func:`evaluate.expansion_bound` at the last prices.
    Where no plan is found that keeps every row and the promise, the account of the nearest is given and
    :meth:`Account.allowed` is false.
    """
    arc = expansion_price.arcs(problem)
    live = np.ones(len(problem.option_cost), np.bool_)
    best = _start(problem, arc, live) if start is None else account(problem, start)
    prices = _first(problem, arc, best)
    for turn in range(rounds):
        before = (best.total, prices.bound)
        target = best.total if best.allowed(problem) else max(score(problem, best), prices.bound * 1.02)
        if turn > 0:
            own = detailed(problem, best.plan)[1].prices
            prices = expansion_price.blended(problem, arc, prices, own, live, _SHARES)
        prices = expansion_price.ascend(
            problem, arc, prices, live, target, steps=steps // 3 if turn == 0 else steps, scale=_SCALES[min(turn, 2)],
            enough=enough * 0.3,
        )  # fmt: skip
        progress(2 * turn + 1, 2 * rounds, "prices raised, plans searched")
        if turn == 0 or not best.allowed(problem) or best.total - prices.bound > enough * best.total:
            best = repair(problem, _search(problem, arc, prices, live, best, quick=turn == 0), live)
        progress(2 * turn + 2, 2 * rounds, "prices raised, plans searched")
        live &= _alive(problem, prices, live, best)
        still = best.total == before[0] and prices.bound - before[1] < _LITTLE * abs(prices.bound)
        close = best.allowed(problem) and best.total - prices.bound <= enough * best.total
        if close or (still and turn > 2) or (turn > 0 and best.total == before[0] and not best.allowed(problem)):
            break
    bound, worth = evaluate.expansion_bound(problem, prices.demand, prices.rows, np.ones_like(live))
    value = best.total if best.allowed(problem) else float("inf")
    return Expansion(
        account=best, proof=Proof(incumbent=value, bound=min(bound, value), nodes=1), worth=worth,
        demand_prices=prices.demand, row_prices=prices.rows,
    )  # fmt: skip


def _start(problem: Problem, arc: Arcs, live: Flags) -> Account:
    """A first plan: what must be, with changes that pay on a sample of futures."""
    small = problem.only(_sample(problem)) if len(problem.chance) > _SAMPLE else problem
    return account(problem, improve(small, arc, _must(problem), live).plan)


def _must(problem: Problem) -> Whole:
    """Only what must be: the option with most room of each scheme that must have one."""
    plan = np.full(problem.schemes, -1)
    for scheme in np.flatnonzero(problem.must):
        own = problem.options(int(scheme))
        plan[scheme] = own[np.argmax(problem.room[own].sum(axis=1))]
    return plan


def _first(problem: Problem, arc: Arcs, made: Account) -> Prices:
    """The prices of a plan."""
    demand = detailed(problem, made.plan)[1].prices
    weight = problem.chance[:, None] * problem.weight[None, :]
    worth = expansion_price.option_worth(problem, arc, demand, np.zeros(len(problem.limit)), weight)
    return Prices(
        demand=demand, rows=np.zeros(len(problem.limit)), bound=-np.inf, worth=worth, use=np.zeros(len(worth))
    )


def _search(problem: Problem, arc: Arcs, prices: Prices, live: Flags, best: Account, *, quick: bool) -> Account:
    """The best of the plans that the prices point at, searched from: on a sample of futures, then (unless ``quick``) on all."""
    points = [_rounded(problem, prices, share) for share in (0.6, 0.4, 0.25)]
    points.append(expansion_price.chosen(problem, prices.worth, live))
    distinct = {plan.tobytes(): plan for plan in points}.values()
    many = len(problem.chance) > 2 * _SAMPLE
    small = problem.only(_sample(problem)) if many else problem
    tried = [account(small, plan) for plan in [*distinct, best.plan]]
    near = min(tried, key=lambda one: score(small, one))
    near = improve(small, arc, near.plan, live, tries=60)
    if not many:
        return near
    on_all = min((account(problem, near.plan), best), key=lambda one: score(problem, one))
    return on_all if quick else improve(problem, arc, on_all.plan, live, tries=6, most=8)


def _sample(problem: Problem) -> Whole:
    """Futures spread evenly from the least demand to the most."""
    order = np.argsort(problem.demand[:, -1].sum(axis=1), kind="stable")
    return order[((np.arange(_SAMPLE) + 0.5) * len(order) / _SAMPLE).astype(np.int64)]


def _rounded(problem: Problem, prices: Prices, share: float) -> Whole:
    """Each scheme open in more than ``share`` of the price steps, at the option it had most often."""
    plan = _must(problem)
    for scheme in range(problem.schemes):
        own = problem.options(scheme)
        if problem.must[scheme] or prices.use[own].sum() > share:
            plan[scheme] = own[np.argmax(prices.use[own])]
    return plan


def _alive(problem: Problem, prices: Prices, live: Flags, best: Account) -> Flags:
    """Options that a plan cheaper than the best could still take, at these prices."""
    if not best.allowed(problem):
        return live
    least = np.where(problem.must, np.inf, 0.0)
    np.minimum.at(least, problem.option_scheme[live], prices.worth[live])
    kept: Flags = prices.bound + prices.worth - least[problem.option_scheme] <= best.total
    kept[best.plan[best.plan >= 0]] = True
    return kept
