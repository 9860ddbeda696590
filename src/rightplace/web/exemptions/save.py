"""Recording and withdrawing exemptions. Each is one transaction with its row in the log, which repeats every fact."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from rightplace.calendar import clock
from rightplace.casework.deadlines import RULE, deadlines
from rightplace.casework.exemptions import Exemption
from rightplace.casework.process import replay
from rightplace.errors import RefusedError
from rightplace.web.audit import log
from rightplace.web.cases.models import Case, CaseExemption
from rightplace.web.cases.store.read import stand
from rightplace.web.cases.store.record import refresh
from rightplace.web.design.words import day
from rightplace.web.exemptions.models import Withdrawal

_FACTS = ("deadline", "about", "ground", "starts", "ends", "evidence", "decided_by", "advice_asked_on")


def record(case: Case, exemption: Exemption, *, by: Any) -> CaseExemption:
    """Record an exemption. The same one, sent twice, is recorded once.

    Raises ``RefusedError`` where the regulations do not allow it, it has not begun, or it does not touch the time of any
    deadline of the case.
    """
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case.pk)
        facts = {name: getattr(exemption, name) for name in _FACTS} | {"ground": exemption.ground.value}
        before = CaseExemption.objects.filter(case=held, withdrawal__isnull=True, **facts).first()
        if before is not None:
            return before
        _must_touch(held, exemption)
        row = CaseExemption.objects.create(
            case=held, recorded_by=str(by), recorder=by.pk, recorded_at=clock.now(), **facts
        )
        log.add(who=by, action="exemption", words=f"Recorded an exemption ({said(row)}).", case=held.reference)
        refresh(held)
        return row


def withdraw(row: CaseExemption, *, reason: str, by: Any) -> Withdrawal:
    """Withdraw an exemption; one that is withdrawn already stays as it is."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=row.case_id)
        before = Withdrawal.objects.filter(exemption=row).first()
        if before is not None:
            return before
        made = Withdrawal.objects.create(
            exemption=row, reason=reason.strip(), recorded_by=str(by), recorder=by.pk, recorded_at=clock.now()
        )
        words = f"Withdrew an exemption ({said(row)}). Why: {made.reason}"
        log.add(who=by, action="exemption_withdrawn", words=words, case=held.reference)
        refresh(held)
        return made


def _must_touch(case: Case, exemption: Exemption) -> None:
    if exemption.starts > clock.today():
        raise RefusedError("The first day has not come yet.", action="Record the exemption once it has begun.")
    now = stand(case, clock.today())
    history = replay([event for event in now.events if event.day <= now.view.on], born=case.person.born)
    found = [one for one in deadlines(history, (exemption,), now.view.on) if one.excuses]
    if not found:
        raise RefusedError(
            f"These days do not touch the time of “{RULE[exemption.deadline].title}”, so they cannot excuse it.",
            action="Check the days against when the deadline started and when it was due.",
        )


def said(row: CaseExemption) -> str:
    """Every fact of an exemption as a sentence, as the log tells it."""
    asked = f"; advice asked on {day(row.advice_asked_on)}" if row.advice_asked_on else ""
    about = f" of {row.about}" if row.about else ""
    return (
        f"number {row.pk}, on {row.deadline}{about}: {row.ground}, {day(row.starts)} to {day(row.ends)}{asked}; "
        f"evidence: {row.evidence}; decided by {row.decided_by}"
    )
