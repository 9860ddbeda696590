"""Advice of a case: what was asked of whom, what is outstanding, and asking for more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import academic, clock
from rightplace.casework.events import AdviceRequested, AdviceReused
from rightplace.casework.terms import Adviser
from rightplace.web.accounts.models import User
from rightplace.web.advice import find, save
from rightplace.web.advice.choices import ALWAYS, FROM_YEAR_9
from rightplace.web.advice.forms import AskForm, ChaseForm, ReceivedForm
from rightplace.web.advice.from_events import elsewhere
from rightplace.web.advice.models import Request
from rightplace.web.audit.log import looked
from rightplace.web.cases import find as of_cases
from rightplace.web.cases.attempt import DONE, REFUSED, attempt
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import CaseNow, stand
from rightplace.web.policy.binding import page


@page("advice.ask", find=of_cases.case)
def advice(request: HttpRequest, case: Case) -> HttpResponse:
    """What was asked, what is outstanding, what is still to be asked; sent, one more is asked."""
    form = AskForm(request.POST) if request.method == "POST" else AskForm(version=case.version)
    status = REFUSED
    if request.method != "POST":
        looked(request, case, f"the advice about {case.person}")
    elif form.is_valid():
        status = attempt(form, lambda: _ask(case, form.cleaned_data, request.user))
        if status == DONE:
            messages.success(request, "Asked. The six weeks run from that day.")
            return redirect("advice", case.reference)
    now = stand(case, clock.today())
    rows = list(case.advice_requests.select_related("user").prefetch_related("chasers"))
    context = {
        "case": case,
        "form": form,
        "on": clock.today(),
        "rows": [_line(row) for row in rows],
        "elsewhere": [(Adviser(one.about).label, one) for one in elsewhere(now, rows)],
        "missing": missing(now, case.person.born),
        "reused": any(step.event == "advice_reused" for step in now.view.may_happen),
        "may_ask": any(step.event == "advice_requested" for step in now.view.may_happen),
    }
    return render(request, "advice/case.html", context, status=status)


@page("advice.record", find=find.request)
def chase(request: HttpRequest, asked: Request) -> HttpResponse:
    """Record a reminder."""
    form = ChaseForm(request.POST) if request.method == "POST" else ChaseForm(version=asked.case.version)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        save.chase(asked, day=given["day"], how=given["how"], by=request.user, key=given["key"])
        messages.success(request, "The reminder is recorded. It does not start the six weeks again.")
        return redirect("advice", asked.case.reference)
    context = {"case": asked.case, "asked": asked, "form": form, "heading": "Record a reminder", "button": "Record"}
    return render(request, "advice/about_one.html", context)


@page("advice.record", find=find.request)
def received(request: HttpRequest, asked: Request) -> HttpResponse:
    """Record advice that came in another way."""
    form = ReceivedForm(request.POST) if request.method == "POST" else ReceivedForm(version=asked.case.version)
    status = REFUSED
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        status = attempt(
            form,
            lambda: save.put_on_record(
                asked, day=given["day"], by=request.user, version=given["version"], key=given["key"]
            ),
        )
        if status == DONE:
            messages.success(request, "Recorded, and listed in Section K of the plan in hand.")
            return redirect("advice", asked.case.reference)
    context = {"case": asked.case, "asked": asked, "form": form, "heading": "Advice received", "button": "Record"}
    return render(request, "advice/about_one.html", context, status=status)


def missing(now: CaseNow, born: date | None) -> list[str]:
    """Advice that the assessment must seek and that was neither asked for nor used again."""
    had = {event.adviser for event in now.events if isinstance(event, AdviceRequested | AdviceReused)}
    wanted = list(ALWAYS)
    if born is not None and academic.year_group(born, now.view.on) >= FROM_YEAR_9:
        wanted.append(Adviser.ADULTHOOD)
    return [adviser.label for adviser in wanted if adviser not in had]


def _ask(case: Case, given: dict[str, Any], by: Any) -> Request:
    user = User.objects.get(pk=given["user"]) if given["user"] else None
    return save.ask(
        case, Adviser(given["adviser"]), user=user, asked_of=given["asked_of"], day=given["day"], note=given["note"],
        by=by, version=given["version"], key=given["key"],
    )  # fmt: skip


def _line(row: Request) -> dict[str, Any]:
    return {"row": row, "what": Adviser(row.adviser).label, "chasers": list(row.chasers.all())}
