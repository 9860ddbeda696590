"""The provision that Section F promises, and what was given of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.design.forms import DayField, yes_no
from rightplace.web.design.lists import Counted
from rightplace.web.kept.keep import KeptForm, forget, keeps, opened
from rightplace.web.plans.written import Written
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import FAMILY
from rightplace.web.school.delivered import add, by_term
from rightplace.web.school.models import Delivered
from rightplace.web.school.plan import entries, latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """An entry of Section F of the latest plan of a case, with what it is called."""

    case: Case
    name: str
    entry: Written


def promised(reference: str, entry: int) -> Promised:
    """An entry of Section F. Raises ``Http404``."""
    case = find.case(reference)
    for name, held in entries(latest(case), "F"):
        if held.number == entry:
            return Promised(case=case, name=name, entry=held)
    raise Http404


class DeliveredForm(KeptForm):
    """One time that provision was given, or was not."""

    day = DayField(label="Day")
    given = yes_no("Was it given?")
    minutes = forms.IntegerField(
        label="How many minutes", required=False, min_value=1, max_value=1440,
        error_messages={"invalid": "Enter a whole number of minutes."},
    )  # fmt: skip
    who = forms.CharField(label="Who gave it", required=False, max_length=150, help_text="A name or a job.")
    why_not = forms.CharField(label="If it was not given, why", required=False, max_length=500)

    def clean_day(self) -> date:
        """A day that has come. Raises ``ValidationError``."""
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("The day has not come yet. Enter today or a day before it.")
        return day

    def clean(self) -> dict[str, Any]:
        """Minutes and who, or why not. Raises ``ValidationError``."""
        sent = super().clean() or self.cleaned_data
        if sent.get("given") is True:
            for name, words in (("minutes", "Enter how many minutes it took."), ("who", "Enter who gave it.")):
                if not sent.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if sent.get("given") is False and not sent.get("why_not"):
            self.add_error("why_not", "Enter why it was not given.")
        return sent


@page("provision.see", find=find.case)
def provision(request: HttpRequest, case: Case) -> HttpResponse:
    """What is promised, what was given in each term, and the latest lines of the log."""
    looked(request, case, f"the provision given to {case.person}")
    held = entries(latest(case), "F")
    names = {entry.number: name for name, entry in held}
    context = {
        "case": case,
        "family": request.user.role in FAMILY,
        "promised": held,
        "names": names,
        "sums": by_term(case),
        "page": Counted(Delivered.objects.filter(case=case), 50).get_page(request.GET.get("page")),
    }
    return render(request, "school/provision.html", context)


@keeps
@page("provision.log", find=promised)
def log_one(request: HttpRequest, promised: Promised) -> HttpResponse:
    """The form of one line of the log."""
    case = promised.case
    form = opened(DeliveredForm, request, version=case.version)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        more = {"minutes": sent["minutes"], "who": sent["who"]} if sent["given"] else {"why_not": sent["why_not"]}
        with transaction.atomic():
            add(case, promised.entry, day=sent["day"], given=sent["given"], by=request.user, key=sent["key"], **more)
            forget(request)
        messages.success(request, "Logged.")
        return redirect("provision", case.reference)
    if request.method != "POST":
        looked(request, case, f"the provision promised to {case.person}")
    return render(request, "school/log.html", {"case": case, "form": form, "promised": promised})
