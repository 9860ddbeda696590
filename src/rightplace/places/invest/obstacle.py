"""Why no plan keeps the promise within the budgets: the constraint by name, and the least capital found that would do."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.places.invest.demand import GROUPS, PHASES, Demand
from rightplace.places.invest.flows import flows
from rightplace.places.invest.model import Model
from rightplace.places.invest.scheme import LEVELS
from rightplace.places.siting import expansion_price
from rightplace.places.siting.expansion import Account, Problem
from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.expansion_repair import all_open
from rightplace.places.siting.expansion_search import improve
from rightplace.places.siting.expansion_solve import solve

_SEEN: Final = 40
_UNSERVED: Final = 1e6


def obstacles(model: Model, demand: Demand, best: Account) -> tuple[tuple[str, ...], float | None]:
    """Names of what stands in the way of a plan that is not allowed, and the least capital found; None where none would do."""
    problem = model.problem
    capital = [name.startswith("capital") for name in model.rows]
    if any(capital):
        free = _least_capital(sample(_without(problem, np.array(capital))), model)
        cheapest = solve(free, steps=40, rounds=3)
        if cheapest.account.allowed(free):
            taken = cheapest.account.plan[cheapest.account.plan >= 0]
            spent = float(model.options["capital_gbp"].to_numpy()[taken[taken < len(model.options)]].sum())
            names = tuple(name for name, money in zip(model.rows, capital, strict=True) if money)
            return tuple(f"{name}: not enough for the promise" for name in names), spent
    return _short(model, demand, best), None


def towards_all_open(problem: Problem, plan: NDArray[np.int64], worth: NDArray[np.float64]) -> Account:
    """A plan that keeps the promise, where the search from below found none: as few schemes more at their largest as will do.

    Schemes are taken by the ``worth`` of their options, best first; what is then not needed is left out. Where every
    scheme open does not keep the promise within the rows, that plan is given.
    """
    every = all_open(problem)
    order = np.argsort(np.where(every >= 0, worth[every], np.inf), kind="stable")
    most = account(problem, every)
    if not most.allowed(problem):
        return most
    few, many = 0, problem.schemes
    while many - few > 1:
        half = (few + many) // 2
        tried = plan.copy()
        tried[order[:half]] = every[order[:half]]
        made = account(problem, tried)
        few, many, most = (few, half, made) if made.allowed(problem) else (half, many, most)
    live = np.ones(len(problem.option_cost), np.bool_)
    return improve(problem, expansion_price.arcs(problem), most.plan, live, tries=5, most=8)


def _short(model: Model, demand: Demand, best: Account) -> tuple[str, ...]:
    """The rows broken, and for whom places are short even so."""
    everything = account(model.problem, all_open(model.problem))
    most = (
        f"every scheme at its largest, as early as it can open, keeps the promise in {everything.kept:.0%} of futures"
    )
    broken = [most, *(f"{model.rows[row]}: fewer than the promise needs" for row in best.broken)]
    left = flows(model.problem, best.plan)[model.problem.promise_from :, -1].mean(axis=0)
    totals: dict[tuple[int, int, int], float] = {}
    columns = demand.classes.select("level", "group", "phase")
    for key, children in zip(columns.iter_rows(), left, strict=True):
        totals[key] = totals.get(key, 0.0) + float(children)
    worst = sorted(totals.items(), key=lambda item: -item[1])[:3]
    short = [
        f"places for {list(GROUPS)[group]}, {list(PHASES)[phase]} ({LEVELS[level]}): {children:.1f} children a year without one"
        for (level, group, phase), children in worst
        if children > 0.05
    ]
    return (*broken, *short)


def _without(problem: Problem, rows: NDArray[np.bool_]) -> Problem:
    return replace(problem, rows=problem.rows[~rows], limit=problem.limit[~rows])


def _least_capital(problem: Problem, model: Model) -> Problem:
    """The same problem with capital as the only cost, and a child left out dearer than any place."""
    capital = np.zeros(len(problem.option_cost))
    capital[: len(model.options)] = model.options["capital_gbp"].to_numpy()
    serve = np.where(np.isfinite(problem.serve), 0.0, np.inf)
    return replace(problem, option_cost=capital, serve=serve, unserved=np.full(len(problem.unserved), _UNSERVED))


def sample(problem: Problem) -> Problem:
    """Some futures, spread evenly from the least demand in the last year to the most."""
    order = np.argsort(problem.demand[:, -1].sum(axis=1), kind="stable")
    looked = order[np.unique(np.linspace(0, len(order) - 1, min(_SEEN, len(order))).astype(np.int64))]
    return problem.only(looked)
