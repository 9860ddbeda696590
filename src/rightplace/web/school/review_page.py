"""Review paperwork: filled in from the plan and the case, saved, returned to, and sent once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.events import ReviewMeetingHeld, ReviewMeetingSet
from rightplace.errors import RefusedError
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.kept.keep import forget, keeps, opened
from rightplace.web.policy.binding import page
from rightplace.web.school import review_save
from rightplace.web.school.models import ReviewPaper
from rightplace.web.school.plan import entries, latest
from rightplace.web.school.review_form import ReviewForm


@keeps
@page("school.review", find=find.case)
def review(request: HttpRequest, case: Case) -> HttpResponse:
    """The form of the paper in hand."""
    version, paper = latest(case), review_save.in_hand(case)
    form = opened(
        ReviewForm, request, outcomes=entries(version, "E"), version=paper.revision if paper else 0,
        initial=_initial(case, paper) if request.method != "POST" else None,
    )  # fmt: skip
    theirs: list[tuple[str, str]] = []
    status = 200
    if request.method != "POST":
        looked(request, case, f"the review paperwork of {case.person}")
    elif form.is_valid():
        theirs, status = _keep(request, case, form)
        if status == 302:
            return redirect("school" if "send" in request.POST else request.path)
    context = {
        "case": case, "form": form, "paper": paper, "plan": version, "theirs": theirs,
        "provision": [(name, entry.said()) for name, entry in entries(version, "F")],
    }  # fmt: skip
    return render(request, "school/review.html", context, status=status)


def _initial(case: Case, paper: ReviewPaper | None) -> dict[str, Any]:
    """What is known already: what was saved, else the day of the meeting as it was held or set."""
    if paper is not None:
        entered = dict(paper.entered)
        entered["meeting"] = date.fromisoformat(entered["meeting"]) if entered.get("meeting") else None
        return entered
    day = None
    for event in stand(case, clock.today()).events:
        if isinstance(event, ReviewMeetingSet):
            day = event.meeting
        if isinstance(event, ReviewMeetingHeld):
            day = event.day
    recent = day is not None and (clock.today() - day).days < 180
    return {
        "meeting": day if recent else None,
        "attendees": f"Invited: {case.person}; parents or carers; {case.officer or 'case officer'}.",
    }


def _keep(request: HttpRequest, case: Case, form: ReviewForm) -> tuple[list[tuple[str, str]], int]:
    """Save or send; what someone else wrote meanwhile, and the status of the answer."""
    given, entered = form.cleaned_data, form.answers()
    try:
        with transaction.atomic():
            if "send" in request.POST:
                review_save.send(case, entered, revision=given["version"], by=request.user, key=given["key"])
                messages.success(request, "The report was sent.")
            else:
                review_save.save(case, entered, revision=given["version"], by=request.user)
                messages.success(request, "Saved. It is not sent yet.")
            forget(request)
    except review_save.PaperConflict as conflict:
        again = form.data.copy()
        again["version"] = str(conflict.held.revision)
        form.data = again
        form.add_error(None, f"{conflict.held.saved_by} saved this since you opened it. To keep yours, send it again.")
        differs = {name: text for name, text in conflict.held.entered.items() if text and text != entered.get(name)}
        return [(str(form.fields[name].label), str(text)) for name, text in differs.items() if name in form.fields], 409
    except RefusedError as refused:
        form.add_error(None, f"{refused.what} {refused.action}")
        return [], 200
    return [], 302
