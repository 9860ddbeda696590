"""One dial from the best plan to the stable one, and what stability costs.

Each child who is not at its place in the stable plan adds a fixed charge to the cost. At a charge of nought the plan is
the best one; at a charge above everything that could be gained it is the stable one. Between them each plan is the
least costly of those with as few children away from their stable place (a Lagrangian of that trade, so every plan lies
on the lower convex edge of what can be had).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rightplace.places.assign.narrow import best
from rightplace.places.assign.problem import NOWHERE, Index, Problem, Whole, paid
from rightplace.places.assign.stable import Market, blocking_pairs, stable
from rightplace.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setting:
    """One position of the dial: the charge, the plan, its cost without charges, and how far it is from stable.

    ``blocking_pairs`` counts pairs of a child and a base that would both rather have each other; ``children_in_pairs``
    counts the children among them; ``away`` the children not at their place in the stable plan.
    """

    charge: int
    base: Index
    cost: int
    blocking_pairs: int
    children_in_pairs: int
    away: int
    unplaced: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dial:
    """Positions from the best plan (first) to the stable one (last)."""

    settings: tuple[Setting, ...]

    @property
    def price_of_stability(self) -> int:
        """What the stable plan costs more than the best, in the units of the costs."""
        return self.settings[-1].cost - self.settings[0].cost


def dial(of: Problem, market: Market, *, steps: int = 17, progress: Progress = silent) -> Dial:
    """The plans from best to stable at ``steps`` charges, growing by a fixed ratio; plans that repeat are left out.

    ``market`` has the same children, bases and candidates as ``of``, in the order of the children's wishes.
    """
    end = stable(market)
    charges = _charges(of, steps)
    found: list[Setting] = []
    for number, charge in enumerate(charges):
        base = best(_charged(of, end, charge)) if number < len(charges) - 1 else end
        position = _setting(of, market, end, charge, base)
        if not found or (position.cost, position.away) != (found[-1].cost, found[-1].away):
            found.append(position)
        progress(number + 1, len(charges), "turning from best to stable")
    return Dial(settings=tuple(found))


def _charges(of: Problem, steps: int) -> list[int]:
    """Nought, charges growing by a fixed ratio, and one that no gain can outweigh."""
    spread = int(max(of.cost.max(initial=0), of.unplaced.max(initial=0)) - min(of.cost.min(initial=0), 0)) + 1
    most = spread * (of.children + 1)
    between = np.geomspace(max(1, spread // 1000), 2 * spread, max(steps - 2, 1)).round().astype(np.int64)
    return [0, *sorted({int(charge) for charge in between}), most]


def _charged(of: Problem, end: Index, charge: int) -> Problem:
    at_end = of.base == end[of.child_of_arc()]
    return Problem(
        seats=of.seats,
        start=of.start,
        base=of.base,
        cost=of.cost + np.where(at_end, 0, charge),
        unplaced=of.unplaced + np.where(end == NOWHERE, 0, charge),
    )


def _setting(of: Problem, market: Market, end: Index, charge: int, base: Index) -> Setting:
    pairs = blocking_pairs(market, base)
    cost: Whole = paid(of, base)
    return Setting(
        charge=charge,
        base=base,
        cost=sum(cost.tolist()),
        blocking_pairs=len(pairs),
        children_in_pairs=len(np.unique(pairs.child)),
        away=int((base != end).sum()),
        unplaced=int((base == NOWHERE).sum()),
    )
