"""Issuing the plan in hand: the draft, the final plan, proposed amendments, the amended plan."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.events import EVENTS
from rightplace.web.audit.log import looked
from rightplace.web.cases.attempt import DONE, REFUSED, attempt
from rightplace.web.design.forms import DayField, KeyedForm, yes_no
from rightplace.web.plans import find, save
from rightplace.web.plans.editor_page import sections
from rightplace.web.plans.find import AskedIssue
from rightplace.web.plans.gaps import gaps, vague
from rightplace.web.plans.models import PlanVersion
from rightplace.web.plans.written import seal_of
from rightplace.web.policy.binding import page

_FINAL = (PlanVersion.Kind.FINAL, PlanVersion.Kind.AMENDED)


class IssueForm(KeyedForm):
    """The day it was sent, and for a final plan whether it names the setting after a move between phases."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    day = DayField(label="Day it was sent")

    def __init__(self, *args: object, kind: str, **more: object) -> None:
        super().__init__(*args, **more)
        if kind in _FINAL:
            self.fields["for_next_phase"] = yes_no("Does it name the setting after a move between phases?")

    def clean_day(self) -> date:
        """A day that has come. Raises ``ValidationError``."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("The day has not come yet. Enter today or a day before it.")
        return day


@page("plan.issue", find=find.issue)
def issue(request: HttpRequest, asked: AskedIssue) -> HttpResponse:
    """The plan as it would be issued, with what it leaves open, and the form that issues it."""
    case, kind = asked.case, asked.kind
    entries = save.in_hand(case)
    seal = seal_of(entries)
    status = REFUSED
    if request.method == "POST":
        form = IssueForm(request.POST, kind=kind)
        if form.is_valid():
            given = form.cleaned_data
            status = attempt(
                form,
                lambda: save.issue(
                    case, kind, day=given["day"], seen=given["seen"], by=request.user, version=given["version"],
                    key=given["key"], for_next_phase=bool(given.get("for_next_phase")),
                ),
            )  # fmt: skip
            if status == DONE:
                messages.success(request, f"Issued: {PlanVersion.Kind(kind).label.lower()}.")
                return redirect("plan", case.reference)
            if seal != given["seen"]:
                form.data = form.data.copy()
                form.data["seen"] = seal
    else:
        looked(request, case, f"the plan in hand of {case.person}")
        form = IssueForm(kind=kind, version=case.version, initial={"seen": seal})
    context = {
        "case": case,
        "kind": PlanVersion.Kind(kind),
        "basis": EVENTS[kind].BASIS,
        "form": form,
        "sections": sections(entries),
        "gaps": gaps(entries),
        "vague": len(vague(entries)),
    }
    return render(request, "plans/issue.html", context, status=status)
