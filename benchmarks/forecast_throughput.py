"""Child-years a second a core of the forecast engine, against a bare kernel that draws as many random numbers.

    python benchmarks/forecast_throughput.py [FUTURES]

Two areas of the made-up example, about 3,000 and about 20,000 plans, 10 years, 1,000 futures unless told otherwise, each counted by
cell and followed person by person. A child-year is one person with a plan simulated for one year. Seconds are processor
time of one thread, the best of three, compiling left out. The bare kernel hashes and adds up one uniform number a
child-year (cohort) or three (individual: leaving, moving, need change) with the engine's own generator, in the same run.

Target: 40 million child-years a second a core by cell, 25 million followed.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import numpy as np

from rightplace.area import store
from rightplace.area.record import Area
from rightplace.forecast.cohort.batch import Inputs
from rightplace.forecast.cohort.engine import run_all
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, uniform

SIZES: Final = (3_000, 20_000)
TARGETS: Final = {"cohort": 40.0, "individual": 25.0}
DRAWS: Final = {"cohort": 1, "individual": 3}
_ROW: Final = 4096


@compiled
def bare(rows: int, row: int, key: np.uint64) -> float:
    """Sum of ``rows`` x ``row`` uniform numbers, a key for each row."""
    total = 0.0
    for i in range(rows):
        of_row = child(key, i)
        for j in range(row):
            total += uniform(of_row, j)
    return total


def _example(plans: int) -> Area:
    from rightplace.example.make import make_example

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "example"
        make_example(made, plans=plans)
        return store.load(made / "area")


def _inputs(plans: int, futures: int) -> Inputs:
    from rightplace.forecast.run import forecast

    inputs = forecast(_example(plans), years=10, futures=futures).inputs
    if inputs is None:
        raise SystemExit("The forecast holds no inputs.")
    return inputs


def _best(what: object, *arguments: object, times: int = 3, **options: object) -> float:
    best = float("inf")
    for _ in range(times):
        before = time.process_time()
        what(*arguments, **options)  # type: ignore[operator]
        best = min(best, time.process_time() - before)
    return best


def main(futures: int) -> None:
    """Print one line for each area and mode."""
    from dataclasses import replace

    bare(1, 1, np.uint64(1))
    for plans in SIZES:
        made = _inputs(plans, futures)
        for mode in ("cohort", "individual"):
            inputs = replace(made, mode=mode)
            years = int(run_all(inputs, threads=1, keep=0).totals[:, :-1].sum())
            seconds = _best(run_all, inputs, threads=1, keep=0)
            alone = _best(bare, years * DRAWS[mode] // _ROW, _ROW, np.uint64(7))
            rate = years / seconds / 1e6
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{plans:,} plans, {futures:,} futures, {mode}: {years / 1e6:.1f} million child-years in {seconds:.2f} s, "
                f"{rate:.1f} million a second a core (target {TARGETS[mode]:.0f}); the bare kernel's {years * DRAWS[mode] / 1e6:.0f} million "
                f"draws took {alone:.2f} s, {seconds / alone:.1f} times less; peak memory so far {memory:,.0f} MB"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
