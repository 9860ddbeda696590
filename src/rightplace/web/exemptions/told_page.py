"""Why the law gives more time, told to a family: what, why, and what it does not change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.casework.speech import speak
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.design.words import day
from rightplace.web.family.delay import GROUNDS
from rightplace.web.policy.binding import page


@page("exemptions.told", find=find.case)
def told(request: HttpRequest, case: Case) -> HttpResponse:
    """Each exemption that stands, in plain words."""
    looked(request, case, f"why the law gives more time for {case.person}, as the family sees it")
    now = stand(case, clock.today())
    return render(request, "exemptions/told.html", {"case": case, "told": _told(now)})


def _told(now: CaseNow) -> list[dict[str, Any]]:
    return [
        {
            "what": speak(held.rule.family, now.view.rights),
            "by": day(held.due) if held.due else "",
            "why": [
                f"{speak(GROUNDS[one.ground], now.view.rights)}, from {day(one.starts)} to {day(one.ends)}."
                for one in held.excuses
            ],
            "done": day(held.met) if held.met else "",
        }
        for held in now.view.deadlines
        if held.excuses
    ]
