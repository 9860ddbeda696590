"""Making a bundle for a tribunal or a mediator: which papers, for what, and the file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.audit.log import add, looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.design.forms import KeyedForm
from rightplace.web.design.words import day
from rightplace.web.disputes.bundle import FOR, make
from rightplace.web.disputes.paper import Paper
from rightplace.web.disputes.papers import papers
from rightplace.web.policy.binding import page


class BundleForm(KeyedForm):
    """What the bundle is for, and which papers are in it."""

    purpose = forms.ChoiceField(
        label="What it is for", choices=FOR.items(), widget=forms.RadioSelect, initial="appeal",
        error_messages={"required": "Select what the bundle is for."},
    )  # fmt: skip
    papers = forms.MultipleChoiceField(error_messages={"required": "Tick at least one paper."})

    def __init__(self, *args: Any, held: list[Paper], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["papers"].choices = [(one.name, f"{one.title}, {day(one.day)}") for one in held]


@page("dispute.bundle", find=find.case)
def bundle(request: HttpRequest, case: Case) -> HttpResponse:
    """The papers that the service holds, to be ticked; sent, the bundle is made and that it was is noted."""
    held = papers(case)
    if request.method == "POST":
        form = BundleForm(request.POST, held=held)
        if form.is_valid():
            chosen = [one for one in held if one.name in form.cleaned_data["papers"]]
            try:
                return _made(request, case, chosen, form.cleaned_data["purpose"])
            except RefusedError as refused:
                form.add_error("papers", f"{refused.what} {refused.action}")
        ticked = set(request.POST.getlist("papers"))
    else:
        looked(request, case, f"the papers for a bundle about {case.person}")
        form, ticked = BundleForm(held=held), {one.name for one in held}
    return render(
        request, "disputes/bundle.html", {"case": case, "form": form, "groups": _groups(held), "ticked": ticked}
    )


def _made(request: HttpRequest, case: Case, chosen: list[Paper], purpose: str) -> HttpResponse:
    at = clock.now()
    with transaction.atomic():
        file, lines = make(
            case, chosen, purpose=purpose, by=str(request.user), at=at, authority=settings.AUTHORITY_NAME
        )  # fmt: skip
        titles = "; ".join(f"{line.number} {line.paper.title}" for line in lines)
        words = f"Made a bundle for {FOR[purpose].lower()} of {len(lines)} papers: {titles}."
        add(who=request.user, action="bundle", words=words, case=case.reference, request=request)
    name = f"{case.reference}-bundle-{at:%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _groups(held: list[Paper]) -> list[tuple[str, list[Paper]]]:
    names = dict.fromkeys(one.group for one in held)
    return [(name, [one for one in held if one.group == name]) for name in names]
