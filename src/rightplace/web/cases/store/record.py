"""Recording an event: in one transaction, once, and only by someone who saw the latest version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.events import EVENTS, Event
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.audit.seal import seal
from rightplace.web.cases.models import Case, CaseEvent
from rightplace.web.cases.store import fresh
from rightplace.web.cases.store.anew import work_out
from rightplace.web.cases.store.facts import to_facts
from rightplace.web.cases.store.read import STRUCK_OUT, counted, standing, struck_numbers


class EditConflict(Exception):
    """Someone else recorded events since the form was opened. Nothing was recorded; ``theirs`` are their rows."""

    def __init__(self, case: Case, theirs: tuple[CaseEvent, ...]) -> None:
        super().__init__(case.reference)
        self.case = case
        self.theirs = theirs


def record(case: Case, event: Event, *, by: Any, version: int, key: str | None = None) -> CaseEvent:
    """Record an event of a case, and give its row.

    ``version`` is the case's version when the person began; ``key`` is the form's own number: a form sent twice gives the
    row that it gave first. Raises ``EditConflict`` where the case has moved on, and ``RefusedError`` where the law's
    process does not allow the event, with the reason.
    """
    if event.day > clock.today():
        raise RefusedError(f"{event.day} has not come yet.", action="Record what has happened, with the day it did.")
    return _add(case, kind=event.name(), day=event.day, facts=to_facts(event), by=by, version=version, key=key)


def strike_out(case: Case, number: int, *, reason: str, by: Any, version: int, key: str | None = None) -> CaseEvent:
    """Strike out an event that was recorded by mistake; it stays in the record, and no longer counts.

    Raises as :func:`record` does, and ``RefusedError`` where there is no such event, no reason, or what is left is not a
    course that the law allows.
    """
    if not reason.strip():
        raise RefusedError("Say why the event is struck out.", action="Give a reason.")
    facts = {"number": number, "reason": reason.strip()}
    return _add(case, kind=STRUCK_OUT, day=clock.today(), facts=facts, by=by, version=version, key=key)


def _add(
    case: Case, *, kind: str, day: date, facts: Mapping[str, Any], by: Any, version: int, key: str | None
) -> CaseEvent:
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
        before = CaseEvent.objects.filter(key=key).first() if key else None
        if before is not None:
            return before
        rows = list(held.events.order_by("number"))
        if held.version != version:
            raise EditConflict(held, tuple(row for row in rows if row.number > version))
        row = new_row(held, rows[-1] if rows else None, kind=kind, day=day, facts=facts, by=by, key=key)
        if kind == STRUCK_OUT and not any(one.number == facts["number"] for one in counted(rows, struck_numbers(rows))):
            raise RefusedError("There is no such event to strike out.", action="Look at the timeline again.")
        _refresh(held, [*rows, row])
        row.save()
        log.add(who=by, action="record", words=_words(row), case=held.reference, seals=row.seal)
        return row


def new_row(
    case: Case,
    last: CaseEvent | None,
    *,
    kind: str,
    day: date,
    facts: Mapping[str, Any],
    by: Any,
    key: str | None = None,
    source: str = "",
    inferred: bool = False,
) -> CaseEvent:
    """The next row of a case, sealed by the one before; nothing is saved."""
    row = CaseEvent(
        case=case,
        number=last.number + 1 if last else 1,
        kind=kind,
        day=day,
        facts=dict(facts),
        recorded_by=str(by),
        recorder=getattr(by, "pk", None),
        recorded_at=clock.now(),
        source=source,
        inferred=inferred,
        key=key,
        before=last.seal if last else "",
    )
    row.seal = seal(row.before, said(row, case.reference))
    return row


def said(row: CaseEvent, reference: str) -> dict[str, Any]:
    """What the seal of an event covers."""
    return {
        "case": reference,
        "number": row.number,
        "kind": row.kind,
        "day": row.day,
        "facts": row.facts,
        "inferred": row.inferred,
        "source": row.source,
        "recorded_by": row.recorded_by,
        "recorder": row.recorder,
        "recorded_at": row.recorded_at,
    }


def refresh(case: Case) -> None:
    """Work out a case's columns anew, where something that is not an event changed them."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
        _refresh(held, list(held.events.order_by("number")))


def _refresh(case: Case, rows: list[CaseEvent]) -> None:
    deadlines = work_out(case, rows, standing(case))
    case.save(update_fields=fresh.COLUMNS)
    case.open_deadlines.all().delete()
    case.open_deadlines.bulk_create(deadlines)


def _words(row: CaseEvent) -> str:
    if row.kind == STRUCK_OUT:
        return f"Struck out event {row.facts['number']}: {row.facts['reason']}"
    return f"Recorded “{EVENTS[row.kind].LABEL}” of {row.day:%-d %B %Y} (event {row.number})."
