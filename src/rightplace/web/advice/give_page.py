"""What an adviser owes, and the form in which advice is written, saved, come back to and given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.terms import Adviser
from rightplace.errors import RefusedError
from rightplace.web.advice import find, save
from rightplace.web.advice.forms import GiveForm
from rightplace.web.advice.models import Request
from rightplace.web.audit.log import looked
from rightplace.web.cases.scope import cases
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page


@page("advice.owed")
def owed(request: HttpRequest) -> HttpResponse:
    """The advice that the adviser owes, the longest owed first; and what they gave."""
    given = bool(request.GET.get("given"))
    rows = Request.objects.filter(user=request.user, case__in=cases(request.user), given_on__isnull=not given)
    rows = rows.select_related("case__person", "case__officer", "case__setting")
    shown = Counted(rows.order_by("-given_on" if given else "asked_on", "pk")).get_page(request.GET.get("page"))
    lines = [{"row": row, "what": Adviser(row.adviser).label} for row in shown.object_list]
    return render(request, "advice/owed.html", {"page": shown, "lines": lines, "given": given, "on": clock.today()})


@page("advice.give", find=find.request)
def give(request: HttpRequest, asked: Request) -> HttpResponse:
    """The form of the advice. Saved, it can be left and come back to; given, it is on record and no longer changes."""
    if asked.given_on is not None:
        return redirect("advice_read", asked.pk)
    if request.method != "POST":
        looked(request, asked.case, f"the advice form of {asked.case.person}")
        form = GiveForm(version=asked.revision, initial={name: getattr(asked, name) for name in save.TEXTS})
        return _show(request, asked, form)
    form = GiveForm(request.POST)
    if not form.is_valid():
        # What is missing for giving is no reason to lose what was written.
        _keep(request, asked, form)
        return _show(request, asked, form)
    given = form.cleaned_data
    values = {name: given[name] for name in save.TEXTS}
    try:
        if "give" in request.POST:
            save.give(asked, values, revision=given["version"], by=request.user, key=given["key"])
        else:
            save.save_draft(asked, values, revision=given["version"], by=request.user)
    except save.AdviceConflict as conflict:
        return _conflict(request, form, conflict.held)
    except RefusedError as refused:
        form.add_error(None, f"{refused.what} {refused.action}")
        return _show(request, asked, form)
    words = "Your advice is given. Thank you." if "give" in request.POST else "Saved. You can leave and come back."
    messages.success(request, words)
    return redirect("advice_owed") if "give" in request.POST else redirect("advice_give", asked.pk)


@page("advice.read", find=find.request)
def read(request: HttpRequest, asked: Request) -> HttpResponse:
    """Advice that was given. An officer sees nothing of it before."""
    looked(request, asked.case, f"the advice of {asked.asked_of} about {asked.case.person}")
    return render(
        request, "advice/read.html", {"case": asked.case, "asked": asked, "what": Adviser(asked.adviser).label}
    )


def _keep(request: HttpRequest, asked: Request, form: GiveForm) -> None:
    values = {name: str(form.data.get(name, ""))[:40_000] for name in save.TEXTS}
    try:
        held = save.save_draft(asked, values, revision=int(form.data.get("version") or 0), by=request.user)
    except (save.AdviceConflict, RefusedError, ValueError):
        return
    again = form.data.copy()
    again["version"] = str(held.revision)
    form.data = again


def _show(request: HttpRequest, asked: Request, form: GiveForm, **more: Any) -> HttpResponse:
    context = {"case": asked.case, "asked": asked, "form": form, "on": clock.today(), **more}
    context["what"] = Adviser(asked.adviser).label
    return render(request, "advice/give.html", context, status=409 if more.get("theirs") else 200)


def _conflict(request: HttpRequest, form: GiveForm, held: Request) -> HttpResponse:
    """What was saved elsewhere beside what was entered here, which stays in the form."""
    again = form.data.copy()
    again["version"] = str(held.revision)
    filled = GiveForm(again)
    filled.is_valid()
    theirs = [(name.capitalize(), getattr(held, name)) for name in save.TEXTS]
    return _show(request, held, filled, theirs=theirs)
