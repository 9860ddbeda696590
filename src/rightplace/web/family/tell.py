"""Putting on record what a family says: their words, and the event that they are, together and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.events import Event
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import CaseNow
from rightplace.web.cases.store.record import record
from rightplace.web.family.models import Said


def why_not(now: CaseNow, event: type[Event]) -> str:
    """Why a family cannot do this now, in words for them; "" where they can."""
    return next((barred.family for barred in now.view.may_not if barred.event == event.name()), "")


def tell(case: Case, kind: str, answers: Mapping[str, Any], *, by: Any, key: str, events: Sequence[Event] = ()) -> Said:
    """Keep what a family said, and record its events. The same form sent twice is kept once.

    What a family says stands whatever else was recorded meanwhile, so no version is asked for. Raises ``RefusedError``
    where the process does not allow an event; nothing is then kept.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = Said.objects.filter(key=key).first()
        if before is not None:
            return before
        number = None
        for place, event in enumerate(events):
            row = record(held, event, by=by, version=held.version, key=f"{key[:58]}-{place}")
            held.version = row.number
            number = row.number
        return keep(held, kind, answers, by=by, key=key, event=number)


def keep(case: Case, kind: str, answers: Mapping[str, Any], *, by: Any, key: str, event: int | None = None) -> Said:
    """Keep what a family said, with a row of the log."""
    said = Said.objects.create(
        case=case, kind=kind, answers=dict(answers), event=event, key=key,
        recorded_by=str(by), recorder=by.pk, recorded_at=clock.now(),
    )  # fmt: skip
    log.add(who=by, action="family_said", words=f"{said.get_kind_display()}.", case=case.reference)
    return said
