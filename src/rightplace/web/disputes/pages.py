"""Disagreements that go on, and one of them with its dates and the papers that it needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.casework.appeals import last_day_to_appeal
from rightplace.casework.deadlines import RULE, Deadline, Status
from rightplace.casework.history import appeal_subjects
from rightplace.casework.process import replay
from rightplace.casework.states import State
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.case_page import deadline_line
from rightplace.web.cases.models import Case, OpenDeadline
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.design.lists import Counted
from rightplace.web.disputes.rules import DISPUTE, STEPS
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import Role


@page("disputes.list")
def disputes(request: HttpRequest) -> HttpResponse:
    """Cases in which a disagreement goes on, and what an order or mediation makes us owe, the soonest first."""
    on = clock.today()
    cases = Case.objects.exclude(dispute_state__in=("", State.NO_DISPUTE.value)).filter(ended=False)
    owed = OpenDeadline.objects.filter(rule__in=DISPUTE, due__isnull=False)
    if request.user.role != Role.TEAM_MANAGER:
        cases, owed = cases.filter(officer=request.user), owed.filter(case__officer=request.user)
    shown = Counted(cases.select_related("person", "officer").order_by("changed_at", "pk")).get_page(
        request.GET.get("page")
    )
    due = Counted(owed.select_related("case__person", "case__officer").order_by("due", "pk"), 50).get_page(
        request.GET.get("due")
    )
    context = {
        "on": on,
        "page": shown,
        "lines": [(case, State(case.dispute_state).label) for case in shown.object_list],
        "due": due,
        "owed": [(row, RULE[row.rule].title) for row in due.object_list],
    }
    return render(request, "disputes/disputes.html", context)


@page("dispute.see", find=find.case)
def dispute(request: HttpRequest, case: Case) -> HttpResponse:
    """Decisions that can be appealed with their last days, the dates that run, what may happen next, and the papers."""
    looked(request, case, f"the disagreement about {case.person}")
    now = stand(case, clock.today())
    context = {
        "case": case,
        "on": now.view.on,
        "state": now.view.situation.dispute.label,
        "decisions": appealable(now),
        "dates": [deadline_line(one, now.view) for one in _dates(now)],
        "steps": [step for step in now.view.may_happen if step.event in STEPS],
        "versions": list(case.plan_versions.all()),
        "letters": list(case.letters.all()),
        "advice": list(case.advice_requests.filter(given_on__isnull=False)),
        "decided": list(case.placement_decisions.all()),
        "documents": list(case.documents.filter(for_family=True)),
    }
    return render(request, "disputes/dispute.html", context)


def appealable(now: CaseNow) -> list[dict[str, Any]]:
    """The decisions that can be appealed, the newest first: what about, the last day, and the certificate if there is one."""
    history = replay([event for event in now.events if event.day <= now.view.on], born=now.case.person.born)
    unknown = {id(event) for event, row in zip(now.events, now.counted, strict=True) if row.inferred}
    found = []
    for event in reversed(history.events):
        subjects = appeal_subjects(event)
        if not subjects:
            continue
        known = id(event) not in unknown
        found.append(
            {
                "label": event.LABEL,
                "day": event.day if known else None,
                "subjects": [subject.label for subject in subjects],
                "certificate": history.certificate_for(event),
                "last": last_day_to_appeal(history, event) if known else None,
            }
        )
    return found


def _dates(now: CaseNow) -> list[Deadline]:
    wanted = [one for one in now.view.deadlines if one.rule.id in DISPUTE and one.status is not Status.NOT_STARTED]
    return [one for one in wanted if one.ended is None]
