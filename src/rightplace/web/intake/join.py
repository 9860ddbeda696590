"""Joining a request to the record that a person has already: nothing is lost, and nothing is counted twice."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.events import Event, RequestReceived
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Document, Message
from rightplace.web.cases.store.read import as_events, counted, struck_numbers
from rightplace.web.cases.store.record import record, strike_out
from rightplace.web.design.forms import new_key
from rightplace.web.family.models import Said
from rightplace.web.family.tell import keep
from rightplace.web.intake.models import Intake

_WORDS: Final = ("how", "asked_by", "reach", "reason", "recorded_by", "recorder", "recorded_at")


def join(opened: Case, known: Case, *, by: Any) -> str:
    """Move a request, with what was said and sent with it, from the record it opened to the one the person had.

    Gives why the request was not recorded as a new one there ("" where it was: then its clock runs there from the day it was
    received). The record it opened stays, with its event struck out. Raises ``RefusedError`` where more than the request
    happened in it, or it is the same record.
    """
    if opened.pk == known.pk:
        raise RefusedError("This is the same record.", action="Choose another.")
    with transaction.atomic():
        rows = list(opened.events.order_by("number"))
        kept = counted(rows, struck_numbers(rows))
        if len(kept) != 1 or kept[0].kind != RequestReceived.name():
            raise RefusedError(
                f"More than the request is recorded in {opened.reference}, so it cannot be joined here.",
                action="Record what is missing in the other case, and strike out what is double.",
            )
        (event,) = as_events(kept)
        opened.refresh_from_db()
        reason = f"The same person as {known.reference}: joined to it."
        strike_out(opened, kept[0].number, reason=reason, by=by, version=opened.version)
        why_not = _record(known, event, by)
        _move(opened, known, by)
        log.add(
            who=by,
            action="join",
            words=f"Joined {opened.reference} to this record. {why_not}".strip(),
            case=known.reference,
        )
        log.add(who=by, action="join", words=f"Joined to {known.reference}.", case=opened.reference)
        return why_not


def _record(known: Case, event: Event, by: Any) -> str:
    known.refresh_from_db()
    try:
        with transaction.atomic():
            record(known, event, by=by, version=known.version, key=new_key())
    except RefusedError as refused:
        return f"The request was not recorded anew: {refused.what}"
    return ""


def _move(opened: Case, known: Case, by: Any) -> None:
    """Documents and messages move; what was said and how the request came are copied, for they are never changed."""
    Document.objects.filter(case=opened).update(case=known)
    Message.objects.filter(case=opened).update(case=known)
    for said in Said.objects.filter(case=opened).order_by("pk"):
        keep(
            known,
            said.kind,
            {**said.answers, "sent": f"{said.recorded_at:%-d %B %Y} by {said.recorded_by}"},
            by=by,
            key=new_key(),
        )
    for one in Intake.objects.filter(case=opened):
        Intake.objects.create(case=known, **{name: getattr(one, name) for name in _WORDS})
    opened.links.filter(until__isnull=True).update(until=clock.today())
