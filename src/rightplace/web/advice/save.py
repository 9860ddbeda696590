"""Asking for advice, saving it as it is written, and putting it on record when it is given."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.events import AdviceReceived, AdviceRequested
from rightplace.casework.terms import Adviser
from rightplace.errors import RefusedError
from rightplace.web.advice.models import Chaser, Request
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, Link
from rightplace.web.cases.store.record import record
from rightplace.web.design.words import day as in_words
from rightplace.web.plans.save import add_part

TEXTS: Final = ("needs", "provision", "outcomes")
"""What advice must cover: SEND Regulations 2014, regulation 6(1)."""


class AdviceConflict(Exception):
    """The advice was saved elsewhere since the form was opened; nothing was saved. ``held`` is as it is now."""

    def __init__(self, held: Request) -> None:
        super().__init__(held.pk)
        self.held = held


def ask(
    case: Case, adviser: Adviser, *, user: Any, asked_of: str, day: date, note: str, by: Any, version: int, key: str
) -> Request:
    """Ask for advice: the event, the request, and where an account gives it here its link to the case.

    Raises as ``cases.store.record.record`` does.
    """
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = Request.objects.filter(key=key).first()
        if before is not None:
            return before
        row = record(case, AdviceRequested(day=day, adviser=adviser), by=by, version=version, key=key)
        if user is not None:
            _link(case, user, day)
        name = str(user) if user is not None else asked_of
        return Request.objects.create(
            case=case,
            adviser=adviser.value,
            user=user,
            asked_of=name,
            asked_on=day,
            note=note,
            event=row.number,
            key=key,
        )


def _link(case: Case, user: Any, day: date) -> None:
    links = Link.objects.filter(case=case, user=user, kind=Link.Kind.ADVISER, until__isnull=True)
    if not links.exists():
        Link.objects.create(case=case, user=user, kind=Link.Kind.ADVISER, since=day, note="Asked for advice")


def save_draft(request: Request, values: dict[str, str], *, revision: int, by: Any) -> Request:
    """Save advice that is still being written. Raises ``AdviceConflict`` and, once it is given, ``RefusedError``."""
    with transaction.atomic():
        held = _held(request, revision, values)
        _put(held, values)
        held.save()
        log.add(
            who=by, action="advice_saved", words=f"Saved advice (saving {held.revision}).", case=held.case.reference
        )
        return held


def give(request: Request, values: dict[str, str], *, revision: int, by: Any, key: str) -> Request:
    """Give the advice that an adviser wrote here: it is on record from today, and listed in Section K of the plan.

    Raises as :func:`save_draft` does.
    """
    with transaction.atomic():
        held = _held(request, revision, values)
        _put(held, values)
        held.source = Request.Source.HERE
        return _received(held, day=clock.today(), by=by, key=key)


def put_on_record(request: Request, *, day: date, by: Any, version: int, key: str) -> Request:
    """Record that advice came in another way. Raises as ``cases.store.record.record`` does."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=request.case_id)
        held = Request.objects.select_for_update(of=("self",)).select_related("case__person").get(pk=request.pk)
        if held.given_on is not None:
            return held
        held.source = Request.Source.PAPER
        return _received(held, day=day, by=by, key=key, version=version)


def chase(request: Request, *, day: date, how: str, by: Any, key: str) -> Chaser:
    """Record a reminder."""
    with transaction.atomic():
        before = Chaser.objects.filter(key=key).first()
        if before is not None:
            return before
        made = Chaser.objects.create(
            request=request, day=day, how=how, key=key, recorded_by=str(by), recorder=by.pk, recorded_at=clock.now()
        )
        words = f"Reminded {request.asked_of} of the advice asked on {in_words(request.asked_on)}."
        log.add(who=by, action="advice_chased", words=words, case=request.case.reference)
        return made


def _held(request: Request, revision: int, values: dict[str, str]) -> Request:
    # The case first, as everywhere: two who lock in one order cannot wait for each other.
    Case.objects.select_for_update(of=("self",)).get(pk=request.case_id)
    held = Request.objects.select_for_update(of=("self",)).select_related("case__person").get(pk=request.pk)
    if held.given_on is not None:
        raise RefusedError("This advice was given, and no longer changes.", action="Ask the case officer to ask again.")
    if held.revision != revision and any(getattr(held, name) != values[name] for name in TEXTS):
        raise AdviceConflict(held)
    return held


def _put(held: Request, values: dict[str, str]) -> None:
    for name in TEXTS:
        setattr(held, name, values[name])
    held.revision += 1
    held.saved_at = clock.now()


def _received(held: Request, *, day: date, by: Any, key: str, version: int | None = None) -> Request:
    adviser = Adviser(held.adviser)
    # What an adviser gives stands whatever else was recorded meanwhile; an officer says which version they saw.
    known = Case.objects.values_list("version", flat=True).get(pk=held.case_id) if version is None else version
    record(held.case, AdviceReceived(day=day, adviser=adviser), by=by, version=known, key=key)
    held.given_on, held.given_by = day, str(by)
    held.save()
    text = f"{adviser.label}: {held.asked_of}, {in_words(day)}."
    add_part(held.case, "K", {"text": text}, by=by, key=f"{key[:50]}-k")
    return held
