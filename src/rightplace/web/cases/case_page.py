"""One case: where it stands, its clock, its timeline, what may happen next and why not the rest."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.casework.case import CaseView
from rightplace.casework.case_words import for_officer
from rightplace.casework.deadlines import Deadline, Status
from rightplace.casework.terms import Adviser
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.cases.store import fresh
from rightplace.web.cases.store.fresh import open_deadlines
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.cases.story import story
from rightplace.web.policy.binding import page


@page("case.see", find=find.case)
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """The page of a case. That it was looked at is noted."""
    looked(request, case, f"the record of {case.person}")
    on = clock.today()
    now = stand(case, on)
    context = {
        "case": case,
        "view": now.view,
        "on": on,
        "deadlines": [deadline_line(held, now.view) for held in open_deadlines(now.view, unknown_days(now))],
        "done": [deadline_line(held, now.view) for held in _done(now)],
        "barred": [f"{step.words}: {step.reason} ({step.basis})" for step in now.view.may_not],
        "story": story(now),
    }
    return render(request, "cases/case.html", context)


def unknown_days(now: CaseNow) -> frozenset[Any]:
    """Days of the case that are not known: what starts on them has no known clock."""
    return fresh.unknown_days(now.counted)


def deadline_line(held: Deadline, view: CaseView) -> dict[str, Any]:
    """A deadline as a line of a table."""
    about = Adviser.labels().get(held.about, held.about)
    return {
        "title": f"{held.rule.title}{f' ({about})' if about else ''}",
        "words": for_officer(held, view.on),
        "due": held.due,
        "owner": held.rule.owner.label,
        "basis": held.rule.basis,
        "started": held.started,
        "verified": held.rule.verified(held.started or view.on),
    }


def _done(now: CaseNow) -> list[Deadline]:
    unknown = unknown_days(now)
    over = [held for held in now.view.shown(Status.MET, Status.MET_LATE, Status.EXCUSED) if held.met is not None]
    return [held for held in reversed(over) if held.started not in unknown]
