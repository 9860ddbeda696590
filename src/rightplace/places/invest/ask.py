"""What is asked of an investment plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rightplace.errors import UserError
from rightplace.places.invest.demand import Demand

PROMISE: Final = 0.9
_FROM: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked of a plan: ``promise`` (share of futures; None for none) from September ``promise_from`` (None: the fifth
    year), capital by year and in all, the weight of travel, the gap that is enough, and the bases
    that may be closed or made smaller (SETTING/BASE, or "all")."""

    promise: float | None = PROMISE
    promise_from: int | None = None
    budget: Mapping[int, float] | None = None
    total_budget: float | None = None
    travel: float = 1.0
    enough: float = 0.01
    may_close: tuple[str, ...] = ()


def check(ask: Ask, futures: int) -> None:
    """Raises ``UserError`` where what is asked cannot be."""
    if ask.promise is not None and not 0.0 < ask.promise < 1.0:
        raise UserError(
            "The promise is a share of futures, more than 0 and less than 1.", action="Give a share such as 0.9."
        )
    if futures < 2 or not 0.0 < ask.enough < 1.0:
        raise UserError("A plan needs at least two futures and a gap between 0 and 1.", action="Give larger numbers.")
    if min([*(ask.budget or {}).values(), ask.total_budget or 0.0]) < 0.0:
        raise UserError("A budget is below 0.", action="Give budgets of 0 or more.")


def first_year(ask: Ask, plan_for: Demand) -> int:
    """The year from which the promise holds, as a row of the plan's Septembers. Raises ``UserError`` for one that is not among them."""
    if ask.promise_from is None:
        return min(_FROM, len(plan_for.septembers) - 1)
    if ask.promise_from not in plan_for.septembers:
        first, last = plan_for.septembers[0], plan_for.septembers[-1]
        raise UserError(f"The promise starts in {ask.promise_from}, and the years looked at are {first} to {last}.")
    return plan_for.septembers.index(ask.promise_from)
