"""The caseload of the team, and what is at risk of being late."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from rightplace.calendar import clock
from rightplace.casework.deadline_rules import RULE
from rightplace.web.caseload.load import at_risk, loads
from rightplace.web.cases.models import OpenDeadline
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page


@page("caseload.see")
def caseload(request: HttpRequest) -> HttpResponse:
    """Each officer's cases and duties, and the duties of all or one, nearest to late first."""
    on = clock.today()
    asked = request.GET.get("officer", "")
    held = loads(on)
    names = {str(one.number): one.name for one in held if one.number is not None} | {"none": "nobody yet"}
    officer = asked if asked in names else ""
    shown = Counted(at_risk(officer, on)).get_page(request.GET.get("page"))
    context = {
        "on": on,
        "loads": held,
        "page": shown,
        "lines": [_line(row, on) for row in shown.object_list],
        "officer": officer,
        "name": names.get(officer, ""),
        "query": "&" + urlencode({"officer": officer}) if officer else "",
    }
    return render(request, "caseload/caseload.html", context)


def _line(row: OpenDeadline, on: Any) -> dict[str, Any]:
    rule = RULE[row.rule]
    whole = (row.due - row.started).days if row.due else 0
    used = (on - row.started).days
    return {
        "case": row.case,
        "what": rule.title,
        "due": row.due,
        "used": f"{used} of {whole} days" if whole > 0 else "",
    }
