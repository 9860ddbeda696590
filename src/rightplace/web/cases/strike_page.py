"""Striking out an event that was recorded by mistake."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rightplace.casework.events import EVENTS
from rightplace.errors import RefusedError
from rightplace.web.cases.models import CaseEvent
from rightplace.web.cases.store import record as store
from rightplace.web.design.forms import KeyedForm
from rightplace.web.design.words import day
from rightplace.web.policy.binding import page


class Reason(KeyedForm):
    """Why the event is struck out."""

    reason = forms.CharField(
        label="Why is it struck out?",
        help_text="The event stays in the record, with this reason.",
        widget=forms.Textarea,
        max_length=1000,
        error_messages={"required": "Enter why the event is struck out."},
    )


def _find(reference: str, number: int) -> CaseEvent:
    events = CaseEvent.objects.select_related("case__person").filter(kind__in=EVENTS)
    return get_object_or_404(events, case__reference=reference, number=number)


@page("case.strike_out", find=_find)
def strike_out(request: HttpRequest, event: CaseEvent) -> HttpResponse:
    """Ask for the reason; given, the event no longer counts."""
    case = event.case
    form = Reason(request.POST) if request.method == "POST" else Reason(version=case.version)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            store.strike_out(
                case, event.number, reason=given["reason"], by=request.user, version=given["version"], key=given["key"]
            )
        except store.EditConflict:
            form.add_error(None, "Someone else recorded something since you opened this page. Look at the case again.")
        except RefusedError as refused:
            form.add_error(None, f"Without this event the rest could not have happened. {refused.what}")
        else:
            messages.success(request, f"Struck out: {EVENTS[event.kind].LABEL}.")
            return redirect("case", case.reference)
    what = f"{EVENTS[event.kind].LABEL}, {day(event.day)}"
    return render(request, "cases/strike_out.html", {"case": case, "what": what, "form": form})
