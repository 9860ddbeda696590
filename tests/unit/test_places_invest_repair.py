"""From a plan that breaks its promise to one that keeps it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.expansion_made import made
from rightplace.places.siting.expansion_repair import all_open, lacking, repair
from rightplace.places.siting.expansion_solve import solve


def _promised(seed: int, promise: float):
    problem = made(sites=5, zones=6, years=3, futures=10, seed=seed)
    return replace(problem, unserved=np.full(6, 1e5), promise=promise, promise_from=2)


@pytest.mark.parametrize("seed", range(6))
def test_what_every_scheme_together_could_keep_is_kept(seed: int) -> None:
    """From nothing open. A plan that keeps as many futures as all schemes at their largest do is always within reach."""
    problem = _promised(seed, 0.5)
    most = account(problem, all_open(problem)).kept
    problem = replace(problem, promise=max(most, 0.1))
    nothing = account(problem, np.full(problem.schemes, -1))
    live = np.ones(len(problem.option_cost), np.bool_)
    found = repair(problem, nothing, live)
    if most > 0:
        assert found.allowed(problem)
        assert found.kept >= problem.promise - 1e-9
    else:
        assert found is nothing


def test_only_futures_that_can_be_kept_are_looked_at_the_nearest_first() -> None:
    problem = _promised(1, 0.3)
    nothing = account(problem, np.full(problem.schemes, -1))
    can = np.array([True, False] * 5)
    near, missing = lacking(problem, nothing, can)
    short = nothing.left_out[:, 2:].sum(axis=1)
    wanted = sorted(np.flatnonzero(can), key=lambda future: short[future])[:3]
    assert near.tolist() == [int(future) for future in wanted]
    assert missing == pytest.approx(short[wanted].sum())


@pytest.mark.parametrize("seed", range(3))
def test_the_plan_found_is_near_the_best_of_every_plan(seed: int) -> None:
    """The oracle lists every plan of three sites, each in two sizes and two years: none that keeps the promise costs less than the bound."""
    problem = made(sites=3, zones=3, years=2, futures=10, seed=seed)
    problem = replace(problem, unserved=np.full(3, 1e4), promise=0.8, promise_from=1)
    if account(problem, all_open(problem)).kept < 0.8:
        problem = replace(problem, demand=problem.demand * 0.5)
    ways = [[-1, *problem.options(site).tolist()] for site in range(3)]
    plans = (account(problem, np.array(plan)) for plan in product(*ways))
    best = min(plan.total for plan in plans if plan.allowed(problem))
    found = solve(problem, enough=0.001)
    assert found.account.allowed(problem)
    assert found.proof.bound <= best * (1 + 1e-9)
    assert found.account.total <= best * 1.05
