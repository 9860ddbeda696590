"""The investment plan of one area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.area.record import Area
from rightplace.forecast.result import Forecast
from rightplace.places.invest import (
    candidates,
    closing,
    demand,
    explain,
    frontier,
    locality,
    model,
    obstacle,
    outcome,
    supply,
)
from rightplace.places.invest.ask import PROMISE, Ask, check, first_year
from rightplace.places.invest.demand import Demand
from rightplace.places.invest.locality import Zones
from rightplace.places.invest.margin import futures_needed, in_other, others, safer, wilson
from rightplace.places.invest.model import Model
from rightplace.places.invest.result import Investment
from rightplace.places.invest.scheme import Scheme
from rightplace.places.siting.expansion import Account, Problem
from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.expansion_solve import Expansion, solve
from rightplace.places.siting.proof import Proof
from rightplace.progress import Progress, silent

__all__ = ["PROMISE", "Ask", "futures_needed", "invest", "wilson"]
_NEVER_GBP: Final = 1e11
METHOD: Final = (
    "Children who need a specialist place were counted by locality, group of needs, phase and level of provision in each "
    "simulated future. Schemes were chosen so that the expected cost of places, capital (as a yearly cost), transport and "
    "children left without a place is least, within the budgets, and so that nobody is left out in the promised share of "
    "futures. Prices of places give a bound below which no plan can go; the gap is the distance to it. The plan was then tried on "
    "futures it had not seen."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What the plan is made from: the problem with its meaning, the demand planned for, zones, and bases there now."""

    built: Model
    plan_for: Demand
    zones: Zones
    now: pl.DataFrame
    first: int
    per_km: float


def invest(
    area: Area,
    forecast: Forecast,
    schemes: Sequence[Scheme] | None = None,
    *,
    on: date,
    futures: int = 200,
    ask: Ask | None = None,
    seed: int = 1,
    explained: bool = True,
    progress: Progress = silent,
) -> Investment:
    """Which of ``schemes`` (made from the area's own settings where not given) to build, where, when and how large.

    The forecast needs three times ``futures`` or more: to plan for, to set the margin of safety by, and to try the plan on
    (:func:`futures_needed` says how many are enough to try it well). Prices
    are those in force ``on`` a day. Where no plan keeps the promise within the budgets, the nearest is given with what
    stands in the way by name. Raises ``UserError`` or ``DataError`` where the area or forecast lack what is needed.
    """
    ask = ask or Ask()
    check(ask, futures)
    read = _read(area, forecast, schemes, ask, on=on, futures=futures, seed=seed)
    found = _found(read.built.problem, ask.enough, progress, _closing_nothing(read.built, ask, progress))
    margin, trial = others(forecast, futures)
    same = {"classes": read.plan_for.classes, "seed": seed, "on": on}
    set_by = demand.demand(area, forecast, read.zones, first=futures, futures=margin, **same)  # type: ignore[arg-type]
    made = safer(read.built, found.account, set_by)
    tried = demand.demand(area, forecast, read.zones, first=futures + margin, futures=trial, **same)  # type: ignore[arg-type]
    elsewhere = in_other(read.built.problem, tried, made)
    return _result(ask, read, found, made, elsewhere, progress, explained=explained)


def _read(
    area: Area, forecast: Forecast, schemes: Sequence[Scheme] | None, ask: Ask, *, on: date, futures: int, seed: int
) -> _Read:
    zones = locality.zones(area)
    plan_for = demand.demand(area, forecast, zones, first=0, futures=futures, seed=seed, on=on)
    if schemes is None:
        schemes = candidates.candidates(area, zones, first_september=plan_for.septembers[0], on=on)
    now, money = supply.supply(area, september=plan_for.septembers[0]), model.prices(on)
    first = first_year(ask, plan_for)
    built = model.build(
        schemes, now, supply.bought(area), plan_for, zones, money, budget=ask.budget or {},
        total_budget=ask.total_budget, promise=ask.promise, promise_from=first, travel=ask.travel,
        closings=closing.closings(now, ask.may_close, on=on),
    )  # fmt: skip
    return _Read(built=built, plan_for=plan_for, zones=zones, now=now, first=first, per_km=money.per_km)


def _closing_nothing(built: Model, ask: Ask, progress: Progress) -> NDArray[np.int64] | None:
    """Where bases may be closed, the best plan found that closes none: a good one to start from. None where none may be."""
    ends = built.fixed.filter(pl.col("action") != closing.KEEP)["option"].to_numpy()
    if not len(ends):
        return None
    cost = built.problem.option_cost.copy()
    cost[ends] += _NEVER_GBP
    return _found(replace(built.problem, option_cost=cost), ask.enough, progress).account.plan


def _found(problem: Problem, enough: float, progress: Progress, start: NDArray[np.int64] | None = None) -> Expansion:
    """The best plan found; where it does not keep the promise, the best with more schemes at their largest."""
    found = solve(problem, enough=enough, start=start, progress=progress)
    if found.account.allowed(problem):
        return found
    other = obstacle.towards_all_open(problem, found.account.plan, found.worth)
    if not other.allowed(problem):
        return found
    again = solve(problem, enough=enough, rounds=4, start=other.plan, progress=progress)
    best = again.account if again.account.allowed(problem) else other
    # Both bounds hold for any plan: the higher one says more.
    bound = min(max(found.proof.bound, again.proof.bound), best.total)
    return replace(again, account=best, proof=Proof(incumbent=best.total, bound=bound))


def _result(
    ask: Ask, read: _Read, found: Expansion, made: Account, elsewhere: Account, progress: Progress, *, explained: bool
) -> Investment:
    built, plan_for = read.built, read.plan_for
    meets = made.allowed(built.problem)
    stands, least = ((), None) if meets else obstacle.obstacles(built, plan_for, made)
    doubts = [f"{name}: {doubt}" for name, doubt in read.now.select("name", "doubt").iter_rows() if doubt]
    low, high = wilson(elsewhere.kept, len(elsewhere.serving))
    shown = (progress, frontier.PROMISES) if explained else (silent, ())
    return Investment(
        schemes=explain.chosen(built, plan_for, read.zones, made.plan, progress), years=outcome.years(built, plan_for, made),
        closures=outcome.closures(built, read.now, made), frontier=frontier.points(built, read.per_km, made.plan, *shown),
        considered=built.options.drop("place"), proof=Proof(incumbent=made.total, bound=min(found.proof.bound, made.total)),
        promise=ask.promise, promise_from=plan_for.septembers[read.first], kept=made.kept, kept_elsewhere=elsewhere.kept,
        meets=meets, in_the_way=stands, least_budget_gbp=least, cost_now_gbp=account(built.problem, built.as_now).total,
        futures=len(built.problem.chance), doubts=tuple(doubts), method=METHOD,
        tried=len(elsewhere.serving), kept_elsewhere_low=low, kept_elsewhere_high=high,
    )  # fmt: skip
