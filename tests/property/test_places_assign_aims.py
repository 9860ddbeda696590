"""Aims in order: the weights put no amount of a later aim above the least of an earlier one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rightplace.errors import DataError
from rightplace.places.assign import aims as of_aims
from rightplace.places.assign.aims import Aim, ordered, solve_in_order
from rightplace.places.assign.certificate import certify
from rightplace.places.assign.problem import Problem, problem
from rightplace.places.assign.value import value_of_one_more_place


def small(seed: int) -> tuple[Problem, tuple[Aim, ...]]:
    draw = np.random.default_rng(seed)
    children, bases = int(draw.integers(1, 6)), int(draw.integers(1, 5))
    rows = [np.sort(draw.choice(bases, draw.integers(0, bases + 1), replace=False)) for _ in range(children)]
    base = np.concatenate(rows).astype(np.int32)
    of = problem(
        seats=draw.integers(0, 3, bases),
        start=np.concatenate(([0], np.cumsum([len(row) for row in rows]))),
        base=base,
        cost=np.zeros(len(base)),
        unplaced=np.zeros(children),
    )
    placed = Aim(name="placed", arc=np.zeros(len(base), np.int64), unplaced=np.ones(children, np.int64), once=True)
    others = (
        Aim(name=name, arc=draw.integers(0, 4, len(base)), unplaced=draw.integers(0, 4, children)) for name in "abc"
    )
    return of, (placed, *others)


def by_listing(of: Problem, aims: tuple[Aim, ...], seats: np.ndarray) -> tuple[int, ...]:
    """The best amounts in order, by going through every plan there is."""
    choices = [
        [(-1, -1), *((int(of.base[arc]), arc) for arc in range(of.start[c], of.start[c + 1]))]
        for c in range(of.children)
    ]
    found = []
    for plan in product(*choices):
        load = np.bincount([base for base, _ in plan if base >= 0], minlength=of.bases)
        if (load <= seats).all():
            found.append(
                tuple(
                    sum(
                        int(aim.unplaced[child] if base < 0 else aim.arc[arc]) for child, (base, arc) in enumerate(plan)
                    )
                    for aim in aims
                )
            )
    return min(found)


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_the_plan_is_the_best_of_all_in_the_order_of_the_aims(seed: int, in_groups: bool) -> None:
    """Oracle: every plan listed and compared aim by aim. Also with each aim solved by itself among the plans left."""
    of, aims = small(seed)
    both = ordered(of, aims)
    with pytest.MonkeyPatch.context() as patch:
        if in_groups:
            patch.setattr(of_aims, "LARGEST", 1)
        found = solve_in_order(both)
    assert tuple(both.totals(found.base).values()) == by_listing(of, aims, of.seats)
    assert certify(both.problem, found).proved


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_value_of_a_place_splits_into_what_it_does_in_each_aim(seed: int) -> None:
    of, aims = small(seed)
    both = ordered(of, aims)
    now = by_listing(of, aims, of.seats)
    parts = both.split(value_of_one_more_place(both.problem, solve_in_order(both)))
    for base in range(of.bases):
        seats = of.seats.copy()
        seats[base] += 1
        then = by_listing(of, aims, seats)
        assert tuple(int(parts[aim.name][base]) for aim in aims) == tuple(np.subtract(now, then))


def test_aims_too_fine_to_be_put_in_one_order_are_refused() -> None:
    of, aims = small(3)
    fine = tuple(
        Aim(name=str(n), arc=aims[1].arc * 2**40 + n, unplaced=aims[1].unplaced * 2**40 + 2**39) for n in range(3)
    )
    with pytest.raises(DataError, match="too fine"):
        ordered(of, fine)
