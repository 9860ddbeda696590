"""The stable plan has no blocking pair, is best for every child, and leaves the same children out as any other."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.errors import DataError
from rightplace.places.assign.dial import dial
from rightplace.places.assign.problem import NOWHERE, problem
from rightplace.places.assign.solve import solve
from rightplace.places.assign.stable import Market, blocking_pairs, stable
from rightplace.places.assign.turns import lots, turns

SEEDS = st.integers(0, 2**32 - 1)


def small(seed: int, most: int = 15) -> Market:
    draw = np.random.default_rng(seed)
    children, bases = int(draw.integers(1, most)), int(draw.integers(1, 6))
    rows = [draw.permutation(bases)[: draw.integers(0, bases + 1)] for _ in range(children)]
    base = np.concatenate(rows).astype(np.int32)
    child = np.repeat(np.arange(children, dtype=np.int32), [len(row) for row in rows])
    return Market(
        seats=draw.integers(0, 4, bases),
        start=np.concatenate(([0], np.cumsum([len(row) for row in rows]))),
        base=base,
        turn=turns(child, lots(children, seed=seed), priority=draw.integers(0, 3, len(base))),
    )


def bases_asking(market: Market) -> np.ndarray:
    """The stable plan best for the bases: each offers its seats down its list, children keep the best offer. In plain Python."""
    children, bases = len(market.start) - 1, len(market.seats)
    child_of = market.child_of_arc()
    lists = [sorted(np.flatnonzero(market.base == b), key=lambda arc: market.turn[arc]) for b in range(bases)]
    held = [None] * children
    changed = True
    while changed:
        changed = False
        for b in range(bases):
            has = sum(1 for arc in held if arc is not None and market.base[arc] == b)
            if has < market.seats[b] and lists[b]:
                arc = lists[b].pop(0)
                child = child_of[arc]
                changed = True
                if held[child] is None or arc < held[child]:
                    held[child] = arc
    return np.array([NOWHERE if arc is None else market.base[arc] for arc in held])


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_no_pair_blocks_and_the_same_children_are_out_whoever_asks(seed: int) -> None:
    """Roth (1986), the rural hospitals theorem: the same children without a place, and as many at each base, in both."""
    market = small(seed)
    ours, theirs = stable(market), bases_asking(market)
    assert len(blocking_pairs(market, ours)) == len(blocking_pairs(market, theirs)) == 0
    assert ((ours == NOWHERE) == (theirs == NOWHERE)).all()
    assert (np.bincount(ours[ours >= 0], minlength=9) == np.bincount(theirs[theirs >= 0], minlength=9)).all()


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_no_stable_plan_is_better_for_any_child(seed: int) -> None:
    """Gale and Shapley (1962), theorem 2. Oracle: every plan listed."""
    market = small(seed, most=5)
    ours = stable(market)
    lists = [market.base[market.start[c] : market.start[c + 1]].tolist() for c in range(len(ours))]

    def rank(child: int, base: int) -> int:
        return lists[child].index(base) if base != NOWHERE else len(lists[child])

    for plan in product(*([NOWHERE, *wished] for wished in lists)):
        base = np.array(plan, np.int32)
        if (np.bincount(base[base >= 0], minlength=len(market.seats)) > market.seats).any():
            continue
        if len(blocking_pairs(market, base)) == 0:
            assert all(rank(child, ours[child]) <= rank(child, plan[child]) for child in range(len(ours)))


EXAMPLE_1 = [[(1, 3), (2, 2), (3, 1)], [(3, 1), (1, 3), (2, 2)], [(2, 2), (3, 1), (1, 3)]]
EXAMPLE_2 = [
    [(1, 3), (2, 3), (3, 2), (4, 3)],
    [(1, 4), (4, 1), (3, 3), (2, 2)],
    [(2, 2), (1, 4), (3, 4), (4, 1)],
    [(4, 1), (2, 2), (3, 1), (1, 4)],
]


def ranking_matrix(matrix: list[list[tuple[int, int]]]) -> Market:
    order = [sorted(range(len(row)), key=lambda b, row=row: row[b][0]) for row in matrix]
    return Market(
        seats=np.ones(len(matrix), np.int64),
        start=np.arange(len(matrix) + 1) * len(matrix),
        base=np.array([b for row in order for b in row], np.int32),
        turn=np.array([matrix[child][b][1] for child, row in enumerate(order) for b in row]),
    )


def test_the_ranking_matrices_of_gale_and_shapley() -> None:
    """Gale and Shapley (1962), examples 1 and 2: three stable plans, of which each man's first choice is one; and one alone."""
    first, second = ranking_matrix(EXAMPLE_1), ranking_matrix(EXAMPLE_2)
    assert stable(first).tolist() == [0, 1, 2]
    assert stable(second).tolist() == [2, 3, 0, 1]
    for market, number in ((first, 3), (second, 1)):
        plans = (np.array(plan, np.int32) for plan in permutations(range(len(market.seats))))
        assert sum(len(blocking_pairs(market, plan)) == 0 for plan in plans) == number


def test_a_tie_that_matters_is_refused() -> None:
    tied = Market(seats=np.array([1]), start=np.array([0, 1, 2]), base=np.zeros(2, np.int32), turn=np.array([4, 4]))
    with pytest.raises(DataError, match="lottery number"):
        stable(tied)


def test_turns_go_by_class_then_sibling_then_nearness_then_lot() -> None:
    child = np.arange(6, dtype=np.int32)
    turn = turns(
        child,
        lots(6, seed=1),
        priority=np.array([1, 0, 0, 0, 0, 0]),
        sibling=np.array([True, True, False, False, False, False]),
        metres=np.array([0, 900, 10, 20, 20, 20]),
    )
    assert np.argsort(turn)[:3].tolist() == [1, 2, 3 + int(np.argmin(lots(6, seed=1)[3:]))]
    assert int(np.argmax(turn)) == 0
    assert sorted(lots(6, seed=1).tolist()) == list(range(6))
    with pytest.raises(DataError, match="cannot be ordered"):
        turns(child, lots(6, seed=1), metres=np.full(6, 2**24))


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_the_dial_goes_from_the_best_plan_to_the_stable_one(seed: int) -> None:
    market = small(seed)
    draw = np.random.default_rng(seed)
    of = problem(
        seats=market.seats,
        start=market.start,
        base=market.base,
        cost=draw.integers(0, 30, len(market.base)),
        unplaced=np.full(len(market.start) - 1, 50),
    )
    turned = dial(of, market, steps=6).settings
    assert turned[0].cost == solve(of).cost
    assert (turned[-1].base == stable(market)).all()
    assert turned[-1].blocking_pairs == 0
    # Each plan is the least costly with as few away: cost rises as fewer are away (a Lagrangian is monotone).
    assert [at.cost for at in turned] == sorted(at.cost for at in turned)
    assert [at.away for at in turned] == sorted((at.away for at in turned), reverse=True)
