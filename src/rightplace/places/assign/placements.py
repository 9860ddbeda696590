"""A cohort placed: who goes where and why, who has no place and why, what each base has, and how fair it is."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from rightplace.places.assign import second_best as seconds
from rightplace.places.assign.certificate import Certificate, certify
from rightplace.places.assign.explain import Explanation, explain
from rightplace.places.assign.plan import Plan
from rightplace.places.assign.reasons import Facts
from rightplace.places.fit.coded import Coded


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placements:
    """A plan in frames. A suggestion: a named person decides, and records it.

    ``assignments``: columns of :data:`~rightplace.places.assign.reasons.ASSIGNMENTS`; ``unplaced``: person and reason;
    ``settings``: setting, base, name, capacity, staying, kept, seats, assigned, value_of_one_more_place and its unit, what
    the place would do in each aim, and what seats rest on; ``fairness``: see :mod:`rightplace.places.assign.fairness`.
    ``notes`` are what a reader must know of the whole, in sentences. ``coded`` is what the tests of fit read, where the plan
    was made from an area.
    """

    assignments: pl.DataFrame
    unplaced: pl.DataFrame
    settings: pl.DataFrame
    fairness: pl.DataFrame
    facts: Facts
    notes: tuple[str, ...] = ()
    coded: Coded | None = None

    @property
    def plan(self) -> Plan:
        """The plan as arrays."""
        return self.facts.plan

    def certificate(self) -> Certificate:
        """An independent check that no plan is better by the aims as stated."""
        return certify(self.plan.problem, self.plan.prices)

    def second_best(self, *, most: int = 3) -> pl.DataFrame:
        """The next best bases of each child; see :func:`rightplace.places.assign.second_best.second_best`."""
        return seconds.second_best(self.facts, most=most)

    def explain(self, person: str) -> Explanation:
        """Why a child is where it is, and what would have to change for each of its choices.

        Raises ``UserError`` where the person is not among those placed.
        """
        reasons = pl.concat([self.assignments.select("person", "reason"), self.unplaced])
        return explain(self.facts, self.coded, person, reasons)
