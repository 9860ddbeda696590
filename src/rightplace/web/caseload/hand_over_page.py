"""Handing a case over to another officer, with what they need to know."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.accounts.models import User
from rightplace.web.audit import log
from rightplace.web.caseload.models import Handover
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.design.forms import KeyedForm
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import OFFICERS


class HandOverForm(KeyedForm):
    """To whom, and the note. ``before`` is the officer who held the case when the form was opened."""

    before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    officer = forms.ChoiceField(label="New case officer", error_messages={"required": "Select the new case officer."})
    note = forms.CharField(
        label="What the new officer needs to know", max_length=10_000, widget=forms.Textarea,
        help_text="What was promised and to whom, what is waited for, how the family likes to be reached.",
        error_messages={"required": "Enter what the new officer needs to know."},
    )  # fmt: skip

    def __init__(self, *args: Any, held_by: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        officers = User.objects.filter(role__in=sorted(OFFICERS), is_active=True).order_by("name", "pk")
        named = [(str(one.pk), str(one)) for one in officers if one.pk != getattr(held_by, "pk", None)]
        self.fields["officer"].choices = [("", "Select"), *named]


@page("case.hand_over", find=find.case)
def hand_over(request: HttpRequest, case: Case) -> HttpResponse:
    """The form; sent, the case has its new officer and the note stays with it."""
    before = str(case.officer_id or "")
    if request.method == "POST":
        if case.handovers.filter(key=request.POST.get("key", "")).exists():
            return redirect("case", case.reference)
        form = HandOverForm(request.POST, held_by=case.officer)
        whole = form.is_valid()
        if request.POST.get("before", "") != before:
            form.data = form.data.copy()
            form.data["before"] = before
            form.add_error(None, f"The case passed to {case.officer or 'nobody'} since you opened this page.")
        elif whole:
            after = User.objects.get(pk=form.cleaned_data["officer"])
            pass_on(case, after, note=form.cleaned_data["note"], by=request.user, key=form.cleaned_data["key"])
            messages.success(request, f"{after} is now the case officer.")
            return redirect("case", case.reference)
    else:
        form = HandOverForm(held_by=case.officer, initial={"before": before})
    context = {"case": case, "form": form, "past": case.handovers.select_related("before", "after")}
    return render(request, "caseload/hand_over.html", context)


def pass_on(case: Case, after: Any, *, note: str, by: Any, key: str) -> Handover:
    """Give a case to another officer; the note and the row of the log are kept with it."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).select_related("officer").get(pk=case.pk)
        before = Handover.objects.filter(key=key).first()
        if before is not None:
            return before
        made = Handover.objects.create(
            case=held, before=held.officer, after=after, note=note, key=key, recorded_by=str(by), recorder=by.pk,
            recorded_at=clock.now(),
        )  # fmt: skip
        words = f"Handed over from {held.officer or 'nobody'} to {after}."
        held.officer = after
        held.save(update_fields=["officer"])
        log.add(who=by, action="hand_over", words=words, case=held.reference)
        return made
