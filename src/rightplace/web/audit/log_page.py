"""The log as an auditor reads it: who, when, what; found by child or young person, by person or by word."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from rightplace.web.audit import log as writing
from rightplace.web.audit.models import Entry, Head
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page

_AT_A_TIME = 50


@page("audit.read")
def log(request: HttpRequest) -> HttpResponse:
    """The log, the newest first, with two filters in the address. Reading it is itself noted."""
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("case", "who")}
    rows = Entry.objects.order_by("-number")
    if asked["case"]:
        rows = rows.filter(case=asked["case"])
    if asked["who"]:
        rows = rows.filter(who=asked["who"])
    writing.add(who=request.user, action="read_log", words=_words(asked), request=request)
    shown: Paginator = Counted(rows, _AT_A_TIME)
    context = {
        "page": shown.get_page(request.GET.get("page")),
        "asked": asked,
        "query": "&" + urlencode({name: value for name, value in asked.items() if value})
        if any(asked.values())
        else "",
        "head": Head.objects.filter(pk=1).first(),
    }
    return render(request, "audit/log.html", context)


def _words(asked: dict[str, str]) -> str:
    of = " and ".join(f"{name} {value}" for name, value in asked.items() if value)
    return f"Read the log of access{' of ' + of if of else ''}."
