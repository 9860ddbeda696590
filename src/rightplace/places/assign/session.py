"""What if: one child or one base changed at a time, the plan being a best one again after each change."""

from __future__ import annotations

import numpy as np

from rightplace.errors import RefusedError
from rightplace.places.assign import reroute, rows, state
from rightplace.places.assign.problem import NOWHERE, Assignment, Index, Problem, Whole
from rightplace.places.assign.state import AWAY, FORBIDDEN


class Session:
    """A best plan that takes changes.

    Every method leaves a plan of least cost for the problem as it then is, the same cost as solving afresh. A change
    costs one shortest path, not a new solution.
    """

    def __init__(self, of: Problem, plan: Assignment) -> None:
        """Start from a best plan with prices that support it, as :func:`~rightplace.places.assign.solve.solve` gives."""
        self._of = of
        self._state = state.held(of, plan)
        self._pinned: dict[int, int] = {}

    @property
    def base(self) -> Index:
        """The base of each child, int32[children]; ``NOWHERE`` without a place. A pinned child is where it is pinned."""
        at = self._state.at
        where = np.where((at == self._of.bases) | (at == AWAY), NOWHERE, at).astype(np.int32)
        for child, base in self._pinned.items():
            where[child] = base
        return where

    @property
    def cost(self) -> int:
        """What the plan costs, without the children that are pinned or taken out."""
        return sum(self._state.paid[self._state.at != AWAY].tolist())

    @property
    def seats(self) -> Whole:
        """Seats of each base that are not kept or taken by a pinned child, int64[bases]."""
        return self._state.seats[:-1].copy()

    @property
    def prices(self) -> Whole:
        """Prices of the bases, int64[bases], that prove the plan: between the worth of one seat more and one fewer."""
        return self._state.price[:-1].copy()

    def add_seat(self, base: int) -> None:
        """One more seat at a base."""
        held = self._state
        held.seats[base] += 1
        self._settle_room(base)

    def take_seat(self, base: int) -> None:
        """One seat fewer at a base: a place kept for someone else.

        Raises ``RefusedError`` where the base has none left to take.
        """
        held = self._state
        if held.seats[base] == 0:
            pins = [child for child, where in self._pinned.items() if where == base]
            held_by = f"; {len(pins)} of its places are held for children who are pinned there" if pins else ""
            raise RefusedError(f"Base {base} has no place left to take{held_by}.", action="Free or add a place there.")
        held.seats[base] -= 1
        self._settle_load(base)

    def remove(self, child: int) -> None:
        """Take a child out of the plan: it needs no place any more. Nothing happens where it is out already."""
        held = self._state
        node = int(held.at[child])
        if node != AWAY:
            state.lift(held, child)
            self._settle_room(node)

    def lift(self, child: int) -> None:
        """Take a child out and leave its seat: :meth:`settle` the base before anything else is done."""
        if self._state.at[child] != AWAY:
            state.lift(self._state, child)

    def settle(self, base: int) -> None:
        """Fill the seats of a base that were left, as far as children gain by it."""
        held = self._state
        while held.load[base] < held.seats[base] and held.price[base] > 0:
            self._settle_room(base)
            held = self._state

    def restore(self, child: int) -> None:
        """Put a child back into the plan."""
        held = self._state
        if held.at[child] != AWAY or child in self._pinned:
            return
        arcs = slice(int(held.start[child]), int(held.start[child + 1]))
        reach = held.cost[arcs] + held.price[held.base[arcs]]
        node, cost = self._of.bases, int(held.unplaced[child])
        if len(reach) and reach.min() < cost:
            node, cost = int(held.base[arcs][reach.argmin()]), int(held.cost[arcs][reach.argmin()])
        state.put(held, child, node, cost)
        self._settle_load(node)

    def change_costs(self, child: int, cost: Whole, unplaced: int) -> None:
        """New costs of a child's candidates, in their order, and of no place. A cost of ``FORBIDDEN`` bars a candidate."""
        held = self._state
        there = held.at[child] != AWAY
        self.remove(child)
        held.cost[held.start[child] : held.start[child + 1]] = cost
        held.unplaced[child] = unplaced
        if there:
            self.restore(child)

    def bar(self, child: int, base: int) -> None:
        """A child may not go to a base."""
        held = self._state
        arcs = slice(int(held.start[child]), int(held.start[child + 1]))
        cost = np.where(held.base[arcs] == base, FORBIDDEN, held.cost[arcs])
        self.change_costs(child, cost, int(held.unplaced[child]))

    def allow(self, child: int, base: int) -> None:
        """Undo :meth:`bar`."""
        held = self._state
        arcs = slice(int(held.start[child]), int(held.start[child + 1]))
        cost = np.where(held.base[arcs] == base, self._of.cost[arcs], held.cost[arcs])
        self.change_costs(child, cost, int(held.unplaced[child]))

    def pin(self, child: int, base: int) -> None:
        """A child goes to a base whatever the costs, candidate or not, and takes one of its seats.

        Raises ``RefusedError`` where the base has no seat that is not kept or pinned; nothing is then changed.
        """
        if child in self._pinned:
            raise RefusedError(
                f"Child {child} is already pinned to base {self._pinned[child]}.", action="Unpin it first."
            )
        self.take_seat(base)
        self.remove(child)
        self._pinned[child] = base

    def unpin(self, child: int) -> None:
        """Undo :meth:`pin`."""
        base = self._pinned.pop(child)
        self.restore(child)
        self.add_seat(base)

    def _settle_room(self, node: int) -> None:
        held = self._state
        if held.load[node] < held.seats[node] and held.price[node] > 0:
            while reroute.fill(self._state, node) == reroute.NO_STORE:
                self._state = rows.grown(self._state)

    def _settle_load(self, node: int) -> None:
        held = self._state
        if held.load[node] > held.seats[node]:
            while reroute.relieve(self._state, node) == reroute.NO_STORE:
                self._state = rows.grown(self._state)
