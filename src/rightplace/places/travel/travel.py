"""Travel between homes and bases: measured journeys where there are any, else roads, else the straight line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.area.record import Area
from rightplace.forecast.draws.compiled import compiled
from rightplace.places.travel.law import Limits, limits
from rightplace.places.travel.roads import Roads
from rightplace.places.travel.speed import Speeds, speeds
from rightplace.places.travel.transport import Tariff, tariff

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]
Value = TypeVar("Value", bound=np.generic)


class Basis(IntEnum):
    """What a distance rests on."""

    UNKNOWN = 0
    STRAIGHT = 1
    ROADS = 2
    MEASURED = 3


class Ways(NamedTuple):
    """Homes of children and places of bases as arrays, read by compiled code.

    Metres, not a number where unknown. ``home`` is each child's row of ``km`` and ``minutes`` (homes, bases), or -1; there,
    not a number says that a pair has no entry, and infinity that no road leads there.
    """

    home_x: Floats
    home_y: Floats
    base_x: Floats
    base_y: Floats
    home: Rows
    km: Singles
    minutes: Singles
    table: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How to get about an area: speeds, the law's limits, what vehicles cost, and journeys or roads where they are known."""

    pace: Speeds
    law: Limits
    cost: Tariff
    journeys: pl.DataFrame | None = None
    roads: Roads | None = None

    def ways(self, children: pl.DataFrame, bases: pl.DataFrame) -> Ways:
        """Arrays for every pair of a child and a base; see :class:`Ways`. Journeys come before roads."""
        home, base = _points(children), _points(bases)
        rows = np.full(children.height, -1, dtype=np.int32)
        table, km, minutes = Basis.STRAIGHT, _nothing(), _nothing()
        if self.journeys is not None and not self.journeys.is_empty():
            table = Basis.MEASURED
            rows, km, minutes = _measured(self.journeys, children, bases)
        elif self.roads is not None:
            table = Basis.ROADS
            rows, km, minutes = _by_road(self.roads, home, base, self.pace)
        x, y, base_x, base_y = owned(home[:, 0]), owned(home[:, 1]), owned(base[:, 0]), owned(base[:, 1])
        return Ways(x, y, base_x, base_y, owned(rows), owned(km), owned(minutes), int(table))


def travel(area: Area, *, on: date, roads: Roads | None = None) -> Travel:
    """How to get about an area on a day: the parameters of that day, and the area's measured journeys when it has any."""
    journeys = area["journeys"]
    return Travel(
        pace=speeds(on),
        law=limits(on),
        cost=tariff(on),
        roads=roads,
        journeys=None if journeys.is_empty() else journeys,
    )


@compiled
def driven(
    km: Singles, minutes: Singles, table: int, home: int, base: int, east: float, north: float, pace: Speeds
) -> tuple[float, float, int]:
    """Kilometres one way, minutes by car and a :class:`Basis`; not a number where nothing is known.

    ``home`` is a row of the tables or -1; ``east`` and ``north`` are metres between home and base.
    """
    if home >= 0:
        far, long = km[home, base], minutes[home, base]
        if np.isinf(far):
            return np.nan, np.nan, 0
        if not np.isnan(far):
            if np.isnan(long):
                long = far / pace.road_kmh * 60 + pace.fixed_minutes
            return float(far), float(long), table
    straight = straight_km(east, north, pace)
    if np.isnan(straight):
        return np.nan, np.nan, 0
    return straight, straight / pace.road_kmh * 60 + pace.fixed_minutes, 1


@compiled
def straight_km(east: float, north: float, pace: Speeds) -> float:
    """Kilometres by road, from metres east and north in a straight line."""
    return float(np.sqrt(east * east + north * north) / 1000.0 * pace.detour)


def owned(array: npt.NDArray[Value]) -> npt.NDArray[Value]:
    """A copy of an array of one layout that may be written to: compiled code is compiled anew for each other kind."""
    return np.array(array, order="C")


def _points(frame: pl.DataFrame) -> Floats:
    return np.ascontiguousarray(
        frame.select(pl.col("easting", "northing").cast(pl.Float64).fill_null(np.nan)).to_numpy()
    )


def _nothing() -> Singles:
    return np.zeros((0, 0), dtype=np.float32)


def _measured(journeys: pl.DataFrame, children: pl.DataFrame, bases: pl.DataFrame) -> tuple[Rows, Singles, Singles]:
    """Rows of a table of measured journeys, and the table: neighbourhoods by bases."""
    homes = children["neighbourhood_id"].unique().drop_nulls().sort().to_list()
    number = {name: at for at, name in enumerate(homes)}
    rows = children["neighbourhood_id"].replace_strict(number, default=-1, return_dtype=pl.Int32).fill_null(-1)
    km = np.full((len(homes), bases.height), np.nan, dtype=np.float32)
    minutes = km.copy()
    there = bases.with_row_index("at").select("at", "setting_id")
    pairs = (
        journeys.filter(pl.col("neighbourhood_id").is_in(homes))
        .join(there, on="setting_id")
        .with_columns(row=pl.col("neighbourhood_id").replace_strict(number, default=None, return_dtype=pl.Int32))
    )
    at = (pairs["row"].to_numpy(), pairs["at"].to_numpy())
    km[at] = pairs["km"].cast(pl.Float32).fill_null(np.nan).to_numpy()
    minutes[at] = pairs["minutes"].cast(pl.Float32).fill_null(np.nan).to_numpy()
    return rows.to_numpy(), km, minutes


def _by_road(roads: Roads, home: Floats, base: Floats, pace: Speeds) -> tuple[Rows, Singles, Singles]:
    """As :func:`_measured`, by the network: a point is joined to its nearest node in a straight line, with the detour."""
    homes, row = np.unique(home, axis=0, return_inverse=True)
    start, to_start = roads.nearest(homes)
    end, from_end = roads.nearest(base)
    km = np.full((len(homes), len(base)), np.nan, dtype=np.float32)
    minutes = km.copy()
    joined = start >= 0
    for at in np.flatnonzero(end >= 0):
        far, long = roads.reach(int(end[at]))
        walk = (to_start[joined] + from_end[at]) * pace.detour
        km[joined, at] = far[start[joined]] + walk
        minutes[joined, at] = long[start[joined]] + walk / pace.road_kmh * 60 + pace.fixed_minutes
    return np.ravel(row).astype(np.int32), km, minutes
