"""The list of cases, searched by name, reference or number."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from rightplace.calendar import clock
from rightplace.web.cases.models import called
from rightplace.web.cases.scope import cases as seen_by
from rightplace.web.cases.search import search
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page

_SHOWN: Final = (
    "reference", "stage", "next_due", "person__forename", "person__surname", "person__born", "setting__name",
    "officer__name", "officer__username",
)  # fmt: skip
"""Values and not records, of which a page would need a hundred."""


@page("cases.list")
def cases(request: HttpRequest) -> HttpResponse:
    """Cases that fit the words searched for: see :func:`~rightplace.web.cases.search.search`."""
    words = request.GET.get("words", "").strip()[:80]
    rows = search(seen_by(request.user), words)
    if not request.GET.get("ended"):
        rows = rows.filter(ended=False)
    rows = rows.order_by("person__surname", "person__forename", "pk").values_list(*_SHOWN)
    shown = Counted(rows).get_page(request.GET.get("page"))
    kept = {"words": words} | ({"ended": "1"} if request.GET.get("ended") else {})
    context = {
        "page": shown,
        "lines": [_line(*row) for row in shown.object_list],
        "words": words,
        "ended": bool(request.GET.get("ended")),
        "query": "&" + urlencode(kept),
        "on": clock.today(),
    }
    return render(request, "cases/list.html", context)


def _line(
    reference: str, stage: str, due: date | None, forename: str, surname: str, born: date | None, setting: str | None,
    officer: str | None, username: str | None,
) -> dict[str, Any]:  # fmt: skip
    return {
        "reference": reference,
        "person": called(forename, surname),
        "born": born,
        "setting": setting or "none",
        "stage": stage,
        "due": due,
        "officer": officer or username or "Nobody yet",
    }
