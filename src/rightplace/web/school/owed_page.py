"""What I owe, by when: for a school's SENCO, and for a trust's over all its schools."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.casework.deadlines import RULE
from rightplace.casework.terms import Adviser
from rightplace.web.cases.models import OpenDeadline
from rightplace.web.cases.scope import cases
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page
from rightplace.web.school.scope import consultations

SOON: Final = timedelta(weeks=12)
_ADDRESS: Final = {
    "setting_consult": ("school_answer", ()),
    "advice_return": ("school_advice", ()),
    "review_invite": ("school_done", ("review_invited",)),
    "review_papers": ("school_done", ("review_papers_sent",)),
    "review_report": ("school_review", ()),
    "review_due": ("school_review", ()),
}
"""Rule to the page where it is done."""


@page("school.owed")
def owed(request: HttpRequest) -> HttpResponse:
    """What is owed, the longest overdue first; reviews that are coming; and the children and young people."""
    user, today = request.user, clock.today()
    mine = cases(user).filter(ended=False)
    ours = OpenDeadline.objects.filter(case__in=mine)
    review = ours.filter(rule__in=("review_invite", "review_papers", "review_report"))
    advice = ours.filter(rule="advice_return", about=Adviser.EDUCATION.value)
    owing = (review | advice).order_by().values("pk")
    asked = consultations(user).order_by().values("pk")
    rows = OpenDeadline.objects.filter(pk__in=owing) | OpenDeadline.objects.filter(pk__in=asked)
    soon = ours.filter(rule="review_due", due__lte=today + SOON)
    people = mine.select_related("person", "setting").order_by("person__surname", "person__forename", "pk")
    context = {
        "owed": _page(request, "owed", _with_people(rows)),
        "soon": _page(request, "soon", _with_people(soon)),
        "page": Counted(people).get_page(request.GET.get("page")),
        "on": today,
    }
    return render(request, "school/owed.html", context)


def _page(request: HttpRequest, name: str, rows: Any) -> dict[str, Any]:
    shown = Counted(rows, 50).get_page(request.GET.get(name))
    return {"page": shown, "lines": [_line(row) for row in shown.object_list]}


def _with_people(rows: Any) -> Any:
    return rows.select_related("case__person", "case__setting").order_by("due", "pk")


def _line(row: OpenDeadline) -> dict[str, Any]:
    name, more = _ADDRESS[row.rule]
    return {
        "title": RULE[row.rule].title,
        "case": row.case,
        "due": row.due,
        "where": row.about if row.rule == "setting_consult" else row.case.setting,
        "href": reverse(name, args=[row.case.reference, *more]),
    }
