"""Localities: neighbourhoods gathered into a few zones, each with a central point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.area.record import Area
from rightplace.errors import DataError

_ROUNDS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Zones:
    """``names``, central points in metres (zones, 2), and ``of``: columns neighbourhood_id, zone."""

    names: tuple[str, ...]
    points: NDArray[np.float64]
    of: pl.DataFrame


def zones(area: Area, *, count: int = 5) -> Zones:
    """At most ``count`` zones of neighbourhoods near one another, weighted by the plans of the last January return.

    Zones are made by the k-means method from points far apart, the same each time; each is named after its neighbourhood with
    most plans. Raises ``DataError`` where no neighbourhood has a place on the map.
    """
    known = area["neighbourhoods"].drop_nulls(["easting", "northing"]).sort("neighbourhood_id")
    if known.is_empty():
        raise DataError(
            "No neighbourhood of the area has coordinates, so demand cannot be placed on the map.",
            where="neighbourhoods", action="Load a neighbourhoods table with eastings and northings.",
        )  # fmt: skip
    last = area["census"].filter(pl.col("census_year") == pl.col("census_year").max())
    counts = last.group_by("neighbourhood_id").len("plans")
    known = known.join(counts, on="neighbourhood_id", how="left", maintain_order="left").with_columns(
        pl.col("plans").fill_null(0) + 0.1
    )
    points = known.select("easting", "northing").to_numpy()
    weights = known["plans"].to_numpy().astype(np.float64)
    which = _cluster(points, weights, min(count, len(known)))
    which = np.unique(which, return_inverse=True)[1]
    totals = np.bincount(which, weights)
    centres = np.column_stack([np.bincount(which, weights * points[:, axis]) / totals for axis in (0, 1)])
    frame = known.select("neighbourhood_id", "name", "plans").with_columns(pl.Series("zone", which.astype(np.int64)))
    leaders = frame.sort("plans", descending=True, maintain_order=True).unique("zone", keep="first").sort("zone")
    names = [f"around {name or code}" for name, code in leaders.select("name", "neighbourhood_id").iter_rows()]
    return Zones(names=tuple(names), points=centres, of=frame.select("neighbourhood_id", "zone"))


def _cluster(points: NDArray[np.float64], weights: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    chosen = [int(np.argmax(weights))]
    away = ((points - points[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < count:
        chosen.append(int(np.argmax(away * weights)))
        away = np.minimum(away, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
    centres = points[chosen].astype(np.float64)
    which = np.zeros(len(points), np.int64)
    for _ in range(_ROUNDS):
        which = np.argmin(((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2), axis=1)
        for zone in range(count):
            own = which == zone
            if own.any():
                centres[zone] = np.average(points[own], axis=0, weights=weights[own])
    return which
