"""Asking us, as a parent or a young person, to find out what help is needed: it opens a record at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.events import RequestReceived
from rightplace.vocabulary.codes import RequestSource
from rightplace.web.cases.models import Case, CaseEvent, Person
from rightplace.web.cases.scope import cases
from rightplace.web.cases.store.open_case import open_case
from rightplace.web.family.forms import AskForm
from rightplace.web.family.models import Said
from rightplace.web.family.tell import keep
from rightplace.web.intake.claims import claim
from rightplace.web.intake.models import Claim
from rightplace.web.kept.keep import forget, keeps, opened
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import Role


@keeps
@page("family.ask")
def ask(request: HttpRequest) -> HttpResponse:
    """The form of a request. The clock runs from the day it is sent, whoever looks at it and when."""
    own = request.user.role == Role.YOUNG_PERSON
    form = opened(AskForm, request, own=own)
    if request.method == "POST":
        if "save" in request.POST:
            messages.success(request, "Saved. Nobody else can see it yet. Come back when you like.")
            return redirect("family")
        if form.is_valid():
            before = _asked_before(request.user, form.cleaned_data)
            if before is None:
                return _opened(request, form, own=own)
            form.add_error(None, f"You have already asked for {before.person.forename}. Open “Where we are” to see it.")
    return render(request, "family/ask.html", {"form": form, "own": own})


def _asked_before(user: Any, given: dict[str, Any]) -> Case | None:
    """A record of the same child that this person sees already, and that has not ended."""
    if CaseEvent.objects.filter(key=given["key"]).exists():
        return None
    theirs = Q(pk__in=cases(user).values("pk")) | Q(claims__user=user, claims__state=Claim.State.WAITING)
    same = Case.objects.filter(theirs, ended=False, person__born=given["born"])
    same = same.filter(person__surname__iexact=given["surname"].strip())
    return same.filter(person__forename__iexact=given["forename"].strip()).select_related("person").first()


def _opened(request: HttpRequest, form: AskForm, *, own: bool) -> HttpResponse:
    given, today, user = form.cleaned_data, clock.today(), request.user
    with transaction.atomic():
        before = CaseEvent.objects.select_related("case").filter(key=given["key"]).first()
        if before is not None:
            return redirect("family")
        person = Person.objects.create(
            forename=given["forename"].strip(), surname=given["surname"].strip(), born=given["born"],
            postcode=given["postcode"].strip().upper(),
        )  # fmt: skip
        event = RequestReceived(day=today, source=RequestSource.FAMILY)
        case = open_case(person, event, by=user, key=given["key"])
        claim(case, user, own=own)
        answers = {name: given[name] for name in ("school", "hard", "helps")}
        keep(case, Said.Kind.REQUEST, answers, by=user, key=given["key"], event=1)
        forget(request)
    messages.success(request, "We have your request. Below you can see what happens next, and by when.")
    return redirect("family")
