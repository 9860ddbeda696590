"""Location methods against every answer there is, HiGHS, and instances with known optima."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import linprog

from rightplace.errors import UserError
from rightplace.places.siting import evaluate, expansion_made, expansion_solve, expansion_value, facility, median
from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.proof import Proof
from rightplace.places.siting.transport import transport


def _programme(cost, capacity, demand):
    sites, customers = cost.shape
    room = np.kron(np.eye(sites), np.ones(customers))
    met = np.tile(np.eye(customers), sites)
    return linprog(cost.ravel(), A_ub=room, b_ub=capacity, A_eq=met, b_eq=demand, method="highs")


@pytest.mark.parametrize("seed", range(12))
def test_transport_costs_what_a_linear_programme_says(seed):
    """Oracle: HiGHS on the whole transportation programme; the rents alone give the same cost (strong duality)."""
    draws = np.random.default_rng(seed)
    sites, customers = draws.integers(2, 8), draws.integers(2, 12)
    cost = np.round(draws.uniform(0, 10, (sites, customers)), 0 if seed % 2 else 6)
    demand = draws.uniform(0, 5, customers)
    capacity = draws.dirichlet(np.ones(sites)) * demand.sum() * draws.uniform(1, 1.6)
    flow, rent = np.empty(cost.shape), np.empty(sites)
    value = transport(cost, capacity, demand, flow, rent)
    assert value == pytest.approx(_programme(cost, capacity, demand).fun, rel=1e-9)
    assert evaluate.transport_bound(cost, capacity, demand, rent) == pytest.approx(value, rel=1e-9)
    assert np.allclose(flow.sum(axis=0), demand)
    assert (flow.sum(axis=1) <= capacity + 1e-9).all()


def test_transport_says_when_there_is_no_room():
    flow, rent = np.empty((1, 2)), np.empty(1)
    assert transport(np.ones((1, 2)), np.array([1.0]), np.array([1.0, 1.0]), flow, rent) == np.inf


@pytest.mark.parametrize("seed", range(8))
def test_medians_are_the_best_of_all_choices_of_sites(seed):
    """Oracle: every choice of sites costed."""
    draws = np.random.default_rng(seed)
    cost = draws.integers(1, 60, (18, 11)).astype(float) if seed % 2 else draws.uniform(1, 60, (18, 11))
    for count in (1, 3, 5, 11):
        found = median.solve(cost, count)
        best = min(cost[:, list(sites)].min(axis=1).sum() for sites in combinations(range(11), count))
        assert found.proof.incumbent == pytest.approx(best)
        assert found.proof.optimal
        assert cost[np.arange(18), found.serves].sum() == pytest.approx(best)


def test_median_of_points_on_a_line_is_known_by_formula():
    """60 points a unit apart, 2 medians: two runs of 30 about their middle cost 2 x 225 (sum of distances to the middle of n
    points on a line is floor(n^2 / 4))."""
    cost = np.abs(np.arange(60.0)[:, None] - np.arange(60.0)[None, :])
    found = median.solve(cost, 2)
    assert found.proof.incumbent == found.proof.bound == 2 * (30**2 // 4)


def test_a_number_of_sites_that_cannot_be_is_refused():
    with pytest.raises(UserError, match="between 1 and"):
        median.solve(np.ones((3, 3)), 4)


@pytest.mark.parametrize("seed", range(10))
def test_facilities_are_the_best_of_all_sets(seed):
    """Oracle: HiGHS's transport for every set of sites. Capacities are unequal, or equal and tight (where a fixing rule that
    forgets that the open sites must hold all demand gives wrong proofs)."""
    draws = np.random.default_rng(seed)
    fixed, cost, demand = draws.uniform(20, 90, 7), draws.uniform(1, 12, (7, 10)), draws.uniform(1, 6, 10)
    capacity = np.full(7, demand.sum() / 3.1) if seed % 2 else draws.uniform(0.15, 0.6, 7) * demand.sum()
    best = np.inf
    for chosen in product((0, 1), repeat=7):
        sites = np.flatnonzero(chosen)
        if capacity[sites].sum() >= demand.sum():
            best = min(best, fixed[sites].sum() + _programme(cost[sites], capacity[sites], demand).fun)
    found = facility.solve(fixed, cost, capacity, demand)
    assert found.proof.incumbent == pytest.approx(best, rel=1e-8)
    assert found.proof.optimal
    assert evaluate.facility_cost(fixed, cost, found.flow, capacity, demand) == pytest.approx(best, rel=1e-8)


def test_facilities_too_small_together_are_refused():
    with pytest.raises(UserError, match="is wanted"):
        facility.solve(np.ones(2), np.ones((2, 2)), np.ones(2), np.full(2, 3.0))


@pytest.mark.parametrize("seed", range(6))
def test_a_bound_from_any_prices_is_never_above_the_best_answer(seed):
    """Weak duality, with prices that no method would choose."""
    draws = np.random.default_rng(seed)
    cost = draws.uniform(1, 50, (12, 8))
    best = min(cost[:, list(sites)].min(axis=1).sum() for sites in combinations(range(8), 3))
    for _ in range(50):
        bound, _ = evaluate.median_bound(cost, 3, draws.uniform(0, 60, 12), np.zeros(8, np.int8))
        assert bound <= best + 1e-9


def _whole_expansion(problem):
    """Oracle: the extensive form in HiGHS by scipy's milp."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import lil_matrix

    futures, years, classes = problem.demand.shape
    options, schemes = len(problem.option_cost), problem.schemes
    width = options + futures * years * (schemes + 1) * classes
    cost = np.zeros(width)
    cost[:options] = problem.option_cost
    matrix = lil_matrix((schemes + futures * years * (classes + schemes), width))
    for option in range(options):
        matrix[problem.option_scheme[option], option] = 1.0
    low, high = [0.0] * schemes, [1.0] * schemes
    row = schemes
    for future, year in product(range(futures), range(years)):
        start = options + (future * years + year) * (schemes + 1) * classes
        weight = problem.chance[future] * problem.weight[year]
        for scheme in range(schemes + 1):
            each = problem.unserved if scheme == schemes else problem.serve[scheme]
            cost[start + scheme * classes : start + (scheme + 1) * classes] = weight * each
        for place in range(classes):
            matrix[row, start + place : start + (schemes + 1) * classes : classes] = 1.0
            low.append(problem.demand[future, year, place])
            high.append(problem.demand[future, year, place])
            row += 1
        for scheme in range(schemes):
            matrix[row, start + scheme * classes : start + (scheme + 1) * classes] = 1.0
            for option in problem.options(scheme):
                matrix[row, option] = -problem.room[option, year]
            low.append(-np.inf)
            high.append(0.0)
            row += 1
    kind = np.concatenate([np.ones(options), np.zeros(width - options)])
    limits = Bounds(np.zeros(width), np.concatenate([np.ones(options), np.full(width - options, np.inf)]))
    return milp(cost, constraints=LinearConstraint(matrix.tocsr(), low, high), integrality=kind, bounds=limits).fun


