"""Whether a plan is a best one, checked from the plan and its prices alone: no solver's word is taken.

Prices of bases are nought or more, and nought where there is room. Then a plan is a best one exactly when every child
is where cost and price together are least (complementary slackness: Ahuja, Magnanti and Orlin, *Network Flows*, 1993,
theorem 9.4).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rightplace.places.assign.problem import NOWHERE, Assignment, Problem, paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What the check found. ``cost`` is added up afresh; ``bound`` is what no plan can go below; ``faults`` are in words."""

    cost: int
    bound: int
    faults: tuple[str, ...]

    @property
    def gap(self) -> int:
        """How far the plan may be from the best: nought for a best plan."""
        return self.cost - self.bound

    @property
    def proved(self) -> bool:
        """Whether the plan is possible, and no plan is better."""
        return not self.faults and self.gap == 0


def certify(of: Problem, found: Assignment) -> Certificate:
    """Check a plan and its prices.

    The bound is the value of the dual: the children's prices less the price of every seat. Any prices of nought or more
    give a bound, so a wrong price can widen the gap but cannot hide it.
    """
    cost = paid(of, found.base)
    load = np.bincount(found.base[found.base != NOWHERE], minlength=of.bases)
    faults = []
    if (load > of.seats).any():
        faults.append(f"{int((load > of.seats).sum())} bases are given more children than they have seats")
    if sum(cost.tolist()) != found.cost:
        faults.append("the cost stated is not the cost of the plan")
    price = np.maximum(found.base_price, 0)
    if (found.base_price < 0).any():
        faults.append("a price is below nought")
    least = of.unplaced.copy()
    np.minimum.at(least, of.child_of_arc(), of.cost + price[of.base])
    bound = sum(least.tolist()) - sum((price.astype(object) * of.seats.astype(object)).tolist())
    return Certificate(cost=sum(cost.tolist()), bound=int(bound), faults=tuple(faults))
