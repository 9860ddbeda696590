"""Advice that was asked for before it was kept here: known from the events of a case alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rightplace.casework.deadlines import Deadline
from rightplace.casework.events import AdviceRequested
from rightplace.casework.terms import Adviser
from rightplace.web.advice.choices import GIVEN_BY
from rightplace.web.advice.models import Request
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import CaseNow
from rightplace.web.policy.role import Role


def elsewhere(now: CaseNow, rows: Iterable[Request]) -> list[Deadline]:
    """Open limits for advice whose request is not kept here, the soonest first."""
    kept = {row.adviser for row in rows}
    unknown = {row.day for row in now.counted if row.inferred}
    held = [one for one in now.view.deadlines if one.rule.id == "advice_return" and one.about not in kept]
    found = [one for one in held if one.due and one.met is None and one.ended is None and one.started not in unknown]
    return sorted(found, key=lambda one: (one.due, one.about))


def take_on(case: Case, user: Any) -> Request | None:
    """Give a person the form for advice that an event of the case asked of their role; None where none did."""
    adviser: Adviser | None = GIVEN_BY.get(Role(user.role))
    if adviser is None or case.advice_requests.filter(adviser=adviser.value).exists():
        return None
    rows = case.events.filter(kind=AdviceRequested.name(), facts__adviser=adviser.value, inferred=False)
    row = rows.order_by("number").last()
    if row is None or case.events.filter(kind="advice_received", facts__adviser=adviser.value).exists():
        return None
    return Request.objects.create(
        case=case, adviser=adviser.value, user=user, asked_of=str(user), asked_on=row.day, event=row.number
    )
