"""Recording a step of a review that the school takes: the day is set, people are asked, papers are sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.casework.events import EVENTS
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.attempt import DONE, attempt
from rightplace.web.cases.event_form import form_for
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.record import record
from rightplace.web.policy.binding import page

KINDS: Final = ("review_meeting_set", "review_invited", "review_papers_sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A case, and the step that the address names."""

    case: Case
    kind: str


def step(reference: str, kind: str) -> Step:
    """The step of a review. Raises ``Http404``."""
    if kind not in KINDS:
        raise Http404
    return Step(case=find.case(reference), kind=kind)


@page("school.review", find=step)
def done(request: HttpRequest, step: Step) -> HttpResponse:
    """The form of the step; sent, it is on record once."""
    case, made, status = step.case, form_for(step.kind), 200
    title = EVENTS[step.kind].LABEL
    if request.method == "POST":
        form = made(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            event = form.event(str(request.user))
            status = attempt(
                form, lambda: record(case, event, by=request.user, version=given["version"], key=given["key"])
            )
            if status == DONE:
                messages.success(request, f"Recorded: {title}.")
                return redirect("school")
    else:
        form = made(version=case.version)
        looked(request, case, f"the review of {case.person}")
    return render(request, "school/done.html", {"case": case, "form": form, "title": title}, status=status)
