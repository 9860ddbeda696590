"""The documents of a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.design.lists import Counted
from rightplace.web.documents.sharing import owed_to_advisers, visible
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import OFFICERS


@page("documents.list", find=find.case)
def documents(request: HttpRequest, case: Case) -> HttpResponse:
    """The documents of a case that the person may open, the newest first."""
    looked(request, case, f"the list of documents of {case.person}")
    officer = request.user.role in OFFICERS
    shown = Counted(visible(request.user, case).order_by("-added_at", "-pk")).get_page(request.GET.get("page"))
    return render(
        request,
        "documents/list.html",
        {"case": case, "page": shown, "officer": officer, "closed": owed_to_advisers(case) if officer else 0},
    )
