"""A case from its rows: its events as values, and how it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rightplace.casework.case import CaseView, view
from rightplace.casework.events import Event
from rightplace.casework.exemptions import Exemption, ExemptionGround
from rightplace.web.cases.models import Case, CaseEvent, CaseExemption
from rightplace.web.cases.store.facts import to_event

STRUCK_OUT: Final = "struck_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNow:
    """A case on a day: its row, its rows of events (all of them, the latest last) and what the process says.

    ``counted`` are the rows that count, ``struck`` the numbers of those that were struck out.
    """

    case: Case
    rows: tuple[CaseEvent, ...]
    counted: tuple[CaseEvent, ...]
    struck: frozenset[int]
    events: tuple[Event, ...]
    exemptions: tuple[Exemption, ...]
    view: CaseView


def stand(case: Case, on: date) -> CaseNow:
    """A case as it stands on a day. Two queries."""
    rows = tuple(case.events.order_by("number"))
    held = standing(case)
    return _stand(case, rows, held, on)


def _stand(case: Case, rows: Sequence[CaseEvent], held: tuple[Exemption, ...], on: date) -> CaseNow:
    struck = struck_numbers(rows)
    kept = counted(rows, struck)
    events = as_events(kept)
    return CaseNow(
        case=case,
        rows=tuple(rows),
        counted=kept,
        struck=struck,
        events=events,
        exemptions=held,
        view=view(events, held, on, born=case.person.born),
    )


def struck_numbers(rows: Iterable[CaseEvent]) -> frozenset[int]:
    """Numbers of the events that were struck out."""
    return frozenset(int(row.facts["number"]) for row in rows if row.kind == STRUCK_OUT)


def counted(rows: Iterable[CaseEvent], struck: frozenset[int]) -> tuple[CaseEvent, ...]:
    """The rows that count: neither struck out nor the striking out itself."""
    return tuple(row for row in rows if row.kind != STRUCK_OUT and row.number not in struck)


def as_events(rows: Iterable[CaseEvent]) -> tuple[Event, ...]:
    """Rows as events of casework."""
    return tuple(to_event(row.kind, row.day, row.facts, row.recorded_by) for row in rows)


def standing(case: Case) -> tuple[Exemption, ...]:
    """The exemptions of a case that stand: those that were withdrawn are left out."""
    return exemptions(case.exemptions.filter(withdrawal__isnull=True).order_by("pk"))


def exemptions(rows: Iterable[CaseExemption]) -> tuple[Exemption, ...]:
    """Rows as exemptions of casework."""
    return tuple(
        Exemption(
            deadline=row.deadline,
            ground=ExemptionGround(row.ground),
            starts=row.starts,
            ends=row.ends,
            evidence=row.evidence,
            decided_by=row.decided_by,
            about=row.about,
            advice_asked_on=row.advice_asked_on,
        )
        for row in rows
    )
