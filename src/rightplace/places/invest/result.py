"""What an investment plan is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from rightplace.places.siting.proof import Proof

SCHEMES: Final[dict[str, pl.DataType]] = {
    "scheme": pl.String(), "name": pl.String(), "kind": pl.String(), "setting_id": pl.String(), "opens": pl.Int64(),
    "places": pl.Int64(), "capital_gbp": pl.Float64(), "staff_fte": pl.Float64(), "children": pl.Float64(),
    "serves": pl.String(), "replaces": pl.String(), "pays_share": pl.Float64(), "without_gbp": pl.Float64(),
    "without_left_out": pl.Float64(), "reason": pl.String(),
}  # fmt: skip
"""Columns of the chosen schemes. ``opens``: September. ``children``: mean a year once open. ``pays_share``: of futures in which
it saves more than it costs. ``without_gbp``, ``without_left_out``: what the plan costs more, and children a year left out more, without
it and with what else could be done."""

CLOSURES: Final[dict[str, pl.DataType]] = {
    "setting_id": pl.String(), "base": pl.String(), "name": pl.String(), "action": pl.String(), "september": pl.Int64(),
    "places_now": pl.Float64(), "places_last": pl.Float64(), "saved_gbp": pl.Float64(), "duty": pl.String(),
}  # fmt: skip
"""Columns of what the plan closes or halves. ``september``: the first without a new intake. ``places_last``: left in the last year looked at.
``saved_gbp``: for places no longer kept open, discounted. ``duty``: what the law asks first."""

FRONTIER: Final[dict[str, pl.DataType]] = {
    "promise": pl.Float64(), "travel_weight": pl.Float64(), "cost_gbp": pl.Float64(), "capital_gbp": pl.Float64(),
    "transport_gbp": pl.Float64(), "km": pl.Float64(), "left_out": pl.Float64(), "kept": pl.Float64(), "schemes": pl.Int64(),
    "gap": pl.Float64(), "meets": pl.Boolean(),
}  # fmt: skip
"""Columns of the frontier: one row a plan. ``cost_gbp``: expected over all years, discounted, transport at its own price. ``km``: mean
one way. ``left_out``: mean children a year. ``kept``: share of futures with nobody left out from the promised year."""

YEARS: Final[dict[str, pl.DataType]] = {
    "september": pl.Int64(), "children_mean": pl.Float64(), "children_p90": pl.Float64(), "places": pl.Float64(),
    "new_places": pl.Float64(), "capital_gbp": pl.Float64(), "left_out_mean": pl.Float64(), "kept": pl.Float64(),
    "staff_fte": pl.Float64(),
}  # fmt: skip
"""Columns of the plan by year. ``places``: all that can be counted on, those bought among them. ``kept``: share of futures with nobody
left out that year. ``staff_fte``: staff for the new places open that year, full-time equivalents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Investment:
    """An investment plan: frames ``schemes``, ``closures``, ``years``, ``frontier`` (see their schemas) and ``considered`` (every candidate).

    ``proof``: the plan's expected cost over all years (pounds, discounted, places there now among it), and a bound on any plan's.
    ``promise``: share of futures in which every child is to have a place from September ``promise_from``; ``kept`` in the
    futures planned for, ``kept_elsewhere`` in ``tried`` others it never saw, with its Wilson interval at 95%
    (``kept_elsewhere_low``, ``kept_elsewhere_high``). ``meets`` says whether the promise and the budgets are kept;
    ``in_the_way`` names what prevents it, and ``least_budget_gbp`` is the least capital found that would do.
    ``doubts`` are things not known that the plan rests on.
    """

    schemes: pl.DataFrame
    years: pl.DataFrame
    frontier: pl.DataFrame
    considered: pl.DataFrame
    proof: Proof
    promise: float | None
    promise_from: int
    kept: float
    kept_elsewhere: float
    meets: bool
    in_the_way: tuple[str, ...]
    least_budget_gbp: float | None
    cost_now_gbp: float
    futures: int
    doubts: tuple[str, ...]
    method: str
    tried: int = 0
    kept_elsewhere_low: float = 0.0
    kept_elsewhere_high: float = 1.0
    closures: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CLOSURES))
