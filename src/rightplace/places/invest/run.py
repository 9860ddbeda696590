"""The investment plan of one area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
import polars as pl

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast.result import Forecast
from rightplace.places.invest import candidates, demand, explain, frontier, locality, model, obstacle, supply
from rightplace.places.invest.demand import Demand
from rightplace.places.invest.locality import Zones
from rightplace.places.invest.model import Model
from rightplace.places.invest.result import YEARS, Investment
from rightplace.places.invest.scheme import Scheme
from rightplace.places.siting import expansion_price
from rightplace.places.siting.expansion import Account, Problem
from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.expansion_search import improve
from rightplace.places.siting.expansion_solve import Expansion, solve
from rightplace.places.siting.proof import Proof
from rightplace.progress import Progress, silent

PROMISE: Final = 0.9
_FROM: Final = 4
_SLACK: Final = 0.01
_MARGIN: Final = 200
_TRIED: Final = 500
_Z: Final = 1.959964
METHOD: Final = (
    "Children who need a specialist place were counted by locality, group of needs, phase and level of provision in each "
    "simulated future. Schemes were chosen so that the expected cost of places, capital (as a yearly cost), transport and "
    "children left without a place is least, within the budgets, and so that nobody is left out in the promised share of "
    "futures. Prices of places give a bound below which no plan can go; the gap is the distance to it. The plan was then tried on "
    "futures it had not seen."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of a plan: ``promise`` (share of futures; None for none) from September ``promise_from`` (None: the fifth
    year), capital by year and in all, the weight of travel, and the gap that is enough."""

    promise: float | None = PROMISE
    promise_from: int | None = None
    budget: Mapping[int, float] | None = None
    total_budget: float | None = None
    travel: float = 1.0
    enough: float = 0.01


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
    _check(ask, futures)
    zones = locality.zones(area)
    shape = {"futures": futures, "seed": seed, "on": on}
    plan_for = demand.demand(area, forecast, zones, first=0, **shape)  # type: ignore[arg-type]
    if schemes is None:
        schemes = candidates.candidates(area, zones, first_september=plan_for.septembers[0], on=on)
    now, money = supply.supply(area, september=plan_for.septembers[0]), model.prices(on)
    first = _from(ask, plan_for)
    built = model.build(
        schemes, now, supply.bought(area), plan_for, zones, money, budget=ask.budget or {},
        total_budget=ask.total_budget, promise=ask.promise, promise_from=first, travel=ask.travel,
    )  # fmt: skip
    found = _found(built.problem, ask.enough, progress)
    margin, trial = _others(forecast, futures)
    same = {"classes": plan_for.classes, "seed": seed, "on": on}
    set_by = demand.demand(area, forecast, zones, first=futures, futures=margin, **same)  # type: ignore[arg-type]
    made = _safer(built, found, set_by)
    tried = demand.demand(area, forecast, zones, first=futures + margin, futures=trial, **same)  # type: ignore[arg-type]
    elsewhere = _on(built.problem, tried, made)
    return _result(
        ask, built, plan_for, zones, found, made, elsewhere, now, first, money.per_km, int(explained), progress
    )


def futures_needed(futures: int) -> int:
    """Futures a forecast should have: to plan for, to set the margin of safety by, and enough to try the plan on."""
    return futures + max(futures, _MARGIN) + max(futures, _TRIED)


def _others(forecast: Forecast, futures: int) -> tuple[int, int]:
    """How many of the futures not planned for set the margin, and how many try the plan."""
    rest = max((forecast.inputs.futures if forecast.inputs else 0) - futures, 2 * futures)
    margin = max(futures, round(rest * _MARGIN / (_MARGIN + _TRIED)))
    return margin, rest - margin


def _found(problem: Problem, enough: float, progress: Progress) -> Expansion:
    """The best plan found; where it does not keep the promise, the best with more schemes at their largest."""
    found = solve(problem, enough=enough, progress=progress)
    if found.account.allowed(problem):
        return found
    other = obstacle.towards_all_open(problem, found.account.plan, found.worth)
    if not other.allowed(problem):
        return found
    again = solve(problem, enough=enough, rounds=4, start=other.plan, progress=progress)
    return again if again.account.allowed(problem) else replace(again, account=other)


def _check(ask: Ask, futures: int) -> None:
    if ask.promise is not None and not 0.0 < ask.promise < 1.0:
        raise UserError(
            "The promise is a share of futures, more than 0 and less than 1.", action="Give a share such as 0.9."
        )
    if futures < 2 or not 0.0 < ask.enough < 1.0:
        raise UserError("A plan needs at least two futures and a gap between 0 and 1.", action="Give larger numbers.")
    if min([*(ask.budget or {}).values(), ask.total_budget or 0.0]) < 0.0:
        raise UserError("A budget is below 0.", action="Give budgets of 0 or more.")


