"""Solving a large problem on its cheapest candidates, then adding those that the prices show to be missing.

A plan that is best among some candidates is best among all when, at its prices, no candidate that was left out would be
better for its child (column generation: Ahuja, Magnanti and Orlin, *Network Flows*, 1993, section 17.5). Rounds go on until
there is none, or so few that the plan can be mended, so the answer is that of the whole problem.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.forecast.draws.compiled import compiled
from rightplace.places.assign.flow import flow
from rightplace.places.assign.mend import mended
from rightplace.places.assign.prices import child_prices, least_prices
from rightplace.places.assign.problem import Index, Problem, Whole

FEW: Final = 100_000
"""A problem of no more candidates is solved whole."""

_CHEAPEST: Final = 12
_CROWD: Final = 10
"""With fewer children a base, many end far down their lists, and most candidates would have to be added."""

_ROUNDS: Final = 4
_SHARE: Final = 50
"""Where no more than one child in so many could do better, the plan is mended and not solved again."""


def best(of: Problem) -> Index:
    """The base of each child in a plan of least cost.

    Raises ``DataError`` where the costs are too large for exact arithmetic.
    """
    if len(of.base) <= FEW or of.children < _CROWD * of.bases:
        return flow(of)
    child = of.child_of_arc()
    keep = _cheapest(of.start, of.cost, _CHEAPEST)
    for _ in range(_ROUNDS):
        part = narrowed(of, keep, child)
        base = flow(part)
        price = least_prices(part, base)
        missing = of.cost + price[of.base] < child_prices(part, price)[child]
        could = np.unique(child[missing]).astype(np.int64)
        if len(could) <= of.children // _SHARE:
            return mended(of, base, price, could)[0] if len(could) else base
        keep |= missing
    return flow(of)


def narrowed(of: Problem, keep: npt.NDArray[np.bool_], child: Index) -> Problem:
    """The problem with only some of its candidates. ``child`` is the child of each."""
    counts = np.bincount(child[keep], minlength=of.children)
    return Problem(
        seats=of.seats,
        start=np.concatenate(([0], np.cumsum(counts))),
        base=of.base[keep],
        cost=of.cost[keep],
        unplaced=of.unplaced,
    )


@compiled
def _cheapest(start: Whole, cost: Whole, most: int) -> npt.NDArray[np.bool_]:
    """Which candidates are among the ``most`` cheapest of their child; of equal ones, the first."""
    keep = np.zeros(len(cost), np.bool_)
    least = np.empty(most, np.int64)
    for child in range(len(start) - 1):
        held = 0
        for arc in range(start[child], start[child + 1]):
            at = held
            if held < most:
                held += 1
            elif cost[least[most - 1]] <= cost[arc]:
                continue
            else:
                at = most - 1
            while at > 0 and cost[least[at - 1]] > cost[arc]:
                least[at] = least[at - 1]
                at -= 1
            least[at] = arc
        for place in range(held):
            keep[least[place]] = True
    return keep
