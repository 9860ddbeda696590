"""My work today."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.casework.deadline_rules import RULE
from rightplace.casework.terms import Adviser, Owner
from rightplace.web.cases.models import called
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page
from rightplace.web.today import work_list


@page("today.see")
def work(request: HttpRequest) -> HttpResponse:
    """The group of open deadlines that the address asks for, the first with any in it when it asks for none."""
    on = clock.today()
    rows = work_list.mine(request.user)
    groups = work_list.groups(rows, on)
    names = [group.name for group in groups]
    asked = request.GET.get("show", "")
    chosen = asked if asked in names else next((group.name for group in groups if group.count), names[0])
    group = next(group for group in groups if group.name == chosen)
    shown = Counted(work_list.of_group(rows, chosen, on), count=group.count).get_page(request.GET.get("page"))
    context = {
        "groups": groups,
        "chosen": group,
        "page": shown,
        "lines": [_line(*row) for row in shown.object_list],
        "on": on,
    }
    return render(request, "today/work.html", context)


def _line(
    rule: str, about: str, owner: str, due: date, reference: str, stage: str, forename: str, surname: str
) -> dict[str, object]:
    of = Adviser.labels().get(about, about)
    return {
        "reference": reference,
        "person": called(forename, surname),
        "stage": stage,
        "what": f"{RULE[rule].title}{f' ({of})' if of else ''}",
        "who": Owner(owner).label,
        "due": due,
    }
