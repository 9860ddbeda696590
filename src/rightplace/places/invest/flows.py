"""Who is served where under a plan: children by scheme and class, averaged over a few futures."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.places.siting.expansion import Problem
from rightplace.places.siting.transport import transport

Reals = NDArray[np.float64]
_LOOKED_AT: Final = 20


def flows(problem: Problem, plan: NDArray[np.int64], *, futures: int = _LOOKED_AT) -> Reals:
    """Mean children (years, schemes + 1, classes) over futures spread evenly through those of the problem; last: no place."""
    room = problem.room_of(plan)
    looked = np.unique(np.linspace(0, len(problem.chance) - 1, min(futures, len(problem.chance))).astype(np.int64))
    years, classes = problem.demand.shape[1:]
    out = np.zeros((years, problem.schemes + 1, classes))
    for year in range(years):
        used = np.flatnonzero(room[:, year] > 0.0)
        table = np.vstack([problem.serve[used], problem.unserved[None, :]])
        flow, rent = np.empty(table.shape), np.empty(len(table))
        for future in looked:
            children = problem.demand[future, year]
            transport(table, np.append(room[used, year], children.sum() + 1.0), children, flow, rent)
            out[year, used] += flow[:-1]
            out[year, -1] += flow[-1]
    return out / len(looked)
