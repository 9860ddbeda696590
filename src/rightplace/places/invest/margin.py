"""A margin of safety: a plan tried on futures it was not made for, and made safer where it keeps its promise less often there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from rightplace.forecast.result import Forecast
from rightplace.places.invest.demand import Demand
from rightplace.places.invest.model import Model
from rightplace.places.siting import expansion_price
from rightplace.places.siting.expansion import Account, Problem
from rightplace.places.siting.expansion_account import account
from rightplace.places.siting.expansion_search import improve

_SLACK: Final = 0.01
_MARGIN: Final = 200
_TRIED: Final = 500
_Z: Final = 1.959964


def futures_needed(futures: int) -> int:
    """Futures a forecast should have: to plan for, to set the margin of safety by, and enough to try the plan on."""
    return futures + max(futures, _MARGIN) + max(futures, _TRIED)


def others(forecast: Forecast, futures: int) -> tuple[int, int]:
    """How many of the futures not planned for set the margin, and how many try the plan."""
    rest = max((forecast.inputs.futures if forecast.inputs else 0) - futures, 2 * futures)
    margin = max(futures, round(rest * _MARGIN / (_MARGIN + _TRIED)))
    return margin, rest - margin


def in_other(problem: Problem, other: Demand, made: Account) -> Account:
    """What a plan comes to in other futures."""
    count = len(other.children)
    return account(replace(problem, demand=other.children, chance=np.full(count, 1.0 / count)), made.plan)


def wilson(share: float, count: int) -> tuple[float, float]:
    """The 95% interval of a share seen in ``count`` futures (Wilson 1927)."""
    middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    half = _Z / (1 + _Z**2 / count) * np.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return float(middle - half), float(middle + half)


def safer(built: Model, made: Account, set_by: Demand) -> Account:
    """The plan with a margin, where in other futures it keeps the promise less often than in those it was made for."""
    problem = built.problem
    if problem.promise is None or not made.allowed(problem):
        return made
    arc = expansion_price.arcs(problem)
    live = np.ones(len(problem.option_cost), np.bool_)
    for _ in range(3):
        kept = in_other(problem, set_by, made).kept
        if kept >= problem.promise - _SLACK / 2:
            break
        wanted = min(made.kept + (problem.promise - kept) + 1.0 / len(problem.chance), 1.0)
        better = improve(replace(problem, promise=wanted), arc, made.plan, live, tries=12, most=6)
        if not better.allowed(problem) or (better.plan == made.plan).all():
            break
        made = better
    return made
