"""A child moves away: what regulation 15 asks by when, and the pack for the new authority."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.audit.log import add, looked
from rightplace.web.cases import find
from rightplace.web.cases.case_page import deadline_line
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.design.forms import KeyedForm, yes_no
from rightplace.web.policy.binding import page
from rightplace.web.transfer_pack.out import make, plan_days

_STEPS = ("move_out_learned", "plan_transferred")


class PackForm(KeyedForm):
    """Whether the documents go with it."""

    documents = yes_no(
        "Put the documents in it", help_text="A pack over 10 MB may be refused by the other authority's service."
    )


@page("pack.make", find=find.case)
def out(request: HttpRequest, case: Case) -> HttpResponse:
    """The days of the move, and the pack: sent, its form gives the file, and that it was made is noted."""
    now = stand(case, clock.today())
    form = PackForm(request.POST) if request.method == "POST" else PackForm()
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = make(case, by=request.user, documents=form.cleaned_data["documents"])
                words = f"Made the transfer pack of {case.person} ({len(made):,} bytes)."
                add(who=request.user, action="transfer_pack", words=words, case=case.reference, request=request)
        except RefusedError as refused:
            messages.warning(request, f"{refused.what} {refused.action}".strip())
        else:
            response = HttpResponse(made, content_type="application/zip")
            response.headers["Content-Disposition"] = f'attachment; filename="{case.reference}-transfer.zip"'
            return response
    if request.method != "POST":
        looked(request, case, f"the transfer of {case.person} to another authority")
    context = {
        "case": case,
        "form": form,
        "days": plan_days(now.events),
        "dates": [
            deadline_line(one, now.view) for one in now.view.deadlines if one.rule.id == "move_transfer" and one.started
        ],
        "steps": [step for step in now.view.may_happen if step.event in _STEPS],
        "size": sum(row.size for row in case.documents.all()),
    }
    return render(request, "transfer_pack/out.html", context)
