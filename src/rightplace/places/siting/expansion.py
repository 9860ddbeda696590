"""Adding room year by year when demand is not known: the problem, a plan, and what a plan costs."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rightplace.places.siting.arrays import Reals, Whole

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Schemes with options (when to open, how large), classes of demand, and futures of demand.

    ``option_scheme`` (options): the scheme each option belongs to; at most one option of a scheme is taken, and exactly one
    where ``must`` (schemes). ``option_cost`` (options): its whole cost. ``room`` (options, years): places it gives.
    ``serve`` (schemes, classes): cost of one place for one year for a child of a class, infinite where not suitable.
    ``unserved`` (classes): cost of a child left out for a year. ``demand`` (futures, years, classes).
    ``weight`` (years): discount factors. ``chance`` (futures): probabilities. ``rows`` (rows, options) must add up to
    ``limit`` (rows) at most. With ``promise``, in that share of futures nobody is left out from year ``promise_from`` on.
    """

    option_scheme: Whole
    option_cost: Reals
    room: Reals
    must: Flags
    serve: Reals
    unserved: Reals
    demand: Reals
    weight: Reals
    chance: Reals
    rows: Reals = field(default_factory=lambda: np.zeros((0, 0)))
    limit: Reals = field(default_factory=lambda: np.zeros(0))
    promise: float | None = None
    promise_from: int = 0

    @property
    def schemes(self) -> int:
        """How many schemes there are."""
        return len(self.must)

    def options(self, scheme: int) -> Whole:
        """The options of a scheme."""
        return np.flatnonzero(self.option_scheme == scheme)

    def use(self, plan: Whole) -> Reals:
        """What a plan adds up to in each row."""
        taken = plan[plan >= 0]
        used: Reals = self.rows[:, taken].sum(axis=1) if len(self.limit) else np.zeros(0)
        return used

    def room_of(self, plan: Whole) -> Reals:
        """Places of each scheme in each year (schemes, years) under a plan."""
        room = np.zeros((self.schemes, self.room.shape[1]))
        room[plan >= 0] = self.room[plan[plan >= 0]]
        return room

    def cost_of(self, plan: Whole) -> float:
        """Cost of a plan's options, before anyone is served."""
        return float(self.option_cost[plan[plan >= 0]].sum())

    def only(self, futures: Whole) -> Problem:
        """The same problem with some of its futures, equally likely."""
        from dataclasses import replace

        return replace(self, demand=self.demand[futures], chance=np.full(len(futures), 1.0 / len(futures)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a plan (an option for each scheme, -1 for none) comes to.

    ``total`` is its expected cost: ``options`` and the futures' ``serving`` (futures, discounted). ``left_out`` (futures,
    years): children without a place. ``kept``: the share of futures in which nobody is left out from the promised year.
    ``broken``: rows above their limit.
    """

    plan: Whole
    options: float
    serving: Reals
    left_out: Reals
    kept: float
    broken: Whole
    total: float

    def allowed(self, problem: Problem) -> bool:
        """Whether the plan respects every row and the promise."""
        return len(self.broken) == 0 and (problem.promise is None or self.kept >= problem.promise - 1e-9)
