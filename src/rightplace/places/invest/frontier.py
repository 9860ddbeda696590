"""Cost against travel against children left out: plans for other promises and other weights of travel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.places.invest.flows import flows
from rightplace.places.invest.model import Model
from rightplace.places.invest.result import FRONTIER
from rightplace.places.siting.expansion import Problem
from rightplace.places.siting.expansion_solve import solve
from rightplace.progress import Progress

Reals = NDArray[np.float64]
PROMISES: Final = (None, 0.5, 0.8, 0.95)
TRAVEL: Final = (1.0, 3.0)
_FUTURES: Final = 24


def points(
    model: Model,
    per_km: float,
    plan: NDArray[np.int64],
    progress: Progress,
    promises: Sequence[float | None] = PROMISES,
) -> pl.DataFrame:
    """One plan for each promise at the usual weight of travel, and one at the heavier: columns FRONTIER.

    Made on a few futures spread evenly, so for comparing with one another, each with its own gap. Rows that follow from
    another promise are left out.
    """
    problem = model.problem
    order = np.argsort(problem.demand[:, -1].sum(axis=1), kind="stable")
    count = min(_FUTURES, len(order))
    looked = problem.only(order[((np.arange(count) + 0.5) * len(order) / count).astype(np.int64)])
    keep = np.array([not name.startswith("places (") for name in model.rows], np.bool_)
    looked = replace(looked, rows=looked.rows[keep], limit=looked.limit[keep]) if len(keep) else looked
    wanted = [(promise, 1.0) for promise in dict.fromkeys((*promises, problem.promise))] + [
        (problem.promise, TRAVEL[1])
    ]
    rows = []
    for done, (promise, travel) in enumerate(wanted, start=1):
        weighted = _weighted(looked, model, per_km, travel)
        found = solve(replace(weighted, promise=promise), steps=25, rounds=2, start=plan)
        rows.append(_point(looked, model, per_km, found.account.plan, promise, travel) | {
            "gap": found.proof.gap, "meets": found.account.allowed(replace(weighted, promise=promise)),
        })  # fmt: skip
        progress(done, len(wanted), "plans for the frontier")
    return pl.DataFrame(rows, schema=FRONTIER).sort("travel_weight", "promise", nulls_last=False)


def _weighted(problem: Problem, model: Model, per_km: float, travel: float) -> Problem:
    return replace(problem, serve=problem.serve + (travel - 1.0) * per_km * model.km)


def _point(
    problem: Problem, model: Model, per_km: float, plan: NDArray[np.int64], promise: float | None, travel: float
) -> dict[str, object]:
    """What a plan comes to at the usual prices."""
    from rightplace.places.siting.expansion_account import account

    made = account(problem, plan)
    served = flows(problem, plan)
    children = max(float(served[:, :-1].sum()), 1e-9)
    km = float((served[:, :-1] * model.km[None, :, :]).sum())
    taken = plan[(plan >= 0) & (plan < len(model.options))]
    return {
        "promise": promise, "travel_weight": travel, "cost_gbp": made.total,
        "capital_gbp": float(model.options["capital_gbp"].to_numpy()[taken].sum()), "transport_gbp": km * per_km / len(problem.weight),
        "km": km / children, "left_out": float(made.left_out.mean()), "kept": made.kept, "schemes": len(taken),
    }  # fmt: skip
