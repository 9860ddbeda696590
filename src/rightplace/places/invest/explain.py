"""Each chosen scheme explained: who it serves, what it replaces, how often it pays, and what happens without it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.places.invest.demand import GROUPS, PHASES, Demand
from rightplace.places.invest.flows import flows
from rightplace.places.invest.locality import Zones
from rightplace.places.invest.model import Model
from rightplace.places.invest.result import SCHEMES
from rightplace.places.siting import expansion_price
from rightplace.places.siting.expansion import Problem
from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.expansion_search import improve
from rightplace.progress import Progress

Whole = NDArray[np.int64]
_LOOKED_AT = 40
_SEARCHED = 6


def chosen(model: Model, demand: Demand, zones: Zones, plan: Whole, progress: Progress) -> pl.DataFrame:
    """The chosen schemes, by September of opening: columns :data:`~rightplace.places.invest.result.SCHEMES`."""
    looked, small = _only(model.problem, _LOOKED_AT), _only(model.problem, _SEARCHED)
    with_it = account(looked, plan)
    served = flows(model.problem, plan)
    picked = [scheme for scheme in range(len(model.schemes)) if plan[scheme] >= 0]
    rows = []
    for done, scheme in enumerate(picked, start=1):
        other = _without(small, plan, scheme)
        without = account(looked, other)
        saved = without.serving + without.options - with_it.serving - with_it.options
        pays = _pays(looked, plan, scheme, with_it.serving)
        moved = flows(model.problem, other, futures=_SEARCHED)
        rows.append(
            _row(model, demand, zones, plan, scheme, served)
            | {
                "replaces": _replaces(model, served, moved, scheme),
                "pays_share": pays,
                "without_gbp": float(saved.mean()),
                "without_left_out": float(without.left_out.mean() - with_it.left_out.mean()),
            }
        )
        progress(done, len(picked), "schemes explained")
    frame = pl.DataFrame([_reasoned(row) for row in rows], schema=SCHEMES)
    return frame.sort("opens", "scheme")


def _only(problem: Problem, most: int) -> Problem:
    """Some futures, spread evenly from the least demand in the last year to the most; without the promise."""
    order = np.argsort(problem.demand[:, -1].sum(axis=1), kind="stable")
    looked = order[((np.arange(min(most, len(order))) + 0.5) * len(order) / min(most, len(order))).astype(np.int64)]
    return replace(problem.only(looked), promise=None)


def _without(problem: Problem, plan: Whole, scheme: int) -> Whole:
    """The best found without a scheme, the rest free to change a little."""
    cut = plan.copy()
    cut[scheme] = -1
    live = problem.option_scheme != scheme
    return improve(problem, expansion_price.arcs(problem), cut, live, tries=4, most=2).plan


def _pays(problem: Problem, plan: Whole, scheme: int, serving: NDArray[np.float64]) -> float:
    """The share of futures in which the plan without the scheme, and nothing in its stead, would cost more."""
    cut = plan.copy()
    cut[scheme] = -1
    cost = float(problem.option_cost[plan[scheme]])
    return float(((account(problem, cut).serving - serving) > cost).mean())


def _row(
    model: Model, demand: Demand, zones: Zones, plan: Whole, scheme: int, served: NDArray[np.float64]
) -> dict[str, object]:
    one = model.schemes[scheme]
    option = model.options.row(int(plan[scheme]), named=True)
    opened = np.array(demand.septembers) >= option["opens"]
    children = served[opened, scheme].mean(axis=0)
    return {
        "scheme": one.scheme, "name": one.name, "kind": one.kind, "setting_id": one.setting_id, "opens": option["opens"],
        "places": option["places"], "capital_gbp": option["capital_gbp"], "staff_fte": one.staff_per_place * option["places"],
        "children": float(children.sum()), "serves": _serves(demand, zones, children), "reason": "",
    }  # fmt: skip


def _serves(demand: Demand, zones: Zones, children: NDArray[np.float64]) -> str:
    """The three largest parts of the children served, in words."""
    parts: dict[str, float] = {}
    for (zone, group, phase), some in zip(
        demand.classes.select("zone", "group", "phase").iter_rows(), children, strict=True
    ):
        name = f"{list(GROUPS)[group]}, {list(PHASES)[phase]}, {zones.names[zone]}"
        parts[name] = parts.get(name, 0.0) + float(some)
    most = sorted(parts.items(), key=lambda item: -item[1])[:3]
    return "; ".join(f"{name} ({some:.0f})" for name, some in most if some >= 0.5)


def _replaces(model: Model, served: NDArray[np.float64], moved: NDArray[np.float64], scheme: int) -> str:
    """Where its children would be without it: who gains most children, a year."""
    gained = (moved - served).sum(axis=2).mean(axis=0)
    gained[scheme] = 0.0
    names = [*model.names, "no place"]
    most = np.argsort(-gained, kind="stable")[:3]
    return "; ".join(f"{names[place]} ({gained[place]:.1f})" for place in most if gained[place] >= 0.1)


def _reasoned(row: dict[str, object]) -> dict[str, object]:
    """The row with a sentence for the paper."""
    more, left = float(str(row["without_gbp"])), float(str(row["without_left_out"]))
    sentence = (
        f"Without it the plan costs {abs(more):,.0f} pounds {'more' if more >= 0 else 'less'} over the years looked at"
    )
    if left > 0.005:
        sentence += f" and {left:.2f} more children a year have no place"
    return row | {"reason": sentence + "."}
