"""Meetings of panels, an agenda, and the papers and recommendation of one case on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rightplace.calendar import clock
from rightplace.web.accounts.models import User
from rightplace.web.audit import log
from rightplace.web.audit.log import looked
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.design.forms import DayField, KeyedForm
from rightplace.web.design.lists import Counted
from rightplace.web.panel import save
from rightplace.web.panel.models import Item, Meeting
from rightplace.web.policy.binding import page
from rightplace.web.policy.decide import may
from rightplace.web.policy.role import Role


class MeetingForm(KeyedForm):
    """A meeting and its members."""

    name = forms.CharField(
        label="Name of the panel", max_length=150, error_messages={"required": "Enter the name of the panel."}
    )
    day = DayField(label="Day of the meeting")
    member_1 = forms.ChoiceField(label="First member", required=False)
    member_2 = forms.ChoiceField(label="Second member", required=False)
    member_3 = forms.ChoiceField(label="Third member", required=False)
    member_4 = forms.ChoiceField(label="Fourth member", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = User.objects.filter(role=Role.PANEL, is_active=True).order_by("name", "pk")
        choices = [("", "Nobody"), *((str(one.pk), str(one)) for one in rows)]
        for place in range(1, 5):
            self.fields[f"member_{place}"].choices = choices

    def members(self) -> set[int]:
        """Numbers of the accounts chosen."""
        return {int(value) for name, value in self.cleaned_data.items() if name.startswith("member_") and value}


class ItemForm(KeyedForm):
    """A case for the agenda."""

    reference = forms.CharField(
        label="Reference of the case", max_length=20, error_messages={"required": "Enter the reference of the case."}
    )
    question = forms.ChoiceField(
        label="What is asked of the panel", choices=Item.Question.choices, widget=forms.RadioSelect,
        error_messages={"required": "Select what is asked of the panel."},
    )  # fmt: skip
    note = forms.CharField(label="What the panel should know", max_length=5000, required=False, widget=forms.Textarea)

    def clean_reference(self) -> Case:
        """The case. Raises ``ValidationError`` where there is none."""
        case = Case.objects.filter(reference=self.cleaned_data["reference"].strip().upper()).first()
        if case is None:
            raise forms.ValidationError("There is no case with this reference. It looks like R000123.")
        return case


class RecommendForm(KeyedForm):
    """What the panel recommended."""

    words = forms.CharField(
        label="Recommendation", max_length=300, error_messages={"required": "Enter what the panel recommended."}
    )
    reasons = forms.CharField(
        label="Reasons", max_length=20_000, widget=forms.Textarea, error_messages={"required": "Enter the reasons."},
        help_text="On what evidence. The family may read them.",
    )  # fmt: skip
    present = forms.CharField(
        label="Who was there", max_length=500, error_messages={"required": "Enter who was there."}
    )


@page("panel.list")
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings, the latest first: all of them for officers, one's own for a member."""
    rows = Meeting.objects.all()
    if request.user.role == Role.PANEL:
        rows = rows.filter(members=request.user)
    shown = Counted(rows).get_page(request.GET.get("page"))
    return render(request, "panel/meetings.html", {"page": shown, "on": clock.today()})


@page("panel.keep")
def set_meeting(request: HttpRequest) -> HttpResponse:
    """Set a meeting."""
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = save.set_meeting(given["name"], given["day"], form.members(), key=given["key"])
        return redirect("panel_meeting", made.pk)
    return render(request, "panel/set.html", {"form": form})


def _meeting(number: int) -> Meeting:
    return get_object_or_404(Meeting, pk=number)


@page("panel.see", find=_meeting)
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The agenda; an officer puts cases on it here."""
    form = None
    if may(request.user, "panel.add", meeting):
        form = ItemForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            save.put_on(meeting, given["reference"], given["question"], given["note"], by=request.user)
            messages.success(request, "Put on the agenda.")
            return redirect("panel_meeting", meeting.pk)
    items = list(meeting.items.select_related("case__person", "case__officer").prefetch_related("recommendations"))
    about = ", ".join(item.case.reference for item in items)
    if items:
        log.add(
            who=request.user, action="read", words=f"Looked at the agenda of {meeting.name}: {about}.", request=request
        )
    context = {
        "meeting": meeting,
        "items": items,
        "members": list(meeting.members.all()),
        **({"form": form} if form else {}),
    }
    return render(request, "panel/meeting.html", context)


def _item(number: int) -> Item:
    rows = Item.objects.select_related("meeting", "case__person", "case__officer", "case__setting")
    return get_object_or_404(rows, pk=number)


@page("panel.item", find=_item)
def item(request: HttpRequest, item: Item) -> HttpResponse:
    """The papers of a case on the agenda, what the panel recommended, and for officers the form to record it."""
    case = item.case
    looked(request, case, f"the panel papers of {case.person}")
    form = None
    if may(request.user, "panel.record", item):
        form = RecommendForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            given = {name: form.cleaned_data[name] for name in ("words", "reasons", "present", "key")}
            save.recommend(item, by=request.user, **given)
            messages.success(request, "Recorded. Record the decision itself in the case.")
            return redirect("panel_item", item.pk)
    context = {
        "case": case,
        "item": item,
        "view": stand(case, clock.today()).view,
        "versions": list(case.plan_versions.all()),
        "advice": list(case.advice_requests.filter(given_on__isnull=False)),
        "recommendations": list(item.recommendations.all()),
        **({"form": form} if form else {}),
    }
    return render(request, "panel/item.html", context)
