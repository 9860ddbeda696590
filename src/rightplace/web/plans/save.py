"""Saving an entry of a plan, and issuing the plan: once, in one transaction, by someone who saw what they act on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from rightplace.calendar import clock
from rightplace.casework.events import EVENTS, AmendedPlanIssued, DraftPlanSent, Event, FinalPlanIssued
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.record import record
from rightplace.web.plans.models import Part, PartSaved, PlanVersion
from rightplace.web.plans.written import Written, in_order, of_section, seal_of, to_json


class TextConflict(Exception):
    """Someone saved the entry since the form was opened. Nothing was saved; ``theirs`` is their saving."""

    def __init__(self, part: Part, theirs: PartSaved) -> None:
        super().__init__(part.number)
        self.part = part
        self.theirs = theirs


def in_hand(case: Case) -> tuple[Written, ...]:
    """The entries of the plan in hand. One query."""
    rows = Part.objects.filter(case=case, removed=False)
    return in_order(
        Written(section=row.section, number=row.number, values=row.values, ties=tuple(row.ties), revision=row.revision)
        for row in rows
    )


def add_part(
    case: Case, section: str, values: Mapping[str, str], ties: Iterable[int] = (), *, by: Any, key: str | None = None
) -> Part:
    """A new entry. The same form sent twice gives the entry that it gave first."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = PartSaved.objects.select_related("part").filter(key=key).first() if key else None
        if before is not None:
            return before.part
        last = Part.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
        part = Part.objects.create(case=case, section=section, number=last + 1)
        _save(part, values, ties, removed=False, by=by, key=key)
        return part


def save_part(
    part: Part,
    values: Mapping[str, str],
    ties: Iterable[int] = (),
    *,
    revision: int,
    by: Any,
    key: str | None = None,
    removed: bool = False,
) -> None:
    """Save an entry anew. Raises ``TextConflict`` where someone saved it since ``revision``."""
    with transaction.atomic():
        held = Part.objects.select_for_update(of=("self",)).select_related("case").get(pk=part.pk)
        if key and PartSaved.objects.filter(key=key).exists():
            return
        if held.revision != revision:
            raise TextConflict(held, held.saved.order_by("revision").last())
        _save(held, values, ties, removed=removed, by=by, key=key)


def _save(
    part: Part, values: Mapping[str, str], ties: Iterable[int], *, removed: bool, by: Any, key: str | None
) -> None:
    part.values, part.ties, part.removed = dict(values), sorted(ties), removed
    part.revision += 1
    part.save()
    PartSaved.objects.create(
        part=part, revision=part.revision, values=part.values, ties=part.ties, removed=removed, key=key,
        recorded_by=str(by), recorder=getattr(by, "pk", None), recorded_at=clock.now(),
    )  # fmt: skip
    verb = "Took out" if removed else "Saved"
    words = f"{verb} entry {part.number} of Section {part.section} of the plan in hand (saving {part.revision})."
    log.add(who=by, action="plan_text", words=words, case=part.case.reference)


def event_of(kind: str, entries: Iterable[Written], day: date, *, for_next_phase: bool = False) -> Event:
    """The event that issuing a plan of these entries is: Section I says whether a setting is named, and which."""
    setting = next((entry.text.strip() for entry in of_section(entries, "I")), "")
    made = EVENTS[kind]
    if made is DraftPlanSent:
        return DraftPlanSent(day=day, names_setting=any(entry.said() for entry in of_section(entries, "I")))
    if made is FinalPlanIssued:
        return FinalPlanIssued(day=day, setting=setting, for_next_phase=for_next_phase)
    if made is AmendedPlanIssued:
        return AmendedPlanIssued(day=day, setting=setting, for_next_phase=for_next_phase)
    return made(day=day)


def issue(
    case: Case, kind: str, *, day: date, seen: str, by: Any, version: int, key: str, for_next_phase: bool = False
) -> PlanVersion:
    """Issue the plan in hand: its event and the version are recorded together.

    ``seen`` is the seal of the text that the person saw. Raises ``RefusedError`` where that text has changed, is empty, or
    the law's process does not allow it, and ``EditConflict`` where the case has moved on.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
        before = PlanVersion.objects.filter(key=key).first()
        if before is not None:
            return before
        entries = in_hand(held)
        if not entries:
            raise RefusedError("Nothing is written in this plan yet.", action="Write the plan first.")
        seal = seal_of(entries)
        if seal != seen:
            raise RefusedError("The text changed since you opened this page.", action="Read it again, then issue it.")
        event = event_of(kind, entries, day, for_next_phase=for_next_phase)
        row = record(held, event, by=by, version=version, key=key)
        last = held.plan_versions.aggregate(last=Max("number"))["last"] or 0
        made = PlanVersion.objects.create(
            case=held, number=last + 1, kind=kind, day=day, event=row.number, content=to_json(entries), seal=seal,
            key=key, recorded_by=str(by), recorder=getattr(by, "pk", None), recorded_at=clock.now(),
        )  # fmt: skip
        words = f"Issued the plan. {made}. SHA-256 of its text: {seal}."
        log.add(who=by, action="plan_issue", words=words, case=held.reference)
        return made
