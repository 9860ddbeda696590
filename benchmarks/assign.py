"""Time the placing of a cohort against its targets, with peers in the same run.

    python benchmarks/assign.py [--large] [--peers]

Without options: 10,000 children and 300 settings. ``--large`` adds 100,000 children with 2,000 and 25,000 settings; ``--peers``
adds SciPy's sparse matching with a column for each seat, and cold re-solving for the value of a place. Seconds are on the
clock and, in brackets, of processor time, which is the fairer figure on a machine that others use. The instance is defined in
tests/made/reference_places.py.
"""

from __future__ import annotations

import resource
import runpy
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import numpy as np
import polars as pl
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from rightplace.places.assign.place import Ask, place
from rightplace.places.assign.placements import Placements
from rightplace.places.assign.problem import Problem
from rightplace.places.assign.session import Session
from rightplace.places.assign.solve import solve
from rightplace.places.assign.stable import Market, blocking_pairs, stable
from rightplace.places.assign.turns import lots, turns
from rightplace.places.assign.value import value_of_one_more_place
from rightplace.places.assign.weights import Weights

REFERENCE = SimpleNamespace(
    **runpy.run_path(str(Path(__file__).resolve().parents[1] / "tests" / "made" / "reference_places.py"))
)
Found = TypeVar("Found")


def timed(work: Callable[[], Found]) -> tuple[Found, float, float]:
    """What the work gives, seconds on the clock and seconds of processor time."""
    wall, processor = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - wall, time.process_time() - processor


def best_of(times: int, work: Callable[[], object]) -> tuple[float, float]:
    """The least seconds of several runs."""
    runs = [timed(work)[1:] for _ in range(times)]
    return min(wall for wall, _ in runs), min(processor for _, processor in runs)


def line(what: str, wall: float, processor: float, target: str) -> None:
    """Print one measure beside its target."""
    print(f"  {what:<58} {wall:9.4f} s ({processor:9.4f} s)   target {target}")


def end_to_end(made: dict[str, Any]) -> Placements:
    """Candidates, costs, plan, reasons and second-best list."""
    found = REFERENCE.candidates(made)
    children, bases, seats = REFERENCE.frames(made, found)
    ask = Ask(weights=Weights(unplaced=REFERENCE.UNPLACED, preference=15, km=3, gbp=1))
    placed = place(children, bases, found, seats, ask)
    placed.second_best()
    return placed


