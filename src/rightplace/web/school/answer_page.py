"""Answering a consultation: can the setting meet the needs, and if not, on what ground and why."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.events import SettingAnswered
from rightplace.errors import RefusedError
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.record import record
from rightplace.web.design.forms import yes_no
from rightplace.web.kept.keep import KeptForm, forget, keeps, opened
from rightplace.web.plans.models import PlanVersion
from rightplace.web.policy.binding import page
from rightplace.web.school.models import ConsultationAnswer
from rightplace.web.school.plan import shown
from rightplace.web.school.scope import consultation

GROUNDS: Final = (
    ("unsuitable", "It would be unsuitable for the age, ability, aptitude or needs"),
    ("others", "Attendance would be incompatible with the efficient education of others"),
    ("resources", "Attendance would be incompatible with the efficient use of resources"),
    ("", "None of these, or we can meet the needs"),
)
"""The grounds on which a setting that the family asked for need not be named: Children and Families Act 2014, section 39(4)."""


class AnswerForm(KeptForm):
    """The answer of a setting."""

    can_meet = yes_no("Can you meet the needs in this plan?")
    ground = forms.ChoiceField(
        label="If not, on which ground", choices=GROUNDS, required=False, widget=forms.RadioSelect,
        help_text="Children and Families Act 2014, section 39(4)",
    )  # fmt: skip
    why = forms.CharField(
        label="Why, and what you looked at", widget=forms.Textarea, max_length=10_000,
        help_text="For a no: the facts, and which steps would not be enough. For a yes: what you would put in place.",
        error_messages={"required": "Enter why, and what you looked at."},
    )  # fmt: skip
    start = forms.CharField(label="From when there is a place", max_length=200, required=False)
    cost = forms.CharField(
        label="What it would cost beyond your budget, and for what", max_length=2_000, required=False,
        widget=forms.Textarea,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A refusal names a ground. Raises ``ValidationError``."""
        given = super().clean() or self.cleaned_data
        if given.get("can_meet") is False and not given.get("ground"):
            self.add_error("ground", "Select the ground on which you say that you cannot meet the needs.")
        return given


@keeps
@page("school.answer", find=find.case)
def answer(request: HttpRequest, case: Case) -> HttpResponse:
    """The plan that the setting was asked about, and the form of its answer."""
    asked = consultation(request.user, case)
    form = opened(AnswerForm, request, version=case.version)
    if request.method != "POST":
        looked(request, case, f"the consultation about {case.person}, with the plan")
    elif "save" in request.POST:
        messages.success(request, "Saved. It is not sent yet.")
        return redirect("school")
    elif form.is_valid() and asked is not None and _sent(request, case, asked.about, form):
        messages.success(request, "Your answer was sent.")
        return redirect("school")
    version = PlanVersion.objects.filter(case=case).order_by("-number").first()
    context = {"case": case, "form": form, "asked": asked, "plan": version, "sections": shown(version)}
    return render(request, "school/answer.html", context)


def _sent(request: HttpRequest, case: Case, setting: str, form: AnswerForm) -> bool:
    given = form.cleaned_data
    answers = {name: given[name] for name in ("can_meet", "ground", "why", "start", "cost")}
    try:
        with transaction.atomic():
            held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
            if not ConsultationAnswer.objects.filter(key=given["key"]).exists():
                event = SettingAnswered(day=clock.today(), setting=setting, can_meet=given["can_meet"])
                row = record(held, event, by=request.user, version=held.version, key=given["key"])
                ConsultationAnswer.objects.create(
                    case=held, setting=setting, answers=answers, event=row.number, key=given["key"],
                    recorded_by=str(request.user), recorder=request.user.pk, recorded_at=clock.now(),
                )  # fmt: skip
            forget(request)
    except RefusedError as refused:
        form.add_error(None, refused.what)
        return False
    return True
