"""One child's place explained: why here, and what would have to change for each choice of the family."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.errors import RefusedError, UserError
from rightplace.places.assign.problem import NOWHERE
from rightplace.places.assign.reasons import Facts
from rightplace.places.assign.session import Session
from rightplace.places.fit.coded import Coded
from rightplace.places.fit.fit import fit

LAW: Final = (
    "This is a suggestion. That a place is full is not by itself a ground to refuse a family's choice: the authority must "
    "show that the setting is unsuitable for the child, or that the child being there would be incompatible with the "
    "efficient education of others or the efficient use of resources (Children and Families Act 2014, section 39(4))."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A choice of the family: its rank and name, how it stands, and what would have to change for it.

    ``others`` are the other children who would move if it were given, with their numbers: for officers, not families.
    """

    rank: int
    name: str
    given: bool
    stands: str
    would_change: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A child's place in words. ``place`` is None without one; ``law`` is what holds whatever the plan says."""

    person: str
    place: str | None
    reason: str
    choices: tuple[Choice, ...]
    law: str = LAW


def explain(of: Facts, coded: Coded | None, person: str, reasons: pl.DataFrame) -> Explanation:
    """Why a person is where the plan puts it. ``reasons`` has person and reason. Raises ``UserError`` where the plan does not have the person."""
    found = of.children["person_id"].index_of(person)
    if found is None:
        raise UserError(
            f"{person} is not among those who need a place this September.", action="Use a person of assignments.csv."
        )
    child, base = int(found), int(of.plan.base[int(found)])
    written = reasons.filter(pl.col("person") == person)["reason"]
    wishes = of.children["preferences"][child]
    session = Session(of.plan.problem, of.plan.prices)
    return Explanation(
        person=person,
        place=None if base == NOWHERE else of.held["name"][base],
        reason=str(written[0]),
        choices=tuple(
            choice
            for rank, key in enumerate(wishes.to_list() if wishes is not None else [], 1)
            for choice in _choices(of, coded, session, child, rank, key)
        ),
    )


def _choices(of: Facts, coded: Coded | None, session: Session, child: int, rank: int, key: str) -> Iterator[Choice]:
    setting, _, name = key.rpartition("/")
    there = of.held.with_row_index("row").filter(
        pl.col("setting") == setting, pl.lit(name == "") | (pl.col("base") == name)
    )
    if there.is_empty():
        yield Choice(
            rank=rank, name=key, given=False,
            stands="It is not a base of the area.",
            would_change="The area record would have to hold it.",
        )  # fmt: skip
    for row in there["row"]:
        yield _choice(of, coded, session, child, rank, int(row))


def _choice(of: Facts, coded: Coded | None, session: Session, child: int, rank: int, base: int) -> Choice:
    name, plan = str(of.held["name"][base]), of.plan
    if plan.base[child] == base:
        return Choice(rank=rank, name=name, given=True, stands="This is the place.", would_change="")
    every = plan.asked.options
    if base not in every.base[every.start[child] : every.start[child + 1]]:
        return Choice(
            rank=rank, name=name, given=False,
            stands=_barred(of, coded, child, base),
            would_change="New facts on that, or a pin by hand, would open it.",
        )  # fmt: skip
    seats, load = int(plan.asked.seats[base]), int(plan.load[base])
    stands = f"{load} of {seats} places to give are given." if seats else "It has no place to give."
    change, others = _displaced(of, session, child, base)
    return Choice(rank=rank, name=name, given=False, stands=stands, would_change=change, others=others)


def _barred(of: Facts, coded: Coded | None, child: int, base: int) -> str:
    if coded is None:
        return "It is not among the child's candidates."
    row = coded.children["person_id"].index_of(of.children["person_id"][child])
    against = [test.evidence for test in fit(coded, int(row or 0), base).tests if test.bars]
    return " ".join(against) if against else "It is not among the bases looked at, or is barred by hand."


def _displaced(of: Facts, session: Session, child: int, base: int) -> tuple[str, tuple[str, ...]]:
    """What else would change, at best, if the child were given the base as things are; and the others who would move."""
    now = of.plan.prices.base
    try:
        session.pin(child, base)
    except RefusedError:
        return "One place more, or one fewer kept, would be needed there.", ()
    then = session.base
    session.unpin(child)
    moved = [row for row in range(len(now)) if row != child and then[row] != now[row]]
    if not moved:
        return "Nobody else would have to move: the aims as stated put another place first.", ()
    names = [*of.held["name"], "no place"]
    others = tuple(f"{of.children['person_id'][row]}: from {names[now[row]]} to {names[then[row]]}" for row in moved)
    lost = sum(1 for row in moved if then[row] == NOWHERE)
    many = "1 other child would move" if len(moved) == 1 else f"{len(moved)} other children would move"
    without = f", {lost} of them to no place" if lost else ""
    return f"With one place more there, nobody would have to move. Without it, at best, {many}{without}.", others
