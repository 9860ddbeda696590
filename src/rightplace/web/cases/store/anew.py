"""Working out anew what lists are made from: of one case after an event, of all cases each night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.case import view
from rightplace.casework.exemptions import Exemption
from rightplace.errors import UserError
from rightplace.web.cases.models import Case, CaseEvent, CaseExemption, OpenDeadline
from rightplace.web.cases.store import fresh
from rightplace.web.cases.store.read import as_events, counted, exemptions, struck_numbers

_SAID: Final = tuple(column for column in fresh.COLUMNS if column != "changed_at")
_DEADLINE: Final = ("rule", "about", "owner", "duty", "excused", "started", "due")


def work_out(case: Case, rows: Sequence[CaseEvent], held: Sequence[Exemption]) -> list[OpenDeadline]:
    """Set a case's columns from its rows and the exemptions that stand, and give its open deadlines; nothing is saved."""
    kept = counted(rows, struck_numbers(rows))
    events = as_events(kept)
    on = max([clock.today(), *(event.day for event in events)])
    case.version = rows[-1].number if rows else 0
    seen = view(events, held, on, born=case.person.born)
    return fresh.put(case, seen, events, unknown=fresh.unknown_days(kept))


def work_out_many(keys: Sequence[int]) -> list[str]:
    """Work out several cases anew in one transaction, and save those that changed: few queries, however many cases.

    Gives the references of cases that could not be worked out; they stay as they were.
    """
    wrong: list[str] = []
    changed: list[Case] = []
    deadlines: list[OpenDeadline] = []
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("person").filter(pk__in=keys).order_by("pk")
        cases = list(held)
        rows = _by_case(CaseEvent.objects.filter(case__in=keys).order_by("case_id", "number"))
        excused = _by_case(CaseExemption.objects.filter(case__in=keys, withdrawal__isnull=True).order_by("pk"))
        open_now = _by_case(OpenDeadline.objects.filter(case__in=keys).order_by("pk"))
        for case in cases:
            before = _columns(case)
            try:
                due = work_out(case, rows[case.pk], exemptions(excused[case.pk]))
            except UserError:
                wrong.append(case.reference)
                continue
            if before != _columns(case) or _said(due) != _said(open_now[case.pk]):
                changed.append(case)
                deadlines += due
        Case.objects.bulk_update(changed, fresh.COLUMNS)
        OpenDeadline.objects.filter(case__in=changed).delete()
        OpenDeadline.objects.bulk_create(deadlines)
    return wrong


def _by_case(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _columns(case: Case) -> tuple[Any, ...]:
    return tuple(getattr(case, column) for column in _SAID)


def _said(rows: Sequence[OpenDeadline]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, column) for column in _DEADLINE) for row in rows]
