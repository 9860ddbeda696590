"""Where we are: the page a family opens first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.case_words import for_family
from rightplace.casework.deadlines import Deadline, Status
from rightplace.casework.events import EVENTS
from rightplace.casework.speech import speak
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.case_page import unknown_days
from rightplace.web.cases.models import Case
from rightplace.web.cases.scope import cases
from rightplace.web.cases.store.fresh import open_deadlines
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.design.words import day
from rightplace.web.policy.binding import page


@page("family.home")
def home(request: HttpRequest) -> HttpResponse:
    """The one record of a family, or a choice where it has several."""
    held = list(cases(request.user).select_related("person").order_by("person__forename", "pk"))
    if len(held) == 1:
        return redirect("family_case", held[0].reference)
    return render(request, "family/choose.html", {"cases": held})


@page("family.see", find=find.case)
def where_we_are(request: HttpRequest, case: Case) -> HttpResponse:
    """Where we are, what is late, what comes next, who has it, and what happened so far."""
    looked(request, case, f"where things are for {case.person}, as the family sees it")
    now = stand(case, clock.today())
    held = open_deadlines(now.view, unknown_days(now))
    context = {
        "case": case,
        "view": now.view,
        "late": _say(now, [due for due in held if due.status in (Status.OVERDUE, Status.EXCUSED)]),
        "next": _say(now, [due for due in held if due.status is Status.RUNNING]),
        "done": _so_far(now),
    }
    return render(request, "family/where_we_are.html", context)


def _say(now: CaseNow, held: list[Deadline]) -> list[str]:
    return [for_family(due, now.view.on, now.view.rights) for due in held]


def _so_far(now: CaseNow) -> list[dict[str, str]]:
    rows = sorted(now.counted, key=lambda row: (row.day, row.number), reverse=True)
    return [
        {
            "title": speak(EVENTS[row.kind].FAMILY, now.view.rights),
            "day": "We do not know the day" if row.inferred else day(row.day),
        }
        for row in rows
    ]
