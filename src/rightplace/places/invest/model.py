"""The investment plan as a problem of expansion: schemes, what there is now, what can be bought, and the futures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.places.invest import closing, cover, served
from rightplace.places.invest.closing import Closing
from rightplace.places.invest.demand import Demand
from rightplace.places.invest.locality import Zones
from rightplace.places.invest.prices import Prices, prices
from rightplace.places.invest.scheme import Scheme
from rightplace.places.siting.expansion import Problem

Reals = NDArray[np.float64]
__all__ = ["Model", "Prices", "build", "prices"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """``problem`` with the meaning of its parts.

    ``names`` (schemes): candidates first (``schemes``), then bases there now, then what is bought. ``options``: columns scheme,
    opens, places, capital_gbp, for each option of a candidate. ``fixed``: what each further option is, of bases there now and of what is
    bought (:data:`~rightplace.places.invest.closing.FIXED`). ``rows``: the name of each row. ``km`` (schemes, classes).
    """

    problem: Problem
    schemes: tuple[Scheme, ...]
    names: tuple[str, ...]
    options: pl.DataFrame
    fixed: pl.DataFrame
    rows: tuple[str, ...]
    km: Reals

    @property
    def as_now(self) -> NDArray[np.int64]:
        """The plan that opens and closes nothing."""
        plan = np.full(self.problem.schemes, -1)
        keep = self.fixed.filter(pl.col("action") == closing.KEEP)
        plan[keep["place"].to_numpy()] = keep["option"].to_numpy()
        return plan


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
    closings: Sequence[Closing] = (),
) -> Model:
    """The problem of choosing among ``schemes`` beside what there is ``now`` and can be ``bought``.

    ``budget`` is capital by the academic year it is spent in (the year before opening); years not named are not limited.
    ``travel`` multiplies the cost of transport, where families' time should count for more. ``closings`` are bases of ``now`` that
    may be closed or made smaller.
    """
    weight = (1.0 + money.discount) ** -np.arange(len(demand.septembers), dtype=np.float64)
    options, cost, room = _options(schemes, demand.septembers, weight, money)
    now_room, fixed_serve, fixed_km, names = served.there_now(now, bought, demand, zones, money, travel)
    closing.take_off(fixed_serve, closings)
    fixed, fixed_cost, fixed_room = closing.options(
        now_room, closings, demand.septembers, weight, len(schemes), len(cost)
    )
    serve, km = (
        np.vstack(pair)
        for pair in zip(served.by_schemes(schemes, demand, zones, money, travel), (fixed_serve, fixed_km), strict=True)
    )
    owner = np.concatenate([options["place"].to_numpy(), fixed["place"].to_numpy()]).astype(np.int64)
    every_room = np.vstack([room, fixed_room])
    rows, limit, titles = _rows(options, len(fixed_cost), demand.septembers, budget, total_budget)
    limits = [(rows, limit, titles), closing.not_both(schemes, options, fixed, now)]
    if promise is not None:
        limits.append(cover.rows(demand, serve, every_room, owner, promise, promise_from))
    problem = Problem(
        option_scheme=owner, option_cost=np.concatenate([cost, fixed_cost]), room=every_room, serve=serve, weight=weight,
        must=np.arange(len(serve)) >= len(schemes), **_asked(demand, money, limits), promise=promise, promise_from=promise_from,
    )  # fmt: skip
    return Model(
        problem=problem, schemes=tuple(schemes), names=(*[scheme.name for scheme in schemes], *names), options=options,
        fixed=fixed, rows=tuple(title for one in limits for title in one[2]), km=km,
    )  # fmt: skip


def _asked(demand: Demand, money: Prices, limits: Sequence[tuple[Reals, Reals, tuple[str, ...]]]) -> dict[str, Reals]:
    """What is asked of the places: children in each future, what leaving one out weighs, and the rows."""
    futures = len(demand.children)
    return {
        "demand": demand.children, "chance": np.full(futures, 1.0 / futures),
        "unserved": np.full(len(demand.classes), money.unplaced),
        "rows": np.vstack([one[0] for one in limits]), "limit": np.concatenate([one[1] for one in limits]),
    }  # fmt: skip


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
