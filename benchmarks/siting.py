"""Published location problems and the stochastic expansion problem, each with its target, beside HiGHS.

    python benchmarks/siting.py FOLDER [--peer SECONDS]

FOLDER holds OR-Library files by their own names: pmed1.txt to pmed40.txt, cap41.txt to cap134.txt, capa.txt, capb.txt, capc.txt
and bounds.txt (lines of name, tab, optimum, tab, optimum: the form of the repository FacilityLocationProblems.jl). Files that are not there are left out and
counted. With --peer, HiGHS is given the extensive form of the expansion problem for that many seconds in the same run.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rightplace.places.siting import expansion_made, expansion_solve, expansion_value, facility, median
from rightplace.places.siting.expansion import Problem

Reals = NDArray[np.float64]
_SIZES = {"capa": (8000, 10000, 12000, 14000), "capb": (5000, 6000, 7000, 8000), "capc": (5000, 5750, 6500, 7250)}


def _median(path: Path) -> tuple[Reals, int]:
    """Distances by Floyd and Warshall; the last of edges given twice counts."""
    words = [int(word) for word in path.read_text().split()]
    points, edges, count = words[:3]
    away = np.full((points, points), 1e9)
    np.fill_diagonal(away, 0.0)
    for a, b, length in np.array(words[3 : 3 + 3 * edges]).reshape(-1, 3):
        away[a - 1, b - 1] = away[b - 1, a - 1] = length
    for middle in range(points):
        np.minimum(away, away[:, middle : middle + 1] + away[middle : middle + 1, :], out=away)
    return away, count


def _facilities(path: Path, size: int | None = None) -> tuple[Reals, Reals, Reals, Reals]:
    """Fixed costs, cost of one unit (sites, customers), capacities and demand. Two known slips in a stored copy are mended."""
    words = [float(word) for word in path.read_text().replace("capacity", str(size)).split()]
    sites, customers = int(words[0]), int(words[1])
    if path.stem in ("cap41", "cap42", "cap43", "cap44", "cap51") and words[204] == 549.0:
        words[204], words[595] = 5495.0, 12912.0
    heads = np.array(words[2 : 2 + 2 * sites]).reshape(sites, 2)
    body = np.array(words[2 + 2 * sites :]).reshape(customers, sites + 1)
    return heads[:, 1], (body[:, 1:] / body[:, :1]).T.copy(), heads[:, 0], body[:, 0]


def _line(name: str, found: float, bound: float, known: float, seconds: float) -> bool:
    """Whether the published optimum was reached and proved; printed where it was not."""
    good = abs(found / known - 1.0) <= 1e-6 and bound >= known * (1.0 - 1e-6)
    if not good:
        print(f"  {name}: found {found:.3f}, bound {bound:.3f}, published {known:.3f}, {seconds:.2f} s")
    return good


def _medians(folder: Path, known: dict[str, float]) -> None:
    proved, tried, total, work = 0, 0, 0.0, time.process_time()
    for number in range(1, 41):
        path = folder / f"pmed{number}.txt"
        if path.exists():
            away, count = _median(path)
            began = time.perf_counter()
            found = median.solve(away, count).proof
            seconds = time.perf_counter() - began
            tried, total = tried + 1, total + seconds
            proved += _line(path.stem, found.incumbent, found.bound, known[path.stem], seconds)
    print(f"p-median: {proved} of {tried} published optima reached and proved in {total:.1f} s (target 40 in 60 s)")
    print(f"  processor time, reading among it: {time.process_time() - work:.1f} s")


def _facility_sets(folder: Path, known: dict[str, float]) -> None:
    small = [(name, folder / f"{name}.txt", None) for name in known if name.startswith("cap") and "_" not in name]
    large = [(f"{stem}_{size}", folder / f"{stem}.txt", size) for stem, sizes in _SIZES.items() for size in sizes]
    for title, cases, target in (("cap41-cap134", small, "37"), ("capa, capb, capc", large, "12, each in 10 s")):
        there = [case for case in cases if case[1].exists()]
        proved, slowest, total = 0, 0.0, 0.0
        for name, path, size in there:
            problem = _facilities(path, size)
            began = time.perf_counter()
            found = facility.solve(*problem).proof
            seconds = time.perf_counter() - began
            slowest, total = max(slowest, seconds), total + seconds
            proved += _line(name, found.incumbent, found.bound, known[name], seconds)
        print(
            f"{title}: {proved} of {len(there)} reached and proved in {total:.1f} s, slowest {slowest:.2f} s (target {target})"
        )


def _expansion(peer: float) -> None:
    for sites, zones, years, futures, target in ((40, 150, 5, 20, "1% in 120 s"), (40, 300, 10, 200, "3%")):
        problem = expansion_made.made(sites=sites, zones=zones, years=years, futures=futures)
        began = time.perf_counter()
        found = expansion_solve.solve(problem)
        proof, seconds = found.proof, time.perf_counter() - began
        print(
            f"expansion {sites} x {zones} x {years} x {futures}: {proof.incumbent:,.0f}, bound {proof.bound:,.0f},"
            f" gap {proof.gap:.2%} in {seconds:.1f} s (target {target})"
        )
        if futures == 20:
            value = expansion_value.worth(problem, found)
            print(f"  value of the stochastic solution {value.planning:,.0f} (at most {value.planning_high:,.0f})")
            print(f"  value of perfect information {value.knowing_low:,.0f} to {value.knowing_high:,.0f}")
            if peer:
                _peer(problem, peer)


def _peer(problem: Problem, seconds: float) -> None:
    """HiGHS on the extensive form."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    futures, years, classes = problem.demand.shape
    options, schemes = len(problem.option_cost), problem.schemes
    block = (schemes + 1) * classes
    weight = (problem.chance[:, None] * problem.weight[None, :]).ravel()
    each = np.vstack([problem.serve, problem.unserved]).ravel()
    cost = np.concatenate([problem.option_cost, (weight[:, None] * each[None, :]).ravel()])
    pairs = np.arange(futures * years)
    column = options + pairs[:, None] * block + np.arange(block)[None, :]
    met = schemes + pairs[:, None] * (classes + schemes) + (np.arange(block) % classes)[None, :]
    held = (schemes + pairs[:, None] * (classes + schemes) + classes + (np.arange(block) // classes)[None, :])[
        :, : schemes * classes
    ]
    room_row = schemes + pairs[:, None] * (classes + schemes) + classes + problem.option_scheme[None, :]
    year = pairs % years
    rows = np.concatenate([problem.option_scheme, met.ravel(), held.ravel(), room_row.ravel()])
    columns = np.concatenate(
        [
            np.arange(options),
            column.ravel(),
            column[:, : schemes * classes].ravel(),
            np.tile(np.arange(options), len(pairs)),
        ]
    )
    values = np.concatenate([np.ones(options + met.size + held.size), -problem.room.T[year].ravel()])
    height = schemes + len(pairs) * (classes + schemes)
    low, high = np.full(height, -np.inf), np.zeros(height)
    high[:schemes] = 1.0
    wanted = schemes + pairs[:, None] * (classes + schemes) + np.arange(classes)[None, :]
    low[wanted.ravel()] = high[wanted.ravel()] = problem.demand.reshape(len(pairs), classes).ravel()
    kind = np.concatenate([np.ones(options), np.zeros(len(cost) - options)])
    bounds = Bounds(np.zeros(len(cost)), np.concatenate([np.ones(options), np.full(len(cost) - options, np.inf)]))
    matrix = coo_matrix((values, (rows, columns)), shape=(height, len(cost))).tocsr()
    result = milp(
        cost,
        constraints=LinearConstraint(matrix, low, high),
        integrality=kind,
        bounds=bounds,
        options={"time_limit": seconds},
    )
    gap = (
        "none found"
        if result.x is None
        else f"{result.fun:,.0f}, bound {result.mip_dual_bound:,.0f}, gap {result.mip_gap:.1%}"
    )
    print(f"  HiGHS, extensive form, {seconds:.0f} s: {gap}")


def main(folder: Path, peer: float) -> None:
    """Print each target beside what was reached."""
    lines = (line.split() for line in (folder / "bounds.txt").read_text().splitlines() if line.strip())
    known = {line[0]: float(line[1]) for line in lines}
    median.solve(np.ones((3, 3)), 1)
    facility.solve(np.ones(2), np.ones((2, 2)), np.full(2, 9.0), np.ones(2))
    _medians(folder, known)
    _facility_sets(folder, known)
    _expansion(peer)


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[3]) if len(sys.argv) > 3 else 0.0)
