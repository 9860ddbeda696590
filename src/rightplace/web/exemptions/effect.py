"""What an exemption does, and what it does not: no due day moves, and both measures of timeliness are told."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.casework.deadlines import Deadline, Status
from rightplace.casework.speech import days
from rightplace.web.cases.store.read import CaseNow
from rightplace.web.design.words import day

MEASURED = frozenset({"final_plan"})
"""The limit that DfE publishes both with and without exceptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A deadline with its exemptions, in sentences: how it stands, and how each measure counts it ("" where none does)."""

    deadline: Deadline
    stands: str
    of_all: str = ""
    without: str = ""


def effect(held: Deadline, now: CaseNow) -> Effect:
    """How a deadline stands with what is recorded on it."""
    excused = bool(held.excuses)
    if held.rule.id not in MEASURED or held.status is Status.ENDED:
        return Effect(deadline=held, stands=_stands(held, now, excused=excused))
    return Effect(
        deadline=held,
        stands=_stands(held, now, excused=excused),
        of_all=_of_all(held, now),
        without="Left out of it, because an exemption is recorded." if excused else "Counted in the same way.",
    )


def _stands(held: Deadline, now: CaseNow, *, excused: bool) -> str:
    due = f"Due by {day(held.due)}" if held.due else "No day is set"
    moved = ", as it was before: no exemption moves the day" if excused else ""
    if held.met:
        return f"{due}{moved}. Done on {day(held.met)}."
    if held.status is Status.ENDED:
        return f"{due}. It no longer applies."
    late = -(held.days_left(now.view.on) or 0)
    behind = f" {days(late)} past." if late > 0 else ""
    return f"{due}{moved}.{behind} It must still be done as soon as practicable."


def _of_all(held: Deadline, now: CaseNow) -> str:
    when = held.met or now.view.on
    late = (when - held.due).days if held.due else 0
    verb = ("Counted" if held.met else "It would be counted today") + (" as late" if late > 0 else " as in time")
    return f"{verb}{f', by {days(late)}' if late > 0 else ''}."
