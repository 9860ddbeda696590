"""Rows that any plan must meet if it is to keep its promise: enough places for each level in enough futures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rightplace.places.invest.demand import Demand
from rightplace.places.invest.scheme import LEVELS

Reals = NDArray[np.float64]


def rows(
    demand: Demand, serve: Reals, room: Reals, owner: NDArray[np.int64], promise: float, first: int
) -> tuple[Reals, Reals, tuple[str, ...]]:
    """Rows, limits and names: for each level and year from ``first``, places that could serve it are enough in ``promise`` of futures.

    Where nobody is left out in that share of futures, places for any set of classes are at least the same quantile of
    its demand. So the rows take away no plan that keeps the promise, and make the bound better.
    """
    level: NDArray[np.int64] = demand.classes["level"].to_numpy()
    sets: list[tuple[str, NDArray[np.bool_]]] = [(name, np.isin(level, [place])) for place, name in enumerate(LEVELS)]
    sets.append(("all levels together", np.ones(len(level), np.bool_)))
    found, limit, names = [], [], []
    for name, own in sets:
        if not own.any():
            continue
        able = np.isfinite(serve[:, own]).sum(axis=1)[owner] > 0
        for year in range(first, len(demand.septembers)):
            children = np.sort(demand.children[:, year, own].sum(axis=1))
            needed = children[int(np.ceil(promise * len(children) - 1e-9)) - 1]
            found.append(-room[:, year] * able)
            limit.append(-float(needed))
            names.append(f"places ({name}) in {demand.septembers[year]}-{(demand.septembers[year] + 1) % 100:02d}")
    return np.array(found).reshape(len(found), len(owner)), np.array(limit), tuple(names)
