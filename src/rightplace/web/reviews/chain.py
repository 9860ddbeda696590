"""The chain of a review: each step with its limit, in order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from rightplace.casework.case import CaseView
from rightplace.casework.case_words import for_officer
from rightplace.casework.deadlines import RULE, Status

CHAIN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "review_invite": "review_invited",
        "review_papers": "review_papers_sent",
        "review_report": "review_report_sent",
        "review_decision": "review_decided",
        "amended_final": "amended_plan_issued",
        "amended_final_from_meeting": "amended_plan_issued",
        "review_due": "review_decided",
        "move_review": "review_decided",
    }
)
"""Deadline rule to the event that fulfils it, in the order of a review."""


def chain(view: CaseView, unknown: frozenset[Any] = frozenset()) -> list[dict[str, Any]]:
    """The steps of the review of a case, the latest round of each. Those that start on a day nobody knows are left out."""
    steps = []
    may = {step.event for step in view.may_happen}
    for rule, event in CHAIN.items():
        held = [one for one in view.deadlines if one.rule.id == rule]
        latest = held[-1]
        started = latest.status is not Status.NOT_STARTED and latest.started not in unknown
        steps.append(
            {
                "title": RULE[rule].title,
                "basis": RULE[rule].basis,
                "words": for_officer(latest, view.on) if started else "Not started",
                "due": latest.due if started else None,
                "open": started and latest.met is None and latest.ended is None,
                "event": event if event in may else "",
            }
        )
    return steps
