"""Entering a request for an assessment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.casework.events import RequestReceived
from rightplace.vocabulary.codes import RequestSource
from rightplace.web.accounts.models import Organisation, User
from rightplace.web.cases.attempt import DONE, REFUSED, attempt
from rightplace.web.cases.models import Case, CaseEvent, Person
from rightplace.web.cases.store.open_case import open_case
from rightplace.web.cases.store.record import record
from rightplace.web.design.words import day
from rightplace.web.intake.alike import alike
from rightplace.web.intake.form import RequestForm
from rightplace.web.intake.models import Intake
from rightplace.web.policy.binding import page


@page("intake.enter")
def enter(request: HttpRequest) -> HttpResponse:
    """The form of a request; sent, a case is open and its clock runs from the day of receipt.

    Where somebody alike is known, their cases are shown first, and the officer says whether it is somebody else.
    """
    form = RequestForm(request.POST) if request.method == "POST" else RequestForm()
    known: list[Case] = []
    status = REFUSED
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        again = CaseEvent.objects.filter(key=given["key"]).select_related("case").first()
        if again is not None:
            return redirect("case", again.case.reference)
        known = alike(forename=given["forename"], surname=given["surname"], born=given["born"], upn=given["upn"])
        same = next((one for one in known if one.reference == given["known"]), None)
        if known and same is None and not given["different"]:
            form.show_doubt(known)
            form.add_error("different", "Say whether this is one of the people shown, or somebody else.")
        else:
            made: list[Case] = []
            status = attempt(
                form, lambda: made.append(_record_in(same, given, request.user) if same else _open(given, request.user))
            )
            if status == DONE:
                words = f"The request is recorded. Decide whether to assess by {day(made[0].next_due)}."
                messages.success(request, words if same else words.replace("request is recorded", "case is open"))
                return redirect("case", made[0].reference)
            form.show_doubt(known)
    return render(request, "intake/enter.html", {"form": form, "known": known}, status=status)


def _open(given: dict[str, Any], by: Any) -> Case:
    with transaction.atomic():
        person = Person.objects.create(
            forename=given["forename"].strip(), surname=given["surname"].strip(), born=given["born"],
            postcode=given["postcode"].strip().upper(), upn=given["upn"],
        )  # fmt: skip
        event = RequestReceived(day=given["received"], source=RequestSource(given["source"]))
        case = open_case(
            person,
            event,
            by=by,
            officer=User.objects.get(pk=given["officer"]) if given["officer"] else None,
            setting=Organisation.objects.get(pk=given["setting"]) if given["setting"] else None,
            key=given["key"],
        )
        _keep(case, given, by)
        return case


def _record_in(case: Case, given: dict[str, Any], by: Any) -> Case:
    """The request as an event of the record that the person has already. Raises as ``record`` does."""
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        event = RequestReceived(day=given["received"], source=RequestSource(given["source"]))
        record(held, event, by=by, version=held.version, key=given["key"])
        _keep(held, given, by)
        held.refresh_from_db()
        return held


def _keep(case: Case, given: dict[str, Any], by: Any) -> None:
    Intake.objects.create(
        case=case, how=given["how"], asked_by=given["asked_by"], reach=given["reach"], reason=given["reason"],
        recorded_by=str(by), recorder=by.pk, recorded_at=clock.now(),
    )  # fmt: skip
