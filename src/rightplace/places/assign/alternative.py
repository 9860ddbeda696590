"""The stable alternative to a plan, with its proof, and the dial between the two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from rightplace.places.assign.dial import Dial, dial
from rightplace.places.assign.placements import Placements
from rightplace.places.assign.plan import Plan
from rightplace.places.assign.problem import NOWHERE, Index, Problem
from rightplace.places.assign.stable import BlockingPairs, Market, blocking_pairs, stable
from rightplace.places.assign.turns import lots, turns
from rightplace.places.assign.worth import STATED, Worth
from rightplace.progress import Progress, silent

_METRES_IN_KM = 1000
_MOST_METRES = 2**24 - 1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alternative:
    """A stable plan beside the one suggested.

    ``assignments``: person, setting, base, preference, and same (as suggested), of everyone, null where without a place.
    ``blocking`` are the pairs that would both rather have each other, looked for afresh: none proves it stable.
    """

    assignments: pl.DataFrame
    blocking: BlockingPairs
    market: Market
    base: Index


def alternative(of: Placements, *, seed: int = 1) -> Alternative:
    """The stable plan that is best for every child, with ties broken by lot.

    A child wishes for its family's choices in their order, then for other suitable bases by minutes of travel. A base
    takes first a child who has a place there and asked to move, then brothers and sisters, then the nearest, then by lot.
    """
    plan = of.plan
    market = wishes(plan, seed=seed)
    found = stable(market)
    base = np.where(plan.asked.pinned != NOWHERE, plan.asked.pinned, found)
    outside = (plan.asked.own != NOWHERE) & plan.asked.over[plan.asked.own] & (base == NOWHERE)
    base = np.where(outside, plan.asked.own, base).astype(np.int32)
    return Alternative(assignments=_frame(of, base), blocking=blocking_pairs(market, found), market=market, base=base)


def wishes(of: Plan, *, seed: int) -> Market:
    """The candidates of a plan as a market: children's wishes in order, and the turn of each at each base."""
    every = of.options
    order = np.lexsort((every.gbp, every.minutes, every.points, every.child))
    child, base = every.child[order], every.base[order]
    could = np.bincount(every.child[every.apart == 1], minlength=len(of.base)) > 0
    turn = turns(
        child,
        lots(len(of.base), seed=seed),
        priority=(of.asked.own[child] != base).astype(np.int64),
        sibling=(every.apart[order] == 0) & could[child],
        metres=np.clip(np.rint(every.km[order] * _METRES_IN_KM), 0, _MOST_METRES).astype(np.int64),
    )
    return Market(seats=of.problem.seats, start=every.start, base=base, turn=turn)


def turned(
    of: Placements, *, seed: int = 1, steps: int = 17, stated: Worth = STATED, progress: Progress = silent
) -> Dial:
    """The dial from the least costly plan to the stable one.

    Costs are points where the plan has stated weights; else pounds a year, with places, choices and minutes at their
    stated worth.
    """
    plan = of.plan
    problem = plan.problem if plan.asked.weights is not None and plan.ordered is None else in_pounds(plan, stated)
    return dial(problem, wishes(plan, seed=seed), steps=steps, progress=progress)


def in_pounds(of: Plan, stated: Worth = STATED) -> Problem:
    """The problem of a plan with one cost: pounds, with places, choices and minutes at their stated worth."""
    every = of.options
    amount = every.gbp + stated.rank_gbp * (every.points + every.apart) + stated.minute_gbp * every.minutes
    cost = np.rint(amount).astype(np.int64)
    most = np.zeros(of.problem.children, np.int64)
    np.maximum.at(most, every.child, cost)
    out = most + stated.placed_gbp * np.where(of.asked.own == NOWHERE, 1, of.problem.children)
    return Problem(
        seats=of.problem.seats,
        start=every.start,
        base=every.base,
        cost=cost,
        unplaced=np.where(of.asked.pinned == NOWHERE, out, 0),
    )


def dial_frame(of: Dial) -> pl.DataFrame:
    """The dial as a frame: position, cost, above_best, blocking_pairs, children_in_pairs, away_from_stable, unplaced."""
    best = of.settings[0].cost
    return pl.DataFrame(
        [
            {
                "position": number,
                "cost": at.cost,
                "above_best": at.cost - best,
                "blocking_pairs": at.blocking_pairs,
                "children_in_pairs": at.children_in_pairs,
                "away_from_stable": at.away,
                "unplaced": at.unplaced,
            }
            for number, at in enumerate(of.settings)
        ]
    )


def _frame(of: Placements, base: Index) -> pl.DataFrame:
    known, every = of.facts, of.plan.asked.options
    used = np.flatnonzero(every.base == base[every.child])
    rank = np.zeros(len(base), np.int64)
    rank[every.child[used]] = every.preference[used]
    placed = pl.Series(base != NOWHERE)
    at = np.maximum(base, 0)
    return pl.DataFrame(
        {
            "person": known.children["person_id"],
            "setting": known.held["setting"].gather(at),
            "base": known.held["base"].gather(at),
            "preference": pl.Series(rank).replace(0, None),
            "same": base == of.plan.base,
        }
    ).with_columns(pl.when(placed).then(pl.col("setting", "base")))
