"""One child's ranked options in an area of 500 settings, and candidates for 100,000 children among 2,000 bases.

Targets: 50 ms for one child, every test with its evidence; a few seconds on one thread for the candidates.
Run: python benchmarks/choose.py [--plans 14500]
"""

from __future__ import annotations

import argparse
import resource
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from rightplace.area import store
from rightplace.example.make import make_example
from rightplace.places.bases import BASES
from rightplace.places.candidates import candidates
from rightplace.places.children import CHILDREN
from rightplace.places.choose.choose import choose
from rightplace.places.choose.prepare import prepare
from rightplace.places.fit.coded import code
from rightplace.places.travel.travel import Travel, travel
from rightplace.streams import generator

NEEDS = ["SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH"]
BANDS = [(0, 6), (7, 11), (12, 14), (-1, 14), (0, 14)]


def one_child(plans: int) -> Travel:
    """Time ``choose`` alone and with the area made ready first, over fifty children."""
    with tempfile.TemporaryDirectory() as folder:
        made = make_example(Path(folder) / "example", plans=plans, seed=1)
        area = store.load(made.folder / "area")
    ready = prepare(area)
    people = ready.coded.children.filter(pl.col("why") != "staying")["person_id"].to_list()[:50]
    choose(area, people[0])
    times = {"from the loaded area": None, "with the area made ready": ready}
    print(
        f"{area['settings'].height} settings, {ready.coded.bases.height} bases, {ready.coded.children.height:,} children"
    )
    for name, prepared in times.items():
        took, worked = [], []
        for person in people:
            begun, cpu = time.perf_counter(), time.process_time()
            choose(area, person, prepared=prepared)
            took.append(time.perf_counter() - begun)
            worked.append(time.process_time() - cpu)
        middle, slowest, core = statistics.median(took), max(took), statistics.median(worked)
        print(
            f"{name}: median {1000 * middle:.1f} ms, slowest {1000 * slowest:.1f} ms; {1000 * core:.1f} ms of one core"
        )
    return travel(area, on=date(2026, 9, 1))


def cohort(children: int, bases: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Made-up frames, uniform in a square of 60 km."""
    draw = generator(1, "benchmark.choose")
    band = draw.integers(0, len(BANDS), bases)
    where = draw.uniform(0, 60_000, (bases, 2))
    every = pl.DataFrame(
        {
            "setting_id": [f"{at:06d}" for at in range(bases)],
            "base": "main",
            "setting_kind": "special_state",
            "needs": [draw.choice(NEEDS, 4, replace=False).tolist() for _ in range(bases)],
            "low_year_group": np.array(BANDS)[band, 0],
            "high_year_group": np.array(BANDS)[band, 1],
            "capacity": 60,
            "roll": 50,
            "sex": "X",
            "easting": where[:, 0],
            "northing": where[:, 1],
            "annual_cost_gbp": draw.uniform(15_000, 60_000, bases),
        }
    )
    home = draw.uniform(0, 60_000, (children, 2))
    people = pl.DataFrame(
        {
            "person_id": [f"P{at:06d}" for at in range(children)],
            "year_group": draw.integers(-1, 15, children),
            "need": draw.choice(NEEDS, children),
            "easting": home[:, 0],
            "northing": home[:, 1],
            "why": "phase_transfer",
        }
    )
    return filled(people, CHILDREN), filled(every, BASES)


def filled(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """A frame with the columns it lacks, empty lists or null."""
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit([] if isinstance(dtype, pl.List) else None))
        .cast(dtype)
        .alias(name)
        for name, dtype in schema.items()
    )


def many(roads: Travel, children: int, bases: int) -> None:
    """Time the candidates of a cohort."""
    people, every = cohort(children, bases)
    candidates(people.head(100), every, roads)
    begun = time.perf_counter()
    code(people, every, roads)
    coded = time.perf_counter() - begun
    begun, worked = time.perf_counter(), time.process_time()
    frame = candidates(people, every, roads)
    took, worked = time.perf_counter() - begun, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{children:,} children x {bases:,} bases: {frame.height:,} candidates")
    print(f"  in {took:.2f} s, {worked:.2f} s of one core (coding alone {coded:.2f} s)")
    print(f"peak memory of the process {peak:,.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=14_500)
    roads = one_child(parser.parse_args().plans)
    many(roads, 10_000, 300)
    many(roads, 100_000, 2_000)
