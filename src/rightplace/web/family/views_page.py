"""My views: saved as they are written, and sent when the family is ready."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.casework.terms import Adviser
from rightplace.web.advice import save as advice
from rightplace.web.advice.models import Request
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.family.forms import VIEWS, ViewsForm
from rightplace.web.family.models import Said
from rightplace.web.family.tell import keep
from rightplace.web.kept.keep import forget, keeps, opened
from rightplace.web.policy.binding import page


@keeps
@page("family.say", find=find.case)
def views(request: HttpRequest, case: Case) -> HttpResponse:
    """The form of a family's views, with what was sent before. Views that we asked for are on record as advice."""
    form = opened(ViewsForm, request, version=case.version)
    if request.method == "POST":
        if "save" in request.POST:
            messages.success(request, "Saved. Nobody else can see it yet. Come back when you like.")
            return redirect("family_case", case.reference)
        if form.is_valid():
            _send(request, case, form)
            messages.success(request, "Thank you. We have your views, and your case officer can read them.")
            return redirect("family_case", case.reference)
    else:
        looked(request, case, f"the family's views of {case.person}")
    sent = case.said.filter(kind=Said.Kind.VIEWS)
    return render(request, "family/views.html", {"case": case, "form": form, "sent": sent, "asked": asked(case)})


def asked(case: Case) -> Request | None:
    """The family's views that we asked for as advice, and do not have yet."""
    return Request.objects.filter(case=case, adviser=Adviser.FAMILY.value, given_on__isnull=True).first()


def _send(request: HttpRequest, case: Case, form: ViewsForm) -> None:
    given = form.cleaned_data
    answers = {name: given[name].strip() for name in VIEWS}
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if Said.objects.filter(key=given["key"]).exists():
            return
        waiting = asked(case)
        number = _as_advice(request.user, waiting, answers, given["key"]) if waiting is not None else None
        keep(case, Said.Kind.VIEWS, answers, by=request.user, key=given["key"], event=number)
        forget(request)


def _as_advice(user: Any, waiting: Request, answers: dict[str, str], key: str) -> int:
    """Views that were asked for are advice under regulation 6(1)(a): they stop that clock."""
    values = {
        "needs": "\n\n".join(part for part in (answers["well"], answers["hard"]) if part),
        "provision": answers["helps"],
        "outcomes": answers["hopes"],
    }
    advice.give(waiting, values, revision=waiting.revision, by=user, key=f"{key[:56]}-a")
    last: int = waiting.case.events.order_by("-number").values_list("number", flat=True)[0]
    return last
