"""Opening a case: the first event makes it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from rightplace.casework.events import Event
from rightplace.web.accounts.models import Organisation
from rightplace.web.cases.models import Case, CaseEvent, Person
from rightplace.web.cases.store.record import record


def open_case(
    person: Person,
    event: Event,
    *,
    by: Any,
    officer: Any = None,
    setting: Organisation | None = None,
    key: str | None = None,
) -> Case:
    """A new case of a person with its first event, a request received or a plan that moved in.

    A form sent twice (the same ``key``) gives the case that it gave first. Raises ``RefusedError`` as
    :func:`rightplace.web.cases.store.record.record` does; nothing is then kept.
    """
    with transaction.atomic():
        before = CaseEvent.objects.select_related("case").filter(key=key).first() if key else None
        if before is not None:
            return before.case
        last = Case.objects.aggregate(last=Max("pk"))["last"] or 0
        case = Case.objects.create(reference=f"R{last + 1:06}", person=person, officer=officer, setting=setting)
        record(case, event, by=by, version=0, key=key)
        case.refresh_from_db()
        return case
