"""What the yearly return asks of a person, and the header of the return."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rightplace.calendar import clock
from rightplace.errors import DataError
from rightplace.web.audit.log import add, looked
from rightplace.web.cases import find
from rightplace.web.cases.attempt import DONE, REFUSED, attempt
from rightplace.web.cases.models import Case, ReturnHeader
from rightplace.web.load.facts import as_date
from rightplace.web.load.returned import EDITION, write_return
from rightplace.web.policy.binding import page
from rightplace.web.return_items.form import OF_PERSON, HeaderForm, ItemsForm
from rightplace.web.return_items.save import answers, save, set_header
from rightplace.web.return_items.today import check_one
from rightplace.web.return_items.told import apart, told


@page("return.answer", find=find.case)
def items(request: HttpRequest, case: Case) -> HttpResponse:
    """What the checks say of this person today, and the form of what nothing else tells."""
    held, status = answers(case), REFUSED
    number = held.number if held else 0
    kept = dict(held.values) if held else {"need": case.need}
    day, within, found = check_one(case)
    registered = told(case, day or clock.today())
    if request.method == "POST":
        form = ItemsForm(request.POST)
        if form.is_valid():
            given = form.cleaned_data
            status = attempt(
                form,
                lambda: save(case, form.values(), seen=given["version"], by=request.user, key=given["key"]),
            )
            if status == DONE:
                messages.success(request, "The answers are saved.")
                return redirect("return_items", case.reference)
    else:
        looked(request, case, f"what the yearly return asks of {case.person}")
        initial = kept | {one.name: one.value for one in registered if not kept.get(one.name)}
        initial |= {name: getattr(case.person, name) for name in OF_PERSON}
        initial["first_made"] = as_date(initial.get("first_made"))
        form = ItemsForm(version=number, initial=initial)
    context = {
        "case": case,
        "form": form,
        "day": day,
        "within": within,
        "found": found,
        "edition": EDITION,
        "held": held,
        "registers": apart(registered, form, kept),
    }
    return render(request, "return_items/items.html", context, status=status)


@page("return.header")
def header(request: HttpRequest) -> HttpResponse:
    """The authority, and whether its three officers are in post."""
    held = ReturnHeader.objects.filter(edition=EDITION).first()
    form = HeaderForm(request.POST) if request.method == "POST" else HeaderForm(initial=held.items if held else {})
    if request.method == "POST" and form.is_valid():
        set_header(form.cleaned_data, by=request.user)
        messages.success(request, f"The header of the return of {EDITION} is set.")
        return redirect("return_header")
    day = held.items["reference_date"] if held else None
    return render(request, "return_items/header.html", {"form": form, "day": as_date(day), "edition": EDITION})


@page("return.download")
def download(request: HttpRequest) -> HttpResponse:
    """The return as a file, when the form of the header's page asks for it; that it was taken is noted."""
    if request.method != "POST":
        return redirect("return_header")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"sen2_{EDITION}.xml"
        try:
            written = write_return(place)
        except DataError as error:
            messages.warning(request, f"{error.what} {error.action}")
            return redirect("return_header")
        made = place.read_bytes()
    words = f"Downloaded the SEN2 return of {EDITION}: {written.people:,} people, {written.plans:,} plans."
    add(who=request.user, action="export", words=words, request=request)
    response = HttpResponse(made, content_type="application/xml")
    response.headers["Content-Disposition"] = f'attachment; filename="sen2_{EDITION}.xml"'
    return response
