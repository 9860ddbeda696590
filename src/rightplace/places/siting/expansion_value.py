"""What it is worth to plan for many futures, and what it would be worth to know which one comes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rightplace.places.siting.expansion import Problem
from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.expansion_solve import Expansion, solve
from rightplace.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """``planning``: the value of the stochastic solution. ``knowing``: the expected value of perfect information.

    ``mean_plan``: expected cost of the plan made for mean demand alone. ``foreseen``: expected cost where each future's own
    best plan is carried out. Each value has a range, because the plans behind it are known to within a gap: the true
    value of planning is at least ``planning`` and at most ``planning_high``; of knowing, between ``knowing_low`` and
    ``knowing_high``.
    """

    mean_plan: float
    foreseen: float
    planning: float
    planning_high: float
    knowing: float
    knowing_low: float
    knowing_high: float


def worth(problem: Problem, best: Expansion, *, steps: int = 60, progress: Progress = silent) -> Worth:
    """Both values for a problem and its best plan (Birge and Louveaux, Introduction to Stochastic Programming, chapter 4)."""
    mean = np.tensordot(problem.chance, problem.demand, axes=1)[None, :, :]
    even = replace(problem, demand=mean, chance=np.ones(1), promise=None)
    mean_plan = account(problem, solve(even, steps=steps).account.plan).total
    own, least = 0.0, 0.0
    for future, chance in enumerate(problem.chance):
        alone = replace(problem, demand=problem.demand[future : future + 1], chance=np.ones(1), promise=None)
        found = solve(alone, steps=steps, rounds=3)
        own += float(chance) * found.account.total
        least += float(chance) * found.proof.bound
        progress(future + 1, len(problem.chance), "futures planned for as if known")
    here = best.account.total
    return Worth(
        mean_plan=mean_plan, foreseen=own, planning=mean_plan - here, planning_high=mean_plan - best.proof.bound,
        knowing=here - own, knowing_low=best.proof.bound - own, knowing_high=here - least,
    )  # fmt: skip
