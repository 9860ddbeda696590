"""The least cost of the reference instance, and how many a stable plan leaves out, as several other programs found them."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from rightplace.places.assign.place import Ask, place
from rightplace.places.assign.placements import Placements
from rightplace.places.assign.stable import Market, blocking_pairs, stable
from rightplace.places.assign.turns import lots, turns
from rightplace.places.assign.weights import Weights

REFERENCE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "reference_places.py")))
SIZE = (10_000, 300)


@pytest.fixture(scope="module")
def instance() -> tuple[dict, object]:
    made = REFERENCE.drawn(*SIZE)
    return made, REFERENCE.candidates(made)


@pytest.fixture(scope="module")
def placed(instance: tuple[dict, object]) -> Placements:
    children, bases, seats = REFERENCE.frames(*instance)
    weights = Weights(unplaced=REFERENCE.UNPLACED, preference=15, km=3, gbp=1)
    return place(children, bases, instance[1], seats, Ask(weights=weights))


def test_the_least_cost_is_that_of_other_solvers(placed: Placements) -> None:
    """1,275,444: found alike by SciPy's sparse and dense matchings, HiGHS, CBC, network simplex programs and lapjv."""
    assert placed.plan.prices.cost == REFERENCE.LEAST[SIZE]
    assert placed.certificate().proved


def test_every_child_is_in_one_of_the_two_files_with_a_reason(placed: Placements) -> None:
    people = placed.assignments["person"].to_list() + placed.unplaced["person"].to_list()
    assert sorted(people) == sorted(f"P{number}" for number in range(SIZE[0]))
    assert placed.assignments["reason"].str.len_chars().min() > 10
    assert (placed.settings["assigned"] <= placed.settings["capacity"]).all()


def test_the_stable_plan_leaves_out_as_many_as_another_program_did(instance: tuple[dict, object]) -> None:
    """204: the package ``matching`` 1.4.3 and a plain deferred acceptance. Which ties a lot breaks differs, the number did not.

    By the rural hospitals theorem (Roth 1986) the number is the same in every stable plan of the same lists.
    """
    made, found = instance
    wished = found.sort("child", "preference")
    child = wished["child"].cast(int).to_numpy()
    market = Market(
        seats=made["seats"],
        start=np.searchsorted(child, np.arange(SIZE[0] + 1)),
        base=wished["base"].to_numpy().astype(np.int32),
        turn=turns(
            child.astype(np.int32),
            lots(SIZE[0], seed=1),
            priority=wished["priority"].to_numpy(),
            metres=np.rint(wished["km"].to_numpy() * 1000).astype(np.int64),
        ),
    )
    base = stable(market)
    assert len(blocking_pairs(market, base)) == 0
    assert int((base < 0).sum()) == 204
