"""Several aims in a strict order, as one whole-number cost: no amount of a later aim outweighs the least of an earlier one.

A plan is best in that order exactly when no cycle of moves betters it (Ahuja, Magnanti and Orlin, *Network Flows*, 1993,
theorem 9.1). A simple cycle visits each base once, so it moves no more children than there are bases, and one, and
leaves or picks up at most one child without a place. That bounds what the later aims can change along a cycle, and each
aim is weighted by more than twice the bound of those after it. (Bounding whole plans instead would need numbers with
many times the digits.) The factor of two lets a saving be split into aims again by rounding.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rightplace.errors import DataError
from rightplace.places.assign.flow import LARGEST, flow
from rightplace.places.assign.narrow import best, narrowed
from rightplace.places.assign.prices import child_prices, least_prices
from rightplace.places.assign.problem import MOST_COST, Assignment, Index, Problem, Whole
from rightplace.places.assign.solve import with_prices


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Aim:
    """One thing to make small: its amount at each candidate, int64[arcs], and for a child without a place.

    ``once``: only leaving a child without a place has an amount, so a cycle changes it by no more than one child's.
    """

    name: str
    arc: Whole
    unplaced: Whole
    once: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ordered:
    """Aims in order with the weight of each, and the problem whose cost is their weighted sum."""

    aims: tuple[Aim, ...]
    weights: tuple[int, ...]
    problem: Problem

    def totals(self, base: Index) -> dict[str, int]:
        """What a plan comes to in each aim, added up without weights."""
        return {aim.name: _total(self.problem, aim, base) for aim in self.aims}

    def split(self, saving: Whole) -> dict[str, Whole]:
        """Savings of one change in units of the weighted sum, as savings in each aim: of the same length, by name."""
        left = saving.copy()
        parts = {}
        for aim, weight in zip(self.aims, self.weights, strict=True):
            parts[aim.name] = np.floor_divide(2 * left + weight, 2 * weight)
            left = left - parts[aim.name] * weight
        return parts


def ordered(of: Problem, aims: tuple[Aim, ...]) -> Ordered:
    """The problem ``of`` with its costs replaced by aims in order, the first counting most.

    Raises ``DataError`` where the weights would not fit: then the last aims need coarser units.
    """
    moves = min(of.children, of.bases) + 1
    weights: list[int] = []
    bound = 0
    for aim in reversed(aims):
        weights.insert(0, 2 * bound + 1)
        bound += weights[0] * _spread(of, aim) * (2 if aim.once else moves)
    if bound >= MOST_COST:
        raise DataError("The aims are too many or too fine to be put in one order.", action="Use coarser units.")
    cost = sum((weight * aim.arc for weight, aim in zip(weights, aims, strict=True)), np.zeros(len(of.base), np.int64))
    unplaced = sum(
        (weight * aim.unplaced for weight, aim in zip(weights, aims, strict=True)), np.zeros(of.children, np.int64)
    )
    made = Problem(seats=of.seats, start=of.start, base=of.base, cost=cost, unplaced=unplaced)
    return Ordered(aims=aims, weights=tuple(weights), problem=made)


def solve_in_order(of: Ordered) -> Assignment:
    """A best plan in the order of the aims, with the prices that prove it under the weighted sum.

    Where the flow program cannot hold the weighted sum, groups of aims are solved one after another, each among the
    plans that are best for the groups before: those plans use only candidates that cost nothing above the prices, and
    fill every base that has a price.
    """
    groups = _groups(of)
    base: Index | None = None
    for number in range(len(groups)):
        done = tuple(aim for group in groups[:number] for aim in group)
        base = _among_best(of.problem, done, groups[number], base)
    if base is None:
        return with_prices(of.problem, best(of.problem))
    return with_prices(of.problem, base)


def _groups(of: Ordered) -> list[tuple[Aim, ...]]:
    """The aims, in order, in as few groups as the flow program can hold."""
    size = of.problem.children + of.problem.bases + 2
    groups: list[tuple[Aim, ...]] = []
    for aim in of.aims:
        if groups:
            together = ordered(of.problem, (*groups[-1], aim))
            most = max(int(np.abs(part).max(initial=0)) for part in (together.problem.cost, together.problem.unplaced))
            if most * size <= LARGEST:
                groups[-1] = together.aims
                continue
        groups.append((aim,))
    return groups


def _among_best(of: Problem, done: tuple[Aim, ...], group: tuple[Aim, ...], base: Index | None) -> Index:
    this = ordered(of, group).problem
    if base is None:
        return best(this)
    before = ordered(of, done).problem
    price = least_prices(before, base)
    least = child_prices(before, price)
    child = before.child_of_arc()
    keep = before.cost + price[before.base] == least[child]
    can_go = before.unplaced == least
    never = int(max(np.abs(this.cost).max(initial=0), np.abs(this.unplaced).max(initial=0))) * (of.bases + 2) + 1
    part = replace(narrowed(this, keep, child), unplaced=np.where(can_go, this.unplaced, never))
    full: npt.NDArray[np.bool_] = price > 0
    return flow(part, full=full)


def _spread(of: Problem, aim: Aim) -> int:
    """The most that one child's move can change an aim."""
    high, low = aim.unplaced.copy(), aim.unplaced.copy()
    has = np.flatnonzero(np.diff(of.start))
    if len(has):
        high[has] = np.maximum(high[has], np.maximum.reduceat(aim.arc, of.start[has]))
        low[has] = np.minimum(low[has], np.minimum.reduceat(aim.arc, of.start[has]))
    return int((high - low).max(initial=0))


def _total(of: Problem, aim: Aim, base: Index) -> int:
    child = of.child_of_arc()
    used = np.flatnonzero(of.base == base[child])
    amount = aim.unplaced.copy()
    amount[child[used]] = aim.arc[used]
    return sum(amount.tolist())
