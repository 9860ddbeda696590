"""Claims that wait, and deciding one: who they are, how that was checked, and whether we know the child already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rightplace.errors import RefusedError
from rightplace.web.audit.log import looked
from rightplace.web.cases.models import Case
from rightplace.web.design.forms import KeyedForm
from rightplace.web.design.lists import Counted
from rightplace.web.intake.alike import alike
from rightplace.web.intake.claims import confirm, refuse
from rightplace.web.intake.models import Claim
from rightplace.web.intake.same_as import ask_which
from rightplace.web.policy.binding import page

_ANSWERS = (("confirm", "Yes: open the record to this account"), ("refuse", "No, or we cannot tell: keep it closed"))


class DecideForm(KeyedForm):
    """Whether an account is who it says, how that was checked, and which record is the person's."""

    answer = forms.ChoiceField(
        label="Are they who they say?", choices=_ANSWERS, widget=forms.RadioSelect,
        error_messages={"required": "Select whether they are who they say."},
    )  # fmt: skip
    same_as = forms.ChoiceField(
        label="Is it a child or young person we know?", widget=forms.RadioSelect,
        help_text="The request is then joined to their record, and counted once.",
        error_messages={"required": "Select whether it is one of the people shown."},
    )  # fmt: skip
    how = forms.CharField(
        label="How you checked, or why it is not confirmed", widget=forms.Textarea, max_length=1_000,
        help_text="For example: rang the number that the school has; saw the birth certificate and a council tax bill.",
        error_messages={"required": "Enter how you checked, or why it is not confirmed."},
    )  # fmt: skip

    def __init__(self, *args: Any, known: list[Case], **more: Any) -> None:
        super().__init__(*args, **more)
        ask_which(self, known)


@page("claims.list")
def claims(request: HttpRequest) -> HttpResponse:
    """Claims that wait, the oldest first, and those decided last."""
    waiting = Claim.objects.filter(state=Claim.State.WAITING).select_related("user", "case__person")
    shown = Counted(waiting).get_page(request.GET.get("page"))
    done = Claim.objects.exclude(state=Claim.State.WAITING).select_related("user", "case").order_by("-decided_at")[:20]
    return render(request, "intake/claims.html", {"page": shown, "done": done})


def _find(number: int) -> Claim:
    rows = Claim.objects.select_related("user", "case__person", "case__officer", "case__setting")
    return get_object_or_404(rows, pk=number)


@page("claims.decide", find=_find)
def decide(request: HttpRequest, claim: Claim) -> HttpResponse:
    """One claim, with who is alike; decided once."""
    case, person = claim.case, claim.case.person
    known = alike(forename=person.forename, surname=person.surname, born=person.born, upn=person.upn, besides=case)
    form = DecideForm(request.POST, known=known) if request.method == "POST" else DecideForm(known=known)
    if request.method == "POST" and form.is_valid():
        try:
            said = _decided(claim, form.cleaned_data, known, request.user)
        except RefusedError as refused:
            form.add_error(None, f"{refused.what} {refused.action}".strip())
        else:
            messages.success(request, said)
            return redirect("claims")
    if request.method != "POST":
        looked(request, case, f"who says that {person} is theirs, and who is alike")
    said = [one for one in case.said.all() if one.recorder == claim.user_id]
    return render(
        request, "intake/claim.html", {"case": case, "claim": claim, "form": form, "known": known, "said": said}
    )


def _decided(claim: Claim, given: dict[str, Any], known: list[Case], by: Any) -> str:
    if given["answer"] == "refuse":
        refuse(claim, how=given["how"], by=by)
        return "The record stays closed to this account. The request itself stands."
    same_as = next((one for one in known if one.reference == given.get("same_as")), None)
    case, why_not = confirm(claim, how=given["how"], same_as=same_as, by=by)
    return f"{claim.user} can now see {case.reference}. {why_not}".strip()
