"""The pages on which schools, trusts and services are entered and changed."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode

from rightplace.web.accounts.models import Organisation
from rightplace.web.admin_pages import organisations as keeping
from rightplace.web.admin_pages.organisation_form import NewOrganisation, OrganisationForm
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page


@page("organisations.change")
def organisations(request: HttpRequest) -> HttpResponse:
    """Every school, trust and service, found by name or code."""
    words = request.GET.get("words", "").strip()[:80]
    rows = Organisation.objects.select_related("trust").annotate(people=Count("user")).order_by("name", "pk")
    for word in words.split():
        rows = rows.filter(Q(name__icontains=word) | Q(code__istartswith=word))
    shown = Counted(rows).get_page(request.GET.get("page"))
    context = {"page": shown, "words": words, "query": "&" + urlencode({"words": words})}
    return render(request, "admin_pages/organisations.html", context)


@page("organisations.change")
def add(request: HttpRequest) -> HttpResponse:
    """Enter a school, trust or service, for example a school that opens."""
    form = NewOrganisation(request.POST or None)
    if request.method == "POST" and form.is_valid():
        held = keeping.add(form.cleaned_data, by=request.user)
        messages.success(request, f"Entered: {held}.")
        return redirect("organisations")
    context = {"form": form, "title": "Enter a school, trust or service"}
    return render(request, "admin_pages/organisation.html", context)


def _find(organisation: int) -> Organisation:
    return get_object_or_404(Organisation, pk=organisation)


@page("organisations.change", find=_find)
def change(request: HttpRequest, held: Organisation) -> HttpResponse:
    """The form of one."""
    facts = {"name": held.name, "setting_kind": held.setting_kind, "trust": str(held.trust_id or "")}
    form = OrganisationForm(request.POST or None, kind=held.kind, initial=facts)
    if request.method == "POST" and form.is_valid():
        said = keeping.change(held, form.cleaned_data, by=request.user)
        messages.success(request, f"Changed: {'; '.join(said)}." if said else "Nothing was changed.")
        return redirect("organisations")
    context = {"form": form, "title": f"Change {held.name}", "held": held}
    return render(request, "admin_pages/organisation.html", context)