def measure(children: int, settings: int, target: str) -> Placements:
    """One size of the reference instance, from end to end and part by part."""
    print(f"{children:,} children, {settings:,} settings, 30 candidates each")
    made = REFERENCE.drawn(children, settings)
    placed, wall, processor = timed(lambda: end_to_end(made))
    least = REFERENCE.LEAST[children, settings]
    proof = placed.certificate()
    print(f"  cost {proof.cost:,}, least known {least:,}, bound checked apart from the solver {proof.bound:,}")
    line("candidates, costs, plan, reasons, second best", wall, processor, target)
    of = placed.plan.problem
    _, wall, processor = timed(lambda: solve(of))
    line("of which the plan with its prices", wall, processor, "")
    plan = placed.plan.prices
    line(
        "value of one more place at every base",
        *best_of(5, lambda: value_of_one_more_place(of, plan)),
        "0.1 s at 2,000",
    )
    changes(of, placed)
    stable_plan(made, placed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  most memory so far {peak:,.0f} MB   target 1,500 MB")
    return placed


def changes(of: Problem, placed: Placements) -> None:
    """One child or one seat changed, 300 times; each change is worked in before the next."""
    session = Session(of, placed.plan.prices)
    draw = np.random.default_rng(4)
    for change in (session.add_seat, session.take_seat):
        change(int(of.seats.argmax()))
    session.remove(0)
    session.restore(0)
    walls, processors = [], []
    for _ in range(300):
        child, base = int(draw.integers(of.children)), int(draw.integers(of.bases))
        work: list[Callable[[], None]] = [
            partial(session.add_seat, base),
            partial(session.remove, child),
            partial(session.restore, child),
            partial(session.bar, child, max(0, int(session.base[child]))),
        ]
        _, wall, processor = timed(work[int(draw.integers(4))])
        walls.append(wall)
        processors.append(processor)
    line("one change, median of 300", float(np.median(walls)), float(np.median(processors)), "")
    line("one change, longest of 300", max(walls), max(processors), "0.02 s at 100,000")


def stable_plan(made: dict[str, Any], placed: Placements) -> None:
    """Deferred acceptance on the same candidates, with the check for blocking pairs."""
    wished = placed.facts.candidates.sort("child", "preference")
    child = wished["child"].cast(pl.Int32).to_numpy()
    market = Market(
        seats=made["seats"],
        start=np.searchsorted(child, np.arange(len(made["home"]) + 1)).astype(np.int64),
        base=wished["base"].cast(pl.Int32).to_numpy(),
        turn=turns(
            child,
            lots(len(made["home"]), seed=1),
            priority=wished["priority"].to_numpy(),
            metres=np.rint(wished["km"].to_numpy() * 1000).astype(np.int64),
        ),
    )
    base = stable(market)
    line("stable plan", *best_of(5, lambda: stable(market)), "0.1 s at 25,000")
    pairs, wall, processor = timed(lambda: blocking_pairs(market, base))
    line(f"check of the stable plan: {len(pairs)} blocking pairs", wall, processor, "none")


def by_scipy(of: Problem) -> int:
    """The least cost with SciPy: a column a seat, and one for each child that is left out."""
    child = of.child_of_arc()
    first = np.concatenate(([0], np.cumsum(of.seats)))
    repeats = of.seats[of.base]
    begins = np.repeat(np.cumsum(repeats) - repeats, repeats)
    column = np.repeat(first[of.base], repeats) + np.arange(repeats.sum()) - begins
    row = np.concatenate((np.repeat(child, repeats), np.arange(of.children)))
    column = np.concatenate((column, first[-1] + np.arange(of.children)))
    # SciPy takes a nought for no entry, so every cost is one more.
    cost = np.concatenate((np.repeat(of.cost, repeats), of.unplaced)) + 1
    table = csr_array((cost.astype(np.float64), (row, column)), shape=(of.children, int(first[-1]) + of.children))
    rows, columns = min_weight_full_bipartite_matching(table)
    return int(np.asarray(table[rows, columns]).sum()) - of.children


def peers(placed: Placements) -> None:
    """SciPy on the same problem, and cold re-solving for the value of one more place."""
    of = placed.plan.problem
    ours = best_of(3, lambda: solve(of))
    cost, wall, processor = timed(lambda: by_scipy(of))
    line(f"SciPy's sparse matching, cost {cost:,}", wall, processor, "")
    print(
        f"  ours is {wall / ours[0]:.0f} times faster ({processor / ours[1]:.0f} of processor time)   target 25 times"
    )
    value = value_of_one_more_place(of, placed.plan.prices)
    differing, seconds = 0, 0.0
    bases = np.random.default_rng(2).choice(of.bases, 12, replace=False)
    for base in bases.tolist():
        seats = of.seats.copy()
        seats[base] += 1
        more = Problem(seats=seats, start=of.start, base=of.base, cost=of.cost, unplaced=of.unplaced)
        found, wall, _ = timed(partial(solve, more))
        seconds += wall
        differing += placed.plan.prices.cost - found.cost != value[base]
    print(
        f"  {len(bases)} values re-solved cold: {differing} differ; all {of.bases} so would take "
        f"{seconds / len(bases) * of.bases:,.0f} s"
    )


def main(arguments: list[str]) -> None:
    """Print every measure beside its target."""
    end_to_end(REFERENCE.drawn(5_000, 200))
    small = measure(10_000, 300, "1.0 s")
    if "--peers" in arguments:
        peers(small)
    if "--large" in arguments:
        measure(100_000, 2_000, "12 s")
        measure(100_000, 25_000, "")


if __name__ == "__main__":
    main(sys.argv[1:])