@pytest.mark.parametrize("seed", [1, 2])
def test_expansion_is_within_its_own_gap_of_the_extensive_form(seed):
    """Oracle: HiGHS on the extensive form. The bound is below its optimum and the plan within the stated gap of it."""
    problem = expansion_made.made(sites=4, zones=6, years=2, futures=3, seed=seed)
    found = expansion_solve.solve(problem)
    best = _whole_expansion(problem)
    assert found.proof.bound <= best + 1e-6 * best
    assert found.account.total >= best - 1e-6 * best
    assert found.account.total <= best * (1 + found.proof.gap) + 1e-6 * best
    assert found.proof.gap < 0.05


def test_mixed_prices_are_never_worse_and_still_a_bound():
    """Oracle: HiGHS on the extensive form. Mixing prices only raises the bound, and never above the optimum."""
    from rightplace.places.siting import expansion_price

    problem = expansion_made.made(sites=4, zones=6, years=2, futures=3, seed=5)
    found = expansion_solve.solve(problem, rounds=1)
    arc, live = expansion_price.arcs(problem), np.ones(len(problem.option_cost), np.bool_)
    low = expansion_price.Prices(
        demand=0.5 * found.demand_prices, rows=np.zeros(0), bound=-np.inf, worth=found.worth, use=np.zeros(len(live))
    )
    one = expansion_price.blended(problem, arc, low, low.demand, live, (1.0,))
    mixed = expansion_price.blended(problem, arc, one, found.demand_prices, live, (1.0, 0.5, 0.25))
    best = _whole_expansion(problem)
    assert one.bound < mixed.bound <= best * (1 + 1e-9)
    assert mixed.bound >= found.proof.bound - 1e-6 * best


