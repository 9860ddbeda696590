"""My documents: those that are meant for the family."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.documents.sharing import visible
from rightplace.web.policy.binding import page


@page("family.see", find=find.case)
def documents(request: HttpRequest, case: Case) -> HttpResponse:
    """The documents of a family's record, the newest first, and every version of the plan."""
    looked(request, case, f"the list of the family's documents of {case.person}")
    context = {
        "case": case,
        "documents": visible(request.user, case),
        "versions": case.plan_versions.order_by("-number"),
    }
    return render(request, "family/documents.html", context)
