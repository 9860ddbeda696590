"""Saving an entry: once, in one transaction with its row in the log, and only by someone who saw the latest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Model

from rightplace.calendar import clock
from rightplace.web.audit import log
from rightplace.web.cases.models import Case
from rightplace.web.registers.models import Saving
from rightplace.web.registers.models.entry import Entry
from rightplace.web.registers.register import Register

_FORMS_OWN = frozenset({"key", "version"})


class EntryConflict(Exception):
    """Someone saved the entry since the form was opened. Nothing was saved; ``held`` is as it is now."""

    def __init__(self, held: Entry) -> None:
        super().__init__(held.pk)
        self.held = held


def add(register: Register, case: Case, given: Mapping[str, Any], *, by: Any) -> Entry:
    """A new entry. The same form sent twice gives the entry that it gave first."""
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        before = register.model.objects.filter(key=given["key"]).first()
        if before is not None:
            return before
        entry = register.model(case=case, key=given["key"])
        _put(register, entry, given, by=by)
        return entry


def change(register: Register, entry: Entry, given: Mapping[str, Any], *, by: Any) -> Entry:
    """Save an entry anew. Raises ``EntryConflict`` where someone saved it since the version that the form was opened on."""
    with transaction.atomic():
        held = register.model.objects.select_for_update(of=("self",)).select_related("case").get(pk=entry.pk)
        if Saving.objects.filter(key=given["key"]).exists():
            return held
        if held.revision != given["version"]:
            raise EntryConflict(held)
        _put(register, held, given, by=by)
        return held


def _put(register: Register, entry: Entry, given: Mapping[str, Any], *, by: Any) -> None:
    before = _last(register, entry)
    for name, value in given.items():
        if name not in _FORMS_OWN:
            setattr(entry, name, value)
    entry.revision += 1
    entry.save()
    values = {name: plain(value) for name, value in given.items() if name not in _FORMS_OWN}
    Saving.objects.create(
        case=entry.case, register=register.name, entry=entry.pk, revision=entry.revision, values=values, key=given["key"],
        recorded_by=str(by), recorder=by.pk, recorded_at=clock.now(),
    )  # fmt: skip
    changed = (
        sorted(name for name, value in values.items() if (before.get(name) or None) != (value or None))
        if before
        else []
    )
    what = f" Changed: {', '.join(changed).replace('_', ' ')}." if changed else ""
    words = f"Saved an entry of the register “{register.title}” ({entry.pk}, saving {entry.revision}).{what}"
    log.add(who=by, action="register", words=words, case=entry.case.reference)


def _last(register: Register, entry: Entry) -> dict[str, Any]:
    row = (
        Saving.objects.filter(register=register.name, entry=entry.pk).order_by("-revision").first()
        if entry.pk
        else None
    )
    return row.values if row else {}


def savings(register: Register, entry: Entry) -> list[Saving]:
    """Every saving of an entry, the newest first."""
    return list(Saving.objects.filter(register=register.name, entry=entry.pk).order_by("-revision"))


def plain(value: Any) -> Any:
    """A value as it is kept for good."""
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, Decimal):
        return str(value.normalize()) if value % 1 else str(int(value))
    return value.isoformat() if isinstance(value, date) else value
