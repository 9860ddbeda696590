"""Asking for a forecast."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.errors import UserError
from rightplace.web.audit import log
from rightplace.web.design.forms import KeyedForm
from rightplace.web.planning import area as areas
from rightplace.web.planning.models import Run
from rightplace.web.planning.scenario_text import LONGEST, scenario
from rightplace.web.policy.binding import page


class Ask(KeyedForm):
    """What to forecast."""

    title = forms.CharField(
        label="What to call it",
        max_length=120,
        help_text="So that you and others find it again",
        error_messages={"required": "Enter what to call it.", "max_length": "Use 120 letters at most."},
    )
    years = forms.IntegerField(
        label="Years ahead",
        min_value=1,
        max_value=30,
        help_text="From 1 to 30",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter a whole number of years from 1 to 30."
        ),
    )
    futures = forms.IntegerField(
        label="Simulated futures",
        min_value=100,
        max_value=20_000,
        help_text="From 100 to 20,000. More make the ends of the range steadier and take longer; 1,000 is enough to plan with",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), "Enter a whole number from 100 to 20,000, with no comma."
        ),
    )
    scenario = forms.CharField(
        label="Scenario (optional)",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea,
        help_text="Dated changes to rates, as in “Try a scenario” of the documentation. The forecast is then made with and without them",
    )

    def clean_scenario(self) -> str:
        """The text, once it is understood. Raises ``ValidationError`` with every mistake in it."""
        text = self.cleaned_data["scenario"].strip()
        if text:
            try:
                scenario(text)
            except UserError as error:
                raise ValidationError(str(error)) from None
        return text


@page("planning.run")
def ask(request: HttpRequest) -> HttpResponse:
    """The form, and what it does: a run that waits for the worker."""
    start = {"years": 10, "futures": 1000, "title": "As things are going"}
    form = Ask(request.POST or None, initial=start)
    if request.method == "POST" and not areas.there():
        form.add_error(None, "There is no area record to forecast from. Ask the person who runs Rightplace.")
    if request.method == "POST" and form.is_valid():
        return redirect("planning_run", _kept(request, form).pk)
    return render(request, "planning/ask.html", {"form": form})


def _kept(request: HttpRequest, form: Ask) -> Run:
    asked = form.cleaned_data
    facts = {name: asked[name] for name in ("title", "years", "futures", "scenario")}
    with transaction.atomic():
        run, made = Run.objects.get_or_create(
            key=asked["key"], defaults={**facts, "asked_by": str(request.user), "asked_at": clock.now()}
        )
        if made:
            log.add(
                who=request.user, action="planning", words=f"Asked for the forecast “{run.title}”.", request=request
            )
    return run
