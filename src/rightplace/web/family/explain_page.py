"""Explaining a delay to a family: what an officer writes stands beside what is late, on the family's own page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.audit import log
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.case_page import unknown_days
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.fresh import open_deadlines
from rightplace.web.cases.store.read import stand
from rightplace.web.design.forms import DayField
from rightplace.web.family.delay import Late, late
from rightplace.web.family.models import Explained
from rightplace.web.kept.keep import KeptForm, forget, keeps, opened
from rightplace.web.policy.binding import page


class ExplainForm(KeptForm):
    """What is late, why, and when it is expected now."""

    what = forms.ChoiceField(
        label="What is late", widget=forms.RadioSelect, error_messages={"required": "Select what is late."}
    )
    text = forms.CharField(
        label="Why it is late, in words for the family", widget=forms.Textarea, max_length=2000,
        help_text="They read it word for word. Say what happened and what you do about it, and blame nobody.",
        error_messages={"required": "Enter why it is late."},
    )  # fmt: skip
    expected = DayField(label="Day you expect it, if you know", required=False)

    def __init__(self, *args: Any, items: Sequence[Late], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["what"].choices = [(one.name, one.sentence) for one in items]

    def clean_expected(self) -> date | None:
        """A day to come. Raises ``ValidationError``."""
        expected: date | None = self.cleaned_data["expected"]
        if expected is not None and expected < clock.today():
            raise forms.ValidationError("That day has passed. Enter today or a day to come.")
        return expected


@keeps
@page("family.explain", find=find.case)
def explain(request: HttpRequest, case: Case) -> HttpResponse:
    """The form of an explanation; sent, the family reads it at once."""
    now = stand(case, clock.today())
    items = late(now, open_deadlines(now.view, unknown_days(now)), case.explained.all())
    form = opened(ExplainForm, request, items=items, version=case.version)
    if request.method == "POST" and form.is_valid():
        _save(request, case, form)
        messages.success(request, "The family can read this now.")
        return redirect("case", case.reference)
    if request.method != "POST":
        looked(request, case, f"what is late for {case.person}, as the family sees it")
    return render(request, "family/explain.html", {"case": case, "form": form, "items": items})


def _save(request: HttpRequest, case: Case, form: ExplainForm) -> None:
    given = form.cleaned_data
    rule, about = given["what"].split("|", 1)
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if not Explained.objects.filter(key=given["key"]).exists():
            Explained.objects.create(
                case=case, rule=rule, about=about, text=given["text"], expected=given["expected"], key=given["key"],
                recorded_by=str(request.user), recorder=request.user.pk, recorded_at=clock.now(),
            )  # fmt: skip
            log.add(who=request.user, action="delay_explained", words="Explained a delay.", case=case.reference)
        forget(request)
