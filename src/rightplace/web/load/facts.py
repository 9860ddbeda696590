"""What the return asks that no event tells, and small help with its nested records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from rightplace.casework.events import Event
from rightplace.web.load.nested import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What no event tells: settings' codes by name, answers of officers, the days of final plans whose limit is excused,
    the last decision that could be appealed before these events, and the first day of the period of the return."""

    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    excused: frozenset[date] = frozenset()
    decision: Event | None = None
    period_start: date = date.min


def under(record: Record, name: str) -> Record:
    """The first record of a table under another, made where there is none."""
    if not record.get(name):
        record[name] = [{}]
    found: Record = record[name][0]
    return found


def day_of(event: Event) -> str:
    """The day of an event, as a return has it."""
    return event.day.isoformat()


def as_date(text: str | None) -> date | None:
    """A day from the text of an answer; None where there is none."""
    return date.fromisoformat(text) if text else None
