"""Taking out a whole record, and the list of records that were kept long enough."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.web.audit.log import add, looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.design.forms import KeyedForm
from rightplace.web.design.lists import Counted
from rightplace.web.design.words import day
from rightplace.web.policy.binding import page
from rightplace.web.records import retention
from rightplace.web.records.export import export as whole
from rightplace.web.records.models import Removal
from rightplace.web.records.remove import remove as remove_record


class Propose(KeyedForm):
    """Why a record should go."""

    reason = forms.CharField(
        label="Why it should be removed",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Enter why it should be removed."},
    )


@page("records.export", find=find.case)
def export(request: HttpRequest, case: Case) -> HttpResponse:
    """The page that says what is in the file; sending its form gives the file, and is noted."""
    if request.method != "POST":
        looked(request, case, f"the page for taking out the record of {case.person}")
        return render(request, "records/export.html", {"case": case})
    with transaction.atomic():
        add(
            who=request.user,
            action="export",
            words=f"Took out the whole record of {case.person}.",
            case=case.reference,
            request=request,
        )
        made = whole(case, authority=settings.AUTHORITY_NAME, today=day(clock.today()))
    response = HttpResponse(made, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{case.reference}-record.zip"'
    return response


@page("records.list")
def kept(request: HttpRequest) -> HttpResponse:
    """Ended cases whose time is up, with who proposed to remove them."""
    shown = Counted(retention.kept_long_enough()).get_page(request.GET.get("page"))
    cases = list(shown.object_list)
    open_now = Removal.objects.filter(reference__in=[case.reference for case in cases], removed_at=None)
    proposed = {one.reference: one for one in open_now}
    lines = [
        {"case": case, "until": retention.until(case.person.born), "proposed": proposed.get(case.reference)}
        for case in cases
    ]
    add(who=request.user, action="read", words="Read the list of records kept long enough.", request=request)
    context = {
        "page": shown,
        "lines": lines,
        "years": retention.years(),
        "done": Counted(Removal.objects.exclude(removed_at=None)).get_page(request.GET.get("done")),
    }
    return render(request, "records/kept.html", context)


@page("records.propose", find=find.case)
def propose(request: HttpRequest, case: Case) -> HttpResponse:
    """Propose to remove a record; somebody else reviews it."""
    form = Propose(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {
            "reason": form.cleaned_data["reason"],
            "proposed_by": str(request.user),
            "proposer": request.user.pk,
            "proposed_at": clock.now(),
        }
        with transaction.atomic():
            _, made = Removal.objects.get_or_create(reference=case.reference, removed_at=None, defaults=facts)
            if made:
                add(
                    who=request.user,
                    action="propose_removal",
                    words="Proposed to remove the record.",
                    case=case.reference,
                    request=request,
                )
        messages.success(request, f"The removal of {case.reference} is proposed. Another manager must review it.")
        return redirect("records_kept")
    looked(request, case, f"the form for removing the record of {case.person}")
    return render(request, "records/propose.html", {"case": case, "form": form})


@page("records.remove", find=find.case)
def remove(request: HttpRequest, case: Case) -> HttpResponse:
    """Review a proposal: keep the record, or remove it for good."""
    proposal = Removal.objects.get(reference=case.reference, removed_at=None)
    if request.method == "POST" and "keep" in request.POST:
        with transaction.atomic():
            proposal.delete()
            add(
                who=request.user,
                action="keep",
                words="Decided to keep the record.",
                case=case.reference,
                request=request,
            )
        return redirect("records_kept")
    if request.method == "POST":
        remove_record(case, by=request.user)
        messages.success(request, f"The record of {case.reference} was removed. The log of access is kept.")
        return redirect("records_kept")
    looked(request, case, f"the review of removing the record of {case.person}")
    return render(request, "records/remove.html", {"case": case, "proposal": proposal})
