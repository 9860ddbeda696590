"""The list of cases, searched by name, reference or number."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from rightplace.calendar import clock
from rightplace.web.cases.scope import cases as seen_by
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page


@page("cases.list")
def cases(request: HttpRequest) -> HttpResponse:
    """Cases that fit the words searched for: each word begins a name, or is a reference or a pupil's number."""
    words = request.GET.get("words", "").strip()[:80]
    rows = seen_by(request.user).select_related("person", "officer", "setting")
    for word in words.split():
        named = Q(person__surname__istartswith=word) | Q(person__forename__istartswith=word)
        rows = rows.filter(named | Q(reference__iexact=word) | Q(person__upn=word.upper()))
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
