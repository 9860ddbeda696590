"""Which decisions of a case need a letter, and making one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.appeals import last_day_to_appeal
from rightplace.casework.events import EVENTS, Event
from rightplace.casework.history import appeal_subjects
from rightplace.casework.limits import Counted, Limit
from rightplace.casework.process import replay
from rightplace.web.admin_pages.contacts import in_words
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import CaseNow
from rightplace.web.letters.models import Letter
from rightplace.web.letters.wording import LETTERS, body

_CONTACT = Limit(parameter="mediation_contact_months", counted=Counted.MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision that can be appealed: its event, the event's number in the case, and the days the letter tells of."""

    event: Event
    number: int
    label: str
    last_day: date
    contact_by: date
    inferred: bool


def decisions(now: CaseNow) -> list[Decided]:
    """The decisions of a case that need a letter, the newest first."""
    found = []
    for row, event in zip(now.counted, now.events, strict=True):
        if event.name() not in LETTERS or not appeal_subjects(event):
            continue
        found.append(
            Decided(
                event=event,
                number=row.number,
                label=EVENTS[event.name()].LABEL,
                last_day=_last_day(now, event),
                contact_by=_CONTACT.last_day(event.day),
                inferred=row.inferred,
            )
        )
    return sorted(found, key=lambda one: (one.event.day, one.number), reverse=True)


def _last_day(now: CaseNow, event: Event) -> date:
    """The last day to appeal as the letter is sent: no certificate is there yet, so two months from the decision."""
    history = replay([held for held in now.events if held.day <= now.view.on], born=now.case.person.born)
    upto = [held for held in history.events if held.day <= event.day]
    return last_day_to_appeal(replay(upto, born=now.case.person.born), event)


def make(
    now: CaseNow,
    decided: Decided,
    *,
    to: str,
    reasons: str,
    signed: str,
    services: Mapping[str, str],
    by: Any,
    key: str,
) -> Letter:
    """Make a letter: kept as it is from then on. The same form sent twice makes one."""
    kind = decided.event.name()
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=now.case.pk)
        before = Letter.objects.filter(key=key).first()
        if before is not None:
            return before
        text = body(
            kind, child=str(now.case.person), rights=now.view.rights, reasons=reasons, last_day=decided.last_day,
            contact_by=decided.contact_by, services=services,
        )  # fmt: skip
        made = Letter.objects.create(
            case=case, kind=kind, event=decided.number, day=decided.event.day, title=LETTERS[kind].title, to=to, body=text,
            signed=signed, services=dict(services), verified=LETTERS[kind].verified, key=key, recorded_by=str(by),
            recorder=by.pk, recorded_at=clock.now(),
        )  # fmt: skip
        log.add(who=by, action="letter", words=f"Made the letter “{made.title}”.", case=case.reference)
        return made


def services_before() -> dict[str, str]:
    """Whom letters name: the area's own services, else those of the last letter, so that nobody types it twice."""
    last = Letter.objects.order_by("-pk").values_list("services", flat=True).first()
    return {**(last or {}), **in_words()}
