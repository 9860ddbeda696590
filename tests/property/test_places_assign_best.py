"""A plan costs the least there is, its prices prove it, and one change is as good as solving afresh."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from rightplace.errors import DataError, RefusedError
from rightplace.places.assign import narrow
from rightplace.places.assign.certificate import certify
from rightplace.places.assign.prices import least_prices
from rightplace.places.assign.problem import Problem, problem
from rightplace.places.assign.session import Session
from rightplace.places.assign.solve import solve
from rightplace.places.assign.state import AWAY, FORBIDDEN
from rightplace.places.assign.value import value_of_one_more_place

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=40, deadline=None)


def made(draw: np.random.Generator, children: int, bases: int) -> Problem:
    rows = [np.sort(draw.choice(bases, draw.integers(0, bases + 1), replace=False)) for _ in range(children)]
    base = np.concatenate(rows).astype(np.int32)
    return problem(
        seats=draw.integers(0, 4, bases),
        start=np.concatenate(([0], np.cumsum([len(row) for row in rows]))),
        base=base,
        cost=draw.integers(-5, 20, len(base)),
        unplaced=draw.integers(5, 60, children),
    )


def small(seed: int) -> tuple[np.random.Generator, Problem]:
    draw = np.random.default_rng(seed)
    return draw, made(draw, int(draw.integers(1, 20)), int(draw.integers(1, 7)))


def by_scipy(of: Problem) -> int:
    """The least cost by scipy's dense assignment: a column for each seat, and one for each child to be nowhere."""
    seat = np.repeat(np.arange(of.bases), of.seats)
    dense = np.full((of.children, of.bases), 10_000)
    dense[of.child_of_arc(), of.base] = of.cost
    nowhere = np.where(np.eye(of.children, dtype=bool), of.unplaced[:, None], 10_000)
    table = np.hstack((dense[:, seat], nowhere))
    row, column = linear_sum_assignment(table)
    return int(table[row, column].sum())


@FEW
@given(SEEDS)
def test_the_cost_is_that_of_another_solver_on_a_seat_at_a_time(seed: int) -> None:
    """Oracle: scipy.optimize.linear_sum_assignment, which knows nothing of seats, flows or prices."""
    _, of = small(seed)
    found = solve(of)
    proof = certify(of, found)
    assert found.cost == by_scipy(of) == proof.cost
    assert proof.proved


@FEW
@given(SEEDS)
def test_one_more_place_is_worth_what_solving_afresh_saves(seed: int) -> None:
    _, of = small(seed)
    found = solve(of)
    value = value_of_one_more_place(of, found)
    for base in range(of.bases):
        seats = of.seats.copy()
        seats[base] += 1
        assert found.cost - by_scipy(dataclasses.replace(of, seats=seats)) == value[base]


@FEW
@given(SEEDS)
def test_a_plan_that_is_not_the_best_is_not_proved_and_has_no_prices(seed: int) -> None:
    _, of = small(seed)
    found = solve(of)
    nobody = np.full(of.children, -1, np.int32)
    cost = int(of.unplaced.sum())
    worse = dataclasses.replace(found, base=nobody, cost=cost)
    assert certify(of, worse).proved == (cost == found.cost)
    assert certify(of, worse).gap == cost - found.cost
    if cost > found.cost:
        with pytest.raises(DataError, match="not the best"):
            least_prices(of, nobody)


@FEW
@given(SEEDS, st.sampled_from([1, 10_000]))
def test_solving_on_the_cheapest_candidates_first_comes_to_the_same_cost(seed: int, share: int) -> None:
    """With candidates that are missing always mended (a share of 1), and always solved for again."""
    draw = np.random.default_rng(seed)
    of = made(draw, 60, 9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(narrow, "FEW", 0)
        patch.setattr(narrow, "_CROWD", 0)
        patch.setattr(narrow, "_CHEAPEST", 2)
        patch.setattr(narrow, "_SHARE", share)
        assert solve(of).cost == by_scipy(of)


def afresh(session: Session) -> int:
    held, of = session._state, session._of
    here = held.at != AWAY
    child = of.child_of_arc()
    arcs = here[child] & (held.cost < FORBIDDEN)
    number = np.cumsum(here) - 1
    counts = np.bincount(number[child[arcs]], minlength=int(here.sum()))
    return by_scipy(
        problem(
            seats=session.seats,
            start=np.concatenate(([0], np.cumsum(counts))),
            base=held.base[arcs],
            cost=held.cost[arcs],
            unplaced=held.unplaced[here],
        )
    )


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_after_every_change_the_plan_is_as_good_as_solving_afresh(seed: int) -> None:
    """Changes in any order: seats added and taken, children out and in, bars and pins and back."""
    draw, of = small(seed)
    session = Session(of, solve(of))
    pinned: set[int] = set()
    for _ in range(12):
        child, base = int(draw.integers(of.children)), int(draw.integers(of.bases))
        change = draw.choice(["add", "take", "out", "in", "bar", "allow", "pin", "unpin"])
        if change == "take" and session.seats[base] == 0:
            with pytest.raises(RefusedError, match="no place left"):
                session.take_seat(base)
        elif change == "pin" and (child in pinned or session.seats[base] == 0):
            with pytest.raises(RefusedError):
                session.pin(child, base)
        elif change == "pin":
            session.pin(child, base)
            pinned.add(child)
            assert session.base[child] == base
        elif change == "unpin" and pinned:
            session.unpin(pinned.pop())
        elif change in ("add", "take", "out", "in"):
            {"add": session.add_seat, "take": session.take_seat, "out": session.remove, "in": session.restore}[change](
                base if change in ("add", "take") else child
            )
        elif change in ("bar", "allow"):
            getattr(session, change)(child, base)
        load = np.bincount(session._state.at[session._state.at >= 0], minlength=of.bases + 1)[:-1]
        assert (load <= session.seats).all()
        assert session.cost == afresh(session)


def test_a_problem_that_is_not_whole_says_what_is_wrong() -> None:
    good = {"seats": [1], "start": [0, 1], "base": [0], "cost": [3], "unplaced": [9]}
    for part, value, words in (
        ("base", [1], "does not exist"),
        ("seats", [-1], "fewer than no seats"),
        ("start", [0, 2], "not divided"),
        ("cost", [2**62], "too large"),
    ):
        with pytest.raises(DataError, match=words):
            problem(**{name: np.array(given) for name, given in {**good, part: value}.items()})
