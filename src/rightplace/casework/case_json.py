"""A view of a case as plain values, for JSON: the same content, named for programs."""

from __future__ import annotations

from typing import Any

from rightplace.casework.case import CaseView
from rightplace.casework.case_words import for_family, for_officer
from rightplace.casework.deadlines import Deadline


def as_values(view: CaseView) -> dict[str, Any]:
    """A view as dictionaries, lists, text and numbers. Days are text like 2026-01-05, or null."""
    situation = view.situation
    return {
        "on": view.on.isoformat(),
        "state": {
            "plan": situation.plan.value,
            "review": situation.review.value,
            "reassessment": situation.reassessment.value,
            "dispute": situation.dispute.value,
        },
        "stage": list(view.stage),
        "family_stage": list(view.family_stage),
        "held_by": [owner.value for owner in view.held_by],
        "rights": view.rights.value,
        "rights_note": view.rights_note,
        "events_after_the_day": view.later,
        "deadlines": [_deadline(deadline, view) for deadline in view.deadlines],
        "may_happen": [{"event": step.event, "by": step.by.value, "words": step.words} for step in view.may_happen],
        "may_not": [{"event": barred.event, "reason": barred.reason, "basis": barred.basis} for barred in view.may_not],
    }


def _deadline(deadline: Deadline, view: CaseView) -> dict[str, Any]:
    rule, started = deadline.rule, deadline.started
    return {
        "rule": rule.id,
        "title": rule.title,
        "about": deadline.about,
        "owner": rule.owner.value,
        "basis": rule.basis,
        "verified": rule.verified(started or view.on),
        "status": deadline.status.value,
        "started": started.isoformat() if started else None,
        "due": deadline.due.isoformat() if deadline.due else None,
        "met": deadline.met.isoformat() if deadline.met else None,
        "days_left": deadline.days_left(view.on),
        "excused_by": [held.ground.value for held in deadline.excuses],
        "words": for_officer(deadline, view.on),
        "family_words": for_family(deadline, view.on, view.rights),
    }
