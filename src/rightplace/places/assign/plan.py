"""The plan as arrays: what is asked of it (its problem), and where everyone then goes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.errors import DataError
from rightplace.places.assign.aims import Aim, Ordered, ordered, solve_in_order
from rightplace.places.assign.options import Flags, Options, kept
from rightplace.places.assign.problem import NOWHERE, Assignment, Index, Problem, Whole, problem
from rightplace.places.assign.solve import solve
from rightplace.places.assign.weights import Weights

KEEPS: Final = "children who lose a place they have"
PLACED: Final = "children without a place"
PREFERENCES: Final = "ranks below the first choice, and brothers or sisters apart"
TRAVEL: Final = "minutes one way"
COST: Final = "pounds a year"

_UNITS_GBP: Final = (1, 10, 100, 1000)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """What the plan is made from.

    ``seats`` int64[bases] are those to give. ``pinned`` int32[children] is the base a child is pinned to, or
    ``NOWHERE``. ``own`` int32[children] is the base of a child who has a place and asked to move, or ``NOWHERE``: it keeps
    that place unless it gets one it would rather have. ``over`` marks bases with more children staying than places.
    """

    options: Options
    seats: Whole
    pinned: Index
    own: Index
    over: Flags
    weights: Weights | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """Where everyone goes, and the problem, prices and order of aims behind it.

    ``base`` int32[children]. ``options`` are the candidates that could be given, arc for arc those of ``problem``;
    ``prices`` are of the problem without pinned children and their seats. ``ordered`` is None with stated weights.
    """

    asked: Asked
    options: Options
    problem: Problem
    base: Index
    prices: Assignment
    ordered: Ordered | None
    unit_gbp: int = 1

    @property
    def load(self) -> Whole:
        """Children given a place at each base, int64[bases]: not those who go on outside its places."""
        inside = (self.base != NOWHERE) & ~self.stays_outside
        return np.bincount(self.base[inside], minlength=len(self.asked.seats))

    @property
    def stays_outside(self) -> Flags:
        """Children who asked to move and stay on at a base with no place to give, over its number."""
        own = self.asked.own
        outside: Flags = (own != NOWHERE) & (self.base == own) & self.asked.over[own]
        return outside


def make(asked: Asked) -> Plan:
    """The best plan of what is asked.

    Raises ``DataError`` where the costs cannot be counted exactly.
    """
    open_to = _open(asked)
    bare = problem(
        seats=_seats_left(asked),
        start=open_to.start,
        base=open_to.base,
        cost=np.zeros(len(open_to.base), np.int64),
        unplaced=np.zeros(len(open_to.start) - 1, np.int64),
    )
    if asked.weights is not None:
        return _weighed(asked, open_to, bare, asked.weights)
    return _in_order(asked, open_to, bare)


def _seats_left(asked: Asked) -> Whole:
    """Seats that are not taken by a pin. A child pinned to where it is already, over the number, takes none."""
    there = asked.pinned[(asked.pinned != NOWHERE) & ~(asked.over[asked.own] & (asked.pinned == asked.own))]
    return asked.seats - np.bincount(there, minlength=len(asked.seats))


def _open(asked: Asked) -> Options:
    """Candidates that can be given: none of a pinned child; of a child who asked to move, its wishes and its place now."""
    every = asked.options
    own = asked.own[every.child]
    moves = own != NOWHERE
    at_own = every.base == own
    wished = (every.preference > 0) | at_own
    outside = at_own & asked.over[np.where(moves, own, 0)]
    free = asked.pinned[every.child] == NOWHERE
    return kept(every, free & (~moves | (wished & ~outside)))


def _weighed(asked: Asked, open_to: Options, bare: Problem, weights: Weights) -> Plan:
    cost, unplaced = weighed(open_to, weights), np.full(bare.children, round(weights.unplaced), np.int64)
    fall_back = _own_amounts(asked, cost if open_to is asked.options else weighed(asked.options, weights))
    unplaced = np.where(fall_back >= 0, fall_back, unplaced)
    unplaced[asked.pinned != NOWHERE] = 0
    held = _held(asked)
    if not held.any():
        of = replace(bare, cost=cost, unplaced=unplaced)
        return _plan(asked, open_to, of, solve(of), None)
    sum_of = Aim(name="points", arc=cost, unplaced=unplaced)
    both = ordered(bare, (_keeps(held, bare), sum_of))
    return _plan(asked, open_to, both.problem, solve_in_order(both), both)


def _in_order(asked: Asked, open_to: Options, bare: Problem) -> Plan:
    for unit in _UNITS_GBP:
        try:
            aims = ordered(bare, _aims(asked, open_to, bare, unit))
        except DataError:
            if unit == _UNITS_GBP[-1]:
                raise
        else:
            return _plan(asked, open_to, aims.problem, solve_in_order(aims), aims, unit)
    raise DataError("The aims could not be put in order.")


def _aims(asked: Asked, open_to: Options, bare: Problem, unit: int) -> tuple[Aim, ...]:
    """First that nobody loses a place, then places, then preferences, then travel, then money."""
    held, out = _held(asked), _goes_outside(asked)
    lost = np.where(out | (asked.pinned != NOWHERE), 0, 1).astype(np.int64)
    every = asked.options
    aims = [Aim(name=PLACED, arc=np.zeros(len(bare.base), np.int64), unplaced=lost, once=True)]
    for name, here, all_here in (
        (PREFERENCES, open_to.points + open_to.apart, every.points + every.apart),
        (TRAVEL, _rounded(open_to.minutes), _rounded(every.minutes)),
        (COST, _rounded(open_to.gbp * (1 / unit)), _rounded(every.gbp * (1 / unit))),
    ):
        own = _own_amounts(asked, all_here)
        aims.append(Aim(name=name, arc=here, unplaced=np.where(own >= 0, own, _most(here, open_to.start))))
    return (_keeps(held, bare), *aims) if held.any() else tuple(aims)


def weighed(of: Options, weights: Weights) -> Whole:
    """The cost of each candidate under stated weights: each part rounded, then added up."""
    parts = (
        (weights.preference, of.points),
        (weights.sibling, of.apart),
        (weights.km, of.km),
        (weights.minutes, of.minutes),
        (weights.gbp, of.gbp),
    )
    cost = np.zeros(len(of.base), np.int64)
    for weight, amount in parts:
        if weight:
            cost += _rounded(weight * amount)
    return cost


def _plan(asked: Asked, open_to: Options, of: Problem, found: Assignment, aims: Ordered | None, unit: int = 1) -> Plan:
    base = np.where(asked.pinned != NOWHERE, asked.pinned, found.base)
    base = np.where(_goes_outside(asked) & (base == NOWHERE), asked.own, base).astype(np.int32)
    return Plan(asked=asked, options=open_to, problem=of, base=base, prices=found, ordered=aims, unit_gbp=unit)


def _held(asked: Asked) -> Flags:
    """Children who must not lose the place they have, it being one of the places to give."""
    own = asked.own
    held: Flags = (own != NOWHERE) & ~asked.over[own] & (asked.pinned == NOWHERE)
    return held


def _goes_outside(asked: Asked) -> Flags:
    """Children whose place now is outside those to give, so that they stay there if they get nothing they asked for."""
    own = asked.own
    outside: Flags = (own != NOWHERE) & asked.over[own] & (asked.pinned == NOWHERE)
    return outside


def _keeps(held: Flags, bare: Problem) -> Aim:
    return Aim(name=KEEPS, arc=np.zeros(len(bare.base), np.int64), unplaced=held.astype(np.int64), once=True)


def _own_amounts(asked: Asked, amount: Whole) -> Whole:
    """What staying outside the places comes to, int64[children]; -1 for those who cannot."""
    every = asked.options
    there = (every.base == asked.own[every.child]) & _goes_outside(asked)[every.child]
    out = np.full(len(asked.own), -1, np.int64)
    out[every.child[there]] = amount[there]
    return out


def _most(amount: Whole, start: Whole) -> Whole:
    """The largest of each child's amounts: being left out never looks cheap."""
    out = np.zeros(len(start) - 1, np.int64)
    has = np.flatnonzero(np.diff(start))
    if len(has):
        out[has] = np.maximum.reduceat(amount, start[has])
    return out


def _rounded(amount: npt.ArrayLike) -> Whole:
    return np.rint(amount).astype(np.int64)
