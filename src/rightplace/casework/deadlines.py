"""The deadlines of a case: what started each, when it is due, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from rightplace.casework.course import Course, Placed, by_kind, course
from rightplace.casework.deadline_rules import RULE, RULES
from rightplace.casework.events import Event
from rightplace.casework.exemptions import Exemption, problem
from rightplace.casework.history import History
from rightplace.casework.rule import DeadlineRule, Kind
from rightplace.errors import RefusedError, UserError
from rightplace.vocabulary.term import Term

__all__ = ["RULE", "RULES", "Deadline", "Status", "deadlines"]


class Status(StrEnum):
    """How a deadline stands."""

    NOT_STARTED = "not started"
    RUNNING = "running"
    MET = "met"
    MET_LATE = "met late"
    OVERDUE = "overdue"
    EXCUSED = "excused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One deadline of a case on a day.

    ``about`` tells deadlines of one rule apart (the adviser, the setting). ``started``, ``due``, ``met`` and ``ended`` are
    days, None where there is none (yet). ``excuses`` are the exemptions recorded on it; they never move ``due``.
    """

    rule: DeadlineRule
    status: Status
    about: str = ""
    started: date | None = None
    due: date | None = None
    met: date | None = None
    ended: date | None = None
    excuses: tuple[Exemption, ...] = ()

    def days_left(self, on: date) -> int | None:
        """Days from a day to the last in time, negative when it has passed; None without a due day."""
        return (self.due - on).days if self.due else None


_NOT_STARTED: Final = {rule.id: Deadline(rule=rule, status=Status.NOT_STARTED) for rule in RULES}


def deadlines(history: History, exemptions: Sequence[Exemption], on: date) -> tuple[Deadline, ...]:
    """Every deadline of a case as it stands on a day, those not started included, in the order of the rules.

    Raises ``UserError`` for an exemption on a rule that does not exist, and ``RefusedError`` for one the regulations do
    not allow.
    """
    for exemption in exemptions:
        _check(exemption)
    found: list[Deadline] = []
    lived = by_kind(history.events)
    for rule in RULES:
        under = course(rule, lived)
        held = [_stand(under, start, history, exemptions, on) for start in under.starts()]
        found += held or [_NOT_STARTED[rule.id]]
    return tuple(found)


def _check(exemption: Exemption) -> None:
    rule = RULE.get(exemption.deadline)
    if rule is None:
        near = get_close_matches(exemption.deadline, RULE, n=3)
        raise UserError(
            f"There is no deadline called {exemption.deadline!r}.",
            action=f"Did you mean {' or '.join(near)}?" if near else "See the list of deadlines in the documentation.",
        )
    wrong = problem(exemption, rule.exemptions)
    if wrong:
        raise RefusedError(f"The exemption on “{rule.title}” is not allowed. {wrong}", where=rule.basis)


def _stand(found: Course, placed: Placed, history: History, exemptions: Sequence[Exemption], on: date) -> Deadline:
    rule, start = found.rule, placed.event
    due = rule.last_day(history, start)
    closing = found.close(placed)
    done = closing is not None and found.fulfilled(placed, closing)
    met = closing.event.day if closing and done else None
    ended = closing.event.day if closing and not done else None
    about = _about(rule, start)
    excuses = tuple(
        held
        for held in exemptions
        if held.deadline == rule.id and held.about in ("", about) and _overlaps(held, start.day, due)
    )
    status = _status(rule, due, met, ended, on, excused=bool(excuses))
    return Deadline(
        rule=rule, status=status, about=about, started=start.day, due=due, met=met, ended=ended, excuses=excuses
    )


def _status(
    rule: DeadlineRule, due: date | None, met: date | None, ended: date | None, on: date, *, excused: bool
) -> Status:
    if ended is not None:
        return Status.ENDED
    late = due is not None and (met or on) > due
    if met is not None:
        if not late or rule.kind is Kind.HOLD:
            return Status.MET
        return Status.EXCUSED if excused else Status.MET_LATE
    if not late:
        return Status.RUNNING
    if rule.kind in (Kind.WINDOW, Kind.HOLD, Kind.CONDITIONAL):
        return Status.ENDED
    return Status.EXCUSED if excused else Status.OVERDUE


def _about(rule: DeadlineRule, start: Event) -> str:
    if not rule.same:
        return ""
    fact = getattr(start, rule.same)
    return fact.value if isinstance(fact, Term) else str(fact)


def _overlaps(exemption: Exemption, started: date, due: date | None) -> bool:
    return exemption.ends >= started and (due is None or exemption.starts <= due)
