"""Events of a case in few words, for the tests of casework."""

from __future__ import annotations

from datetime import date
from typing import Any

from rightplace.casework.events import EVENTS, Event


def day(text: str) -> date:
    """A date from text like 2026-01-05."""
    return date.fromisoformat(text)


def life(*steps: tuple[str, str] | tuple[str, str, dict[str, Any]]) -> list[Event]:
    """Events from (day, name) or (day, name, facts)."""
    return [EVENTS[step[1]](day=day(step[0]), **(step[2] if len(step) > 2 else {})) for step in steps]


PLAN = (
    ("2025-01-06", "request_received"),
    ("2025-02-10", "assessment_agreed"),
    ("2025-04-14", "draft_plan_sent"),
    ("2025-05-19", "final_plan_issued"),
)
"""A request of 6 January 2025 that led to a final plan on 19 May 2025."""