def _from(ask: Ask, plan_for: Demand) -> int:
    if ask.promise_from is None:
        return min(_FROM, len(plan_for.septembers) - 1)
    if ask.promise_from not in plan_for.septembers:
        first, last = plan_for.septembers[0], plan_for.septembers[-1]
        raise UserError(f"The promise starts in {ask.promise_from}, and the years looked at are {first} to {last}.")
    return plan_for.septembers.index(ask.promise_from)


def _on(problem: Problem, other: Demand, made: Account) -> Account:
    """What a plan comes to in other futures."""
    count = len(other.children)
    return account(replace(problem, demand=other.children, chance=np.full(count, 1.0 / count)), made.plan)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95% interval of a share seen in ``count`` futures (Wilson 1927)."""
    middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    half = _Z / (1 + _Z**2 / count) * np.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return float(middle - half), float(middle + half)


def _safer(built: Model, found: Expansion, set_by: Demand) -> Account:
    """The plan with a margin, where in other futures it keeps the promise less often than in those it was made for."""
    problem, made = built.problem, found.account
    if problem.promise is None or not made.allowed(problem):
        return made
    arc = expansion_price.arcs(problem)
    live = np.ones(len(problem.option_cost), np.bool_)
    for _ in range(3):
        kept = _on(problem, set_by, made).kept
        if kept >= problem.promise - _SLACK / 2:
            break
        wanted = min(made.kept + (problem.promise - kept) + 1.0 / len(problem.chance), 1.0)
        safer = improve(replace(problem, promise=wanted), arc, made.plan, live, tries=12, most=6)
        if not safer.allowed(problem) or (safer.plan == made.plan).all():
            break
        made = safer
    return made


def _result(
    ask: Ask, built: Model, plan_for: Demand, zones: Zones, found: Expansion, made: Account, elsewhere: Account,
    now: pl.DataFrame, first: int, per_km: float, explained: int, progress: Progress,
) -> Investment:  # fmt: skip
    meets = made.allowed(built.problem)
    stands, least = ((), None) if meets else obstacle.obstacles(built, plan_for, made)
    doubts = [f"{name}: {doubt}" for name, doubt in now.select("name", "doubt").iter_rows() if doubt]
    nothing = np.where(built.problem.must, made.plan, -1)
    low, high = wilson(elsewhere.kept, len(elsewhere.serving))
    return Investment(
        schemes=explain.chosen(built, plan_for, zones, made.plan, progress),
        years=_years(built, plan_for, made),
        frontier=frontier.points(built, per_km, made.plan, progress if explained else silent, () if not explained else frontier.PROMISES),
        considered=built.options.drop("place"), proof=Proof(incumbent=made.total, bound=min(found.proof.bound, made.total)),
        promise=ask.promise, promise_from=plan_for.septembers[first], kept=made.kept, kept_elsewhere=elsewhere.kept,
        meets=meets, in_the_way=stands, least_budget_gbp=least, cost_now_gbp=account(built.problem, nothing).total,
        futures=len(built.problem.chance), doubts=tuple(doubts), method=METHOD,
        tried=len(elsewhere.serving), kept_elsewhere_low=low, kept_elsewhere_high=high,
    )  # fmt: skip


def _years(built: Model, plan_for: Demand, made: Account) -> pl.DataFrame:
    """The plan by year."""
    room = built.problem.room_of(made.plan)
    options = built.options
    taken = options[[int(option) for option in made.plan[: len(built.schemes)] if option >= 0]]
    spent = taken.with_columns(year=pl.max_horizontal(pl.col("opens") - 1, plan_for.septembers[0]))
    capital = dict(spent.group_by("year").agg(pl.col("capital_gbp").sum()).iter_rows())
    children = plan_for.children.sum(axis=2)
    return pl.DataFrame(
        {
            "september": list(plan_for.septembers),
            "children_mean": children.mean(axis=0),
            "children_p90": np.quantile(children, 0.9, axis=0),
            "places": room.sum(axis=0),
            "new_places": room[: len(built.schemes)].sum(axis=0),
            "capital_gbp": [float(capital.get(year, 0.0)) for year in plan_for.septembers],
            "left_out_mean": made.left_out.mean(axis=0),
            "kept": (made.left_out < 1e-6).mean(axis=0),
            "staff_fte": np.array([scheme.staff_per_place for scheme in built.schemes]) @ room[: len(built.schemes)],
        },
        schema=YEARS,
    )
