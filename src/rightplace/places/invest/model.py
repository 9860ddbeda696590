"""The investment plan as a problem of expansion: schemes, what there is now, what can be bought, and the futures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace import parameters
from rightplace.places.invest import cover
from rightplace.places.invest.demand import GROUPS, PHASES, Demand
from rightplace.places.invest.locality import Zones
from rightplace.places.invest.scheme import ALTERNATIVE, BASE, COLLEGE, LEVELS, SPECIAL, Scheme
from rightplace.places.siting.expansion import Problem
from rightplace.vocabulary.setting import SettingKind

Reals = NDArray[np.float64]
_BOUGHT_NAMES: Final = {str(kind): kind.label for kind in SettingKind}
_UNKNOWN_KM: Final = 15.0
_BOUGHT_KM: Final = 25.0
_ALSO: Final = {SPECIAL: (SPECIAL, BASE)}
_BOUGHT_LEVELS: Final = {
    str(SettingKind.SPECIAL_INDEPENDENT): (SPECIAL, BASE, ALTERNATIVE), str(SettingKind.SPECIALIST_POST_16): (COLLEGE, SPECIAL),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """``problem`` with the meaning of its parts.

    ``names`` (schemes): candidates first (``schemes``), then bases there now, then what is bought. ``options``: columns scheme,
    opens, places, capital_gbp, for each option (null for what is there now). ``rows``: the name of each row. ``km`` (schemes,
    classes).
    """

    problem: Problem
    schemes: tuple[Scheme, ...]
    names: tuple[str, ...]
    options: pl.DataFrame
    rows: tuple[str, ...]
    km: Reals


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """Money of a day: discount, asset life, transport, a child left out, road for each straight kilometre, and bought places.

    ``growth``: how fast places bought one by one can grow, a share a year, by kind of setting.
    """

    discount: float
    life: float
    per_km: float
    unplaced: float
    detour: float
    special: float
    bought: Mapping[str, float]
    growth: Mapping[str, float]

    @property
    def annuity(self) -> float:
        """Yearly cost of one pound of capital over its life."""
        return float(self.discount / (1.0 - (1.0 + self.discount) ** -self.life))


def prices(on: date) -> Prices:
    """Prices in force on a day (:mod:`rightplace.parameters`)."""

    def get(name: str) -> float:
        return float(parameters.load(name).at(on).value or 0)

    return Prices(
        discount=get("discount_rate_share"), life=get("capital_asset_life_years"), per_km=get("planning_transport_per_km_gbp"),
        unplaced=get("unplaced_child_gbp"), detour=get("detour_factor"), special=get("place_cost_special_state_gbp"),
        bought={
            str(SettingKind.SPECIAL_INDEPENDENT): get("place_cost_special_independent_gbp"),
            str(SettingKind.SPECIALIST_POST_16): get("place_cost_specialist_post_16_gbp"),
        },
        growth={
            str(SettingKind.SPECIAL_INDEPENDENT): get("special_independent_growth_yearly_share"),
            str(SettingKind.SPECIALIST_POST_16): get("specialist_post_16_growth_yearly_share"),
        },
    )  # fmt: skip


def build(
    schemes: Sequence[Scheme],
    now: pl.DataFrame,
    bought: Mapping[str, int],
    demand: Demand,
    zones: Zones,
    money: Prices,
    *,
    budget: Mapping[int, float],
    total_budget: float | None,
    promise: float | None,
    promise_from: int,
    travel: float = 1.0,
) -> Model:
    """The problem of choosing among ``schemes`` beside what there is ``now`` and can be ``bought``.

    ``budget`` is capital by the academic year it is spent in (the year before opening); years not named are not limited.
    ``travel`` multiplies the cost of transport, where families' time should count for more.
    """
    weight = (1.0 + money.discount) ** -np.arange(len(demand.septembers), dtype=np.float64)
    options, cost, room = _options(schemes, demand.septembers, weight, money)
    fixed_room, fixed_rows, fixed_km, names = _there_now(now, bought, demand, zones, money, travel)
    new_rows, new_km = _served(schemes, demand, zones, money, travel)
    first = len(schemes)
    owner = np.concatenate([options["place"].to_numpy(), first + np.arange(len(names))]).astype(np.int64)
    option_room = np.vstack([room, fixed_room])
    rows, limit, titles = _rows(options, len(names), demand.septembers, budget, total_budget)
    serve = np.vstack([new_rows, fixed_rows])
    if promise is not None:
        more, least, called = cover.rows(demand, serve, option_room, owner, promise, promise_from)
        rows, limit, titles = np.vstack([rows, more]), np.concatenate([limit, least]), (*titles, *called)
    problem = Problem(
        option_scheme=owner, option_cost=np.concatenate([cost, np.zeros(len(names))]), room=option_room,
        must=np.concatenate([np.zeros(first, np.bool_), np.ones(len(names), np.bool_)]), serve=serve,
        unserved=np.full(len(demand.classes), money.unplaced), demand=demand.children, weight=weight,
        chance=np.full(len(demand.children), 1.0 / len(demand.children)), rows=rows, limit=limit, promise=promise,
        promise_from=promise_from,
    )  # fmt: skip
    return Model(
        problem=problem, schemes=tuple(schemes), names=(*[scheme.name for scheme in schemes], *names), options=options,
        rows=titles, km=np.vstack([new_km, fixed_km]),
    )  # fmt: skip


def _options(
    schemes: Sequence[Scheme], septembers: tuple[int, ...], weight: Reals, money: Prices
) -> tuple[pl.DataFrame, Reals, Reals]:
    """Every September and size a scheme can open at: its cost over the years looked at, and the places it gives."""
    rows, cost, room = [], [], []
    for place, scheme in enumerate(schemes):
        for opens in septembers:
            if opens < scheme.earliest:
                continue
            for places in scheme.sizes():
                age = np.array(septembers) - opens + 1
                open_now = np.floor(places * np.clip(age / scheme.phase_in_years, 0.0, 1.0))
                yearly = scheme.capital(places) * money.annuity * (age > 0) + scheme.place_gbp * open_now
                rows.append((place, scheme.scheme, opens, places, scheme.capital(places)))
                cost.append(float(yearly @ weight))
                room.append(open_now)
    columns = {"place": pl.Int64, "scheme": pl.String, "opens": pl.Int64, "places": pl.Int64, "capital_gbp": pl.Float64}
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    return frame, np.array(cost), np.array(room).reshape(len(cost), len(septembers))


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


def _served(
    schemes: Sequence[Scheme], demand: Demand, zones: Zones, money: Prices, travel: float
) -> tuple[Reals, Reals]:
    km = _far(np.array([[scheme.easting, scheme.northing] for scheme in schemes]).reshape(-1, 2), demand, zones, money)
    cost = np.full(km.shape, np.inf)
    for row, scheme in enumerate(schemes):
        fits = _takes(scheme.levels, scheme.needs, scheme.low_year_group, scheme.high_year_group, demand)
        cost[row, fits] = scheme.child_gbp + travel * money.per_km * km[row, fits]
    return cost, km


def _there_now(
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


def _rows(
    options: pl.DataFrame, others: int, septembers: tuple[int, ...], budget: Mapping[int, float], total: float | None
) -> tuple[Reals, Reals, tuple[str, ...]]:
    """Limits on capital: by the year it is spent in (the year before opening), and in all."""
    capital, opens = options["capital_gbp"].to_numpy(), options["opens"].to_numpy()
    spent = np.maximum(opens - 1, septembers[0])
    rows, limit, names = [], [], []
    for year, most in sorted(budget.items()):
        rows.append(np.concatenate([capital * (spent == year), np.zeros(others)]))
        limit.append(float(most))
        names.append(f"capital in {year}-{(year + 1) % 100:02d}")
    if total is not None:
        rows.append(np.concatenate([capital, np.zeros(others)]))
        limit.append(float(total))
        names.append("capital in all years")
    width = len(capital) + others
    return np.array(rows).reshape(len(rows), width), np.array(limit), tuple(names)
