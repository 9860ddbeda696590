"""Whom a place can serve, how far it is and what a year there costs: schemes, bases there now, and places bought one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.places.invest.demand import GROUPS, PHASES, Demand
from rightplace.places.invest.locality import Zones
from rightplace.places.invest.prices import Prices
from rightplace.places.invest.scheme import ALTERNATIVE, BASE, COLLEGE, LEVELS, SPECIAL, Scheme
from rightplace.vocabulary.setting import SettingKind

Reals = NDArray[np.float64]
_BOUGHT_NAMES: Final = {str(kind): kind.label for kind in SettingKind}
_UNKNOWN_KM: Final = 15.0
_BOUGHT_KM: Final = 25.0
_ALSO: Final = {SPECIAL: (SPECIAL, BASE)}
_BOUGHT_LEVELS: Final = {
    str(SettingKind.SPECIAL_INDEPENDENT): (SPECIAL, BASE, ALTERNATIVE), str(SettingKind.SPECIALIST_POST_16): (COLLEGE, SPECIAL),
}  # fmt: skip


def by_schemes(
    schemes: Sequence[Scheme], demand: Demand, zones: Zones, money: Prices, travel: float
) -> tuple[Reals, Reals]:
    """Yearly cost of a child of each class at each scheme (infinite where it cannot serve it), and kilometres: (schemes, classes)."""
    km = _far(np.array([[scheme.easting, scheme.northing] for scheme in schemes]).reshape(-1, 2), demand, zones, money)
    cost = np.full(km.shape, np.inf)
    for row, scheme in enumerate(schemes):
        fits = _takes(scheme.levels, scheme.needs, scheme.low_year_group, scheme.high_year_group, demand)
        cost[row, fits] = scheme.child_gbp + travel * money.per_km * km[row, fits]
    return cost, km


def there_now(
    now: pl.DataFrame, bought: Mapping[str, int], demand: Demand, zones: Zones, money: Prices, travel: float
) -> tuple[Reals, Reals, Reals, list[str]]:
    """Places (bases, years), cost, kilometres and names of bases there now, and of places bought one by one."""
    points = now.select(pl.col("easting", "northing").fill_null(float("nan"))).to_numpy()
    km = np.vstack([_far(points, demand, zones, money), np.full((len(bought), len(demand.classes)), _BOUGHT_KM)])
    cost, years = np.full(km.shape, np.inf), np.arange(1, len(demand.septembers) + 1)
    places = [np.full(len(years), float(held)) for held in now["places"]]
    for row, base in enumerate(now.iter_rows(named=True)):
        low = -4 if base["low_year_group"] is None else base["low_year_group"]
        high = 20 if base["high_year_group"] is None else base["high_year_group"]
        fits = _takes(_ALSO.get(base["level"], (base["level"],)), base["needs"], low, high, demand)
        year = money.special if base["annual_cost_gbp"] is None else base["annual_cost_gbp"]
        cost[row, fits] = year + travel * money.per_km * km[row, fits]
    names = now["name"].to_list()
    for row, (kind, people) in enumerate(sorted(bought.items()), start=len(now)):
        fits = _takes(_BOUGHT_LEVELS[kind], (), -4, 20, demand)
        cost[row, fits] = money.bought[kind] + travel * money.per_km * _BOUGHT_KM
        places.append(np.floor(people * (1.0 + money.growth[kind]) ** years))
        names.append(f"{_BOUGHT_NAMES[kind]}, bought one by one")
    return np.array(places).reshape(len(names), len(years)), cost, km, names


def _far(points: Reals, demand: Demand, zones: Zones, money: Prices) -> Reals:
    """Kilometres by road (points, classes); the usual journey where a point is not known."""
    away = np.sqrt(((points[:, None, :] - zones.points[None, :, :]) ** 2).sum(axis=2)) / 1000.0 * money.detour
    return np.asarray(np.where(np.isnan(away), _UNKNOWN_KM, away)[:, demand.classes["zone"].to_numpy()], np.float64)


def _takes(levels: Sequence[str], needs: Sequence[str], low: int, high: int, demand: Demand) -> NDArray[np.bool_]:
    """Classes a place can serve: its level, a need of the group, and at least half of the phase's years."""
    level = np.isin(demand.classes["level"].to_numpy(), [LEVELS.index(name) for name in levels])
    groups = [
        k for k, members in enumerate(GROUPS.values()) if not needs or set(needs) & {str(need) for need in members}
    ]
    phases = [
        k for k, (first, last) in enumerate(PHASES.values())
        if min(high, last) - max(low, first if first >= 0 else 0) + 1 >= (last - max(first, 0) + 1) / 2
    ]  # fmt: skip
    fits: NDArray[np.bool_] = (
        level
        & np.isin(demand.classes["group"].to_numpy(), groups)
        & np.isin(demand.classes["phase"].to_numpy(), phases)
    )
    return fits
