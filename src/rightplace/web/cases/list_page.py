"""The list of cases, searched by name, reference or number."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from rightplace.calendar import clock
from rightplace.web.cases.scope import cases as seen_by
from rightplace.web.cases.search import search
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page

_SHOWN: Final = (
    "reference", "stage", "next_due", "person__surname", "person__forename", "person__born", "setting__name",
    "officer__name", "officer__username",
)  # fmt: skip


@page("cases.list")
def cases(request: HttpRequest) -> HttpResponse:
    """Cases that fit the words searched for: see :func:`~rightplace.web.cases.search.search`."""
    words = request.GET.get("words", "").strip()[:80]
    rows = search(seen_by(request.user).select_related("person", "officer", "setting").only(*_SHOWN), words)
    if not request.GET.get("ended"):
        rows = rows.filter(ended=False)
    shown = Counted(rows.order_by("person__surname", "person__forename", "pk")).get_page(request.GET.get("page"))
    kept = {"words": words} | ({"ended": "1"} if request.GET.get("ended") else {})
    context = {
        "page": shown,
        "words": words,
        "ended": bool(request.GET.get("ended")),
        "query": "&" + urlencode(kept),
        "on": clock.today(),
    }
    return render(request, "cases/list.html", context)
