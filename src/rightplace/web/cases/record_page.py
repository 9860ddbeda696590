"""Recording an event of a case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.casework.events import EVENTS
from rightplace.errors import RefusedError
from rightplace.web.cases import find
from rightplace.web.cases.event_form import EventForm, form_for
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.record import EditConflict
from rightplace.web.cases.store.record import record as record_event
from rightplace.web.cases.story import said
from rightplace.web.design.words import day
from rightplace.web.policy.binding import page


class _Asked:
    """A case, and the kind of event that the address names."""

    def __init__(self, case: Case, kind: str) -> None:
        self.case = case
        self.kind = kind


def _find(reference: str, kind: str) -> _Asked:
    if kind not in EVENTS:
        raise Http404
    return _Asked(find.case(reference), kind)


@page("case.record", find=_find)
def record(request: HttpRequest, asked: _Asked) -> HttpResponse:
    """The form of an event; sent, the event is recorded once and the case is shown again."""
    case, made = asked.case, form_for(asked.kind)
    if request.method != "POST":
        return _show(request, asked, made(version=case.version))
    form = made(request.POST)
    if not form.is_valid():
        return _show(request, asked, form)
    try:
        record_event(
            case,
            form.event(str(request.user)),
            by=request.user,
            version=form.cleaned_data["version"],
            key=form.cleaned_data["key"],
        )
    except EditConflict as conflict:
        return _conflict(request, asked, form, conflict)
    except RefusedError as refused:
        form.add_error(None, " ".join(part for part in (refused.what, refused.where, refused.action) if part))
        return _show(request, asked, form)
    messages.success(request, f"Recorded: {EVENTS[asked.kind].LABEL}.")
    return redirect("case", case.reference)


def _show(request: HttpRequest, asked: _Asked, form: EventForm, **more: Any) -> HttpResponse:
    context = {"case": asked.case, "kind": EVENTS[asked.kind], "form": form, **more}
    status = 409 if more.get("theirs") else 200
    return render(request, "cases/record.html", context, status=status)


def _conflict(request: HttpRequest, asked: _Asked, form: EventForm, conflict: EditConflict) -> HttpResponse:
    """The form again as it was filled in, beside what was recorded since; sending it once more is a choice."""
    theirs = [
        {"title": EVENTS[row.kind].LABEL if row.kind in EVENTS else "An event was struck out", "day": day(row.day),
         "by": row.recorded_by, "note": said(row) if row.kind in EVENTS else row.facts["reason"]}
        for row in conflict.theirs
    ]  # fmt: skip
    again = form.data.copy()
    again["version"] = str(conflict.case.version)
    filled = form_for(asked.kind)(again)
    filled.is_valid()
    return _show(request, asked, filled, theirs=theirs)
