"""Where somebody is placed: the list with the form of a new placement, and ending one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.attempt import DONE, REFUSED, attempt
from rightplace.web.cases.models import Case
from rightplace.web.placement.models import Stay
from rightplace.web.placement.stay_form import EndForm, StayForm
from rightplace.web.placement.stays import begin, change
from rightplace.web.policy.binding import page


@page("stays.keep", find=find.case)
def stays(request: HttpRequest, case: Case) -> HttpResponse:
    """Every placement, and the form of a new one."""
    born, status = case.person.born, REFUSED
    form = StayForm(request.POST, born=born) if request.method == "POST" else StayForm(born=born)
    if request.method == "POST" and form.is_valid():
        status = attempt(form, lambda: begin(case, form.cleaned_data, by=request.user))
        if status == DONE:
            messages.success(request, "The placement is recorded.")
            return redirect("stays", case.reference)
    if request.method != "POST":
        looked(request, case, f"where {case.person} is placed")
    rows = list(case.stays.select_related("setting"))
    loaded = hasattr(case, "returned") and not rows
    return render(
        request, "placement/stays.html", {"case": case, "form": form, "stays": rows, "loaded": loaded}, status=status
    )


def _find(reference: str, number: int) -> Stay:
    rows = Stay.objects.select_related("case__person", "case__officer", "case__setting", "setting").filter(struck="")
    return get_object_or_404(rows, case__reference=reference, pk=number)


@page("stays.keep", find=_find)
def stay(request: HttpRequest, stay: Stay) -> HttpResponse:
    """One placement: its last day, or why it was a mistake."""
    case = stay.case
    form = EndForm(request.POST, entry=stay.entry) if request.method == "POST" else EndForm(entry=stay.entry)
    if request.method == "POST" and form.is_valid():
        change(stay, form.cleaned_data, by=request.user)
        messages.success(request, "The placement is changed.")
        return redirect("stays", case.reference)
    if request.method != "POST":
        looked(request, case, f"a placement of {case.person}")
    return render(request, "placement/stay.html", {"case": case, "form": form, "stay": stay})
