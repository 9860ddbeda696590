"""The shortest and the quickest way by a road network, by Dijkstra's method."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from rightplace.errors import DataError

Floats = npt.NDArray[np.float64]

_NODE: Final = ("node", "easting", "northing")
_EDGE: Final = ("from_node", "to_node", "km")


@dataclass(frozen=True, slots=True, kw_only=True)
class Roads:
    """A road network: ``place`` is metres, shape (nodes, 2); ``km`` and ``minutes`` are symmetric sparse arrays of roads.

    Journeys from a node are kept when they have been worked out once.
    """

    place: Floats
    km: csr_array
    minutes: csr_array
    known: dict[int, tuple[Floats, Floats]] = field(default_factory=dict, repr=False, compare=False)

    def nearest(self, points: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        """The nearest node to each point (metres, shape (points, 2)) and kilometres to it; -1 where a point is not known."""
        node = np.full(len(points), -1, dtype=np.int64)
        away = np.full(len(points), np.nan)
        there = np.isfinite(points).all(axis=1)
        if there.any() and len(self.place):
            metres, found = cKDTree(self.place).query(points[there])
            node[there], away[there] = found, metres / 1000
        return node, away

    def reach(self, node: int) -> tuple[Floats, Floats]:
        """Kilometres by the shortest way and minutes by the quickest from a node to every node; infinite where none leads."""
        if node not in self.known:
            self.known[node] = (
                np.asarray(dijkstra(self.km, directed=False, indices=node)),
                np.asarray(dijkstra(self.minutes, directed=False, indices=node)),
            )
        return self.known[node]


def roads(nodes: pl.DataFrame, edges: pl.DataFrame, *, kmh: float) -> Roads:
    """A network from ``nodes`` (node, easting, northing) and ``edges`` (from_node, to_node, km and perhaps minutes).

    Roads run both ways; of two between the same nodes the shorter counts. Where ``minutes`` is absent or null it follows
    from ``kmh``. Raises ``DataError`` where a column is missing, a road leads to no node, or a length is not above zero.
    """
    _check(nodes, edges)
    number = {name: at for at, name in enumerate(nodes["node"].to_list())}
    ends = [edges[column].replace_strict(number, default=None, return_dtype=pl.Int64) for column in _EDGE[:2]]
    timed = edges["minutes"] if "minutes" in edges.columns else pl.Series([None] * edges.height, dtype=pl.Float64)
    frame = pl.DataFrame(
        {
            "a": pl.select(pl.min_horizontal(*ends)).to_series(),
            "b": pl.select(pl.max_horizontal(*ends)).to_series(),
            "km": edges["km"].cast(pl.Float64),
            "minutes": timed.cast(pl.Float64).fill_null(edges["km"].cast(pl.Float64) / kmh * 60),
        }
    )
    if ends[0].has_nulls() or ends[1].has_nulls() or (frame["km"].is_null() | ~(frame["km"] > 0)).any():
        raise DataError(
            "A road leads to a node that is not there, or its length is not above zero.",
            action="Correct the list of roads: from_node, to_node and km.",
        )
    shortest = frame.group_by("a", "b").agg(pl.col("km", "minutes").min()).sort("a", "b")
    size = (nodes.height, nodes.height)
    a, b = shortest["a"].to_numpy(), shortest["b"].to_numpy()
    return Roads(
        place=nodes.select("easting", "northing").to_numpy().astype(np.float64),
        km=csr_array((shortest["km"].to_numpy(), (a, b)), shape=size),
        minutes=csr_array((shortest["minutes"].to_numpy(), (a, b)), shape=size),
    )


def _check(nodes: pl.DataFrame, edges: pl.DataFrame) -> None:
    missing = [name for name in _NODE if name not in nodes.columns]
    missing += [name for name in _EDGE if name not in edges.columns]
    if missing:
        raise DataError(
            f"The road network lacks columns: {', '.join(missing)}.",
            action=f"Nodes have {', '.join(_NODE)}; roads have {', '.join(_EDGE)} and perhaps minutes.",
        )
    if nodes["node"].is_duplicated().any() or nodes.select(_NODE).null_count().sum_horizontal()[0]:
        raise DataError("A node is there twice or has no place.", action="Give each node once, with its coordinates.")
