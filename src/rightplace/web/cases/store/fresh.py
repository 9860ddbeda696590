"""The columns of a case that lists are made from, worked out anew from its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from rightplace.calendar import clock
from rightplace.casework.case import CaseView
from rightplace.casework.deadlines import Deadline, Status
from rightplace.casework.events import Event, RightsPassed
from rightplace.casework.history import History
from rightplace.casework.rule import Kind
from rightplace.casework.states import State
from rightplace.web.cases.models import Case, CaseEvent, OpenDeadline

COLUMNS = (
    "version", "stage", "plan_state", "review_state", "reassessment_state", "dispute_state", "ended", "holders",
    "next_due", "parent_until", "last_event_on", "changed_at",
)  # fmt: skip
"""The columns that :func:`put` sets."""


def put(
    case: Case, view: CaseView, events: Sequence[Event], *, unknown: frozenset[date] = frozenset()
) -> list[OpenDeadline]:
    """Set a case's columns from how it stands, and give its open deadlines; nothing is saved.

    ``unknown`` are days that were inferred: a deadline that starts on one is left out, because its day is not known.
    """
    situation = view.situation
    case.stage = "; ".join(view.stage)[:200]
    case.plan_state = situation.plan.value
    case.review_state = situation.review.value
    case.reassessment_state = situation.reassessment.value
    case.dispute_state = situation.dispute.value
    case.ended = situation.plan.ended or not events
    case.holders = f",{','.join(owner.value for owner in view.held_by)},"
    open_now = open_deadlines(view, unknown)
    duties = [held.due for held in open_now if held.due and held.rule.kind is Kind.DUTY]
    case.next_due = min(duties, default=None)
    case.parent_until = parent_until(events, case.person.born)
    case.last_event_on = max((event.day for event in events), default=None)
    case.changed_at = clock.now()
    return [_row(case, held) for held in open_now]


def open_deadlines(view: CaseView, unknown: frozenset[date] = frozenset()) -> tuple[Deadline, ...]:
    """Deadlines that are running, overdue, or excused and still to be done, the soonest first."""
    if view.situation.plan is State.DIED:
        return ()
    shown = view.shown(Status.RUNNING, Status.OVERDUE, Status.EXCUSED)
    return tuple(held for held in shown if held.met is None and held.started not in unknown)


def unknown_days(rows: Iterable[CaseEvent]) -> frozenset[date]:
    """Days on which nothing is known to have happened but what was inferred: what starts on them has no known clock."""
    held = tuple(rows)
    return frozenset(row.day for row in held if row.inferred) - {row.day for row in held if not row.inferred}


def parent_until(events: Sequence[Event], born: date | None) -> date | None:
    """The last day on which the rights are the parent's; None where it is not known."""
    passed = [event.day - timedelta(days=1) for event in events if isinstance(event, RightsPassed)]
    ends = History(born=born).end_of_compulsory_school_age()
    return min([*passed, *([ends] if ends else [])], default=None)


def _row(case: Case, held: Deadline) -> OpenDeadline:
    return OpenDeadline(
        case=case,
        rule=held.rule.id,
        about=held.about,
        owner=held.rule.owner.value,
        duty=held.rule.kind is Kind.DUTY,
        excused=held.status is Status.EXCUSED,
        started=held.started,
        due=held.due,
    )
