"""The story of a case: its events as lines of a timeline, the newest first."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from rightplace.casework.events import EVENTS
from rightplace.vocabulary.term import Term
from rightplace.web.cases.event_words import label_of
from rightplace.web.cases.models import CaseEvent
from rightplace.web.cases.store.facts import hints, to_event
from rightplace.web.cases.store.read import STRUCK_OUT, CaseNow
from rightplace.web.design.words import day

NOT_KNOWN: Final = "Day not known: it was not in the return that was loaded"


def story(now: CaseNow) -> list[dict[str, Any]]:
    """Every row of a case, with what was struck out marked and why."""
    reasons = {row.facts["number"]: row.facts["reason"] for row in now.rows if row.kind == STRUCK_OUT}
    shown = [row for row in now.rows if row.kind != STRUCK_OUT]
    ordered = sorted(shown, key=lambda row: (row.day, row.number), reverse=True)
    return [_line(row, reasons.get(row.number)) for row in ordered]


def _line(row: CaseEvent, struck: str | None) -> dict[str, Any]:
    return {
        "title": EVENTS[row.kind].LABEL,
        "day": NOT_KNOWN if row.inferred else day(row.day),
        "by": row.recorded_by,
        "note": " ".join(part for part in (said(row), f"Struck out: {struck}" if struck else "") if part),
        "struck": struck is not None,
        "number": row.number,
    }


def said(row: CaseEvent) -> str:
    """The facts of an event as a sentence; "" where it has none beside its day."""
    event = to_event(row.kind, row.day, row.facts)
    parts = []
    for name in hints(type(event)):
        value = getattr(event, name)
        if value is None or value == "" or value is False:
            continue
        parts.append(f"{label_of(row.kind, name)}: {_value(value)}.")
    return " ".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, Term):
        return value.label
    if isinstance(value, date):
        return day(value)
    return "yes" if value is True else str(value)