def test_a_promise_planned_on_200_futures_holds_in_500_others():
    """The promise is kept in as many others as in those planned for, within 2 points and what so few futures leave unsure."""
    from dataclasses import replace

    every = expansion_made.made(sites=6, zones=6, years=2, futures=700, seed=6)
    problem = replace(every.only(np.arange(200)), promise=0.8, promise_from=1)
    found = expansion_solve.solve(problem, enough=0.02, steps=20, rounds=3).account
    others = account(replace(every.only(np.arange(200, 700)), promise=0.8, promise_from=1), found.plan)
    assert found.allowed(problem)
    unsure = 1.96 * np.sqrt(found.kept * (1 - found.kept) * (1 / 200 + 1 / 500))
    assert others.kept >= 0.8 - 0.02 - unsure
    assert abs(others.kept - found.kept) <= 0.02 + unsure


def test_the_worth_of_planning_and_knowing_have_their_signs():
    """Birge and Louveaux: neither the value of the stochastic solution nor that of perfect information is below 0, up to the
    gaps of the plans behind them; with one future both are 0."""
    problem = expansion_made.made(sites=5, zones=8, years=2, futures=4, seed=3)
    best = expansion_solve.solve(problem)
    value = expansion_value.worth(problem, best)
    slack = best.account.total - best.proof.bound
    assert value.planning >= -slack
    assert value.knowing_high >= -1e-9
    assert value.knowing_low <= value.knowing <= value.knowing_high + 1e-9
    alone = problem.only(np.array([0]))
    one = expansion_value.worth(alone, expansion_solve.solve(alone, steps=60))
    assert abs(one.planning) <= 0.01 * best.account.total


def test_a_row_limits_a_plan():
    """Capital for one option only: the plan never goes above it."""
    from dataclasses import replace

    problem = expansion_made.made(sites=5, zones=8, years=2, futures=3, seed=4)
    limit = 1.2 * float(problem.option_cost.min())
    tied = replace(problem, rows=problem.option_cost[None, :].copy(), limit=np.array([limit]))
    free, found = expansion_solve.solve(problem), expansion_solve.solve(tied)
    assert problem.use(found.account.plan).size == 0
    assert tied.use(found.account.plan)[0] <= limit
    assert tied.use(free.account.plan)[0] > limit
    assert found.account.total >= free.proof.bound


def test_an_account_adds_up_by_hand():
    """One scheme of 3 places at 10 a child beside children left out at 100: 5 children cost 3 x 10 + 2 x 100."""
    from rightplace.places.siting.expansion import Problem

    problem = Problem(
        option_scheme=np.array([0]), option_cost=np.array([7.0]), room=np.array([[3.0]]), must=np.array([False]),
        serve=np.array([[10.0]]), unserved=np.array([100.0]), demand=np.array([[[5.0]]]), weight=np.ones(1), chance=np.ones(1),
    )  # fmt: skip
    assert account(problem, np.array([0])).total == pytest.approx(7 + 230)
    assert account(problem, np.array([-1])).total == pytest.approx(500)


def test_a_gap_is_not_closed_without_an_answer():
    assert Proof(incumbent=float("inf"), bound=1.0).gap == float("inf")
    assert not Proof(incumbent=1.001, bound=1.0).optimal
