"""Reviews that are due, and the chain of one."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.casework.deadlines import RULE
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.case_page import unknown_days
from rightplace.web.cases.models import Case, OpenDeadline
from rightplace.web.cases.store.read import stand
from rightplace.web.design.lists import Counted
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import Role
from rightplace.web.reviews.chain import CHAIN, chain

_AHEAD: Final = timedelta(weeks=8)


@page("reviews.list")
def reviews(request: HttpRequest) -> HttpResponse:
    """Steps of reviews that are open: late, due in eight weeks, or later; one's own, or everyone's for a manager."""
    on = clock.today()
    rows = OpenDeadline.objects.filter(rule__in=CHAIN, due__isnull=False)
    if request.user.role != Role.TEAM_MANAGER:
        rows = rows.filter(case__officer=request.user)
    asked = {
        "late": ("Late", Q(due__lt=on)),
        "soon": ("Due in eight weeks", Q(due__gte=on, due__lte=on + _AHEAD)),
        "later": ("Later", Q(due__gt=on + _AHEAD)),
    }
    counts = rows.aggregate(**{name: Count("pk", filter=test) for name, (_, test) in asked.items()})
    chosen = request.GET.get("show", "")
    if chosen not in asked:
        chosen = next((name for name in asked if counts[name]), "late")
    found = rows.filter(asked[chosen][1]).select_related("case__person", "case__setting", "case__officer")
    shown = Counted(found.order_by("due", "pk")).get_page(request.GET.get("page"))
    context = {
        "on": on,
        "groups": [(name, words, counts[name]) for name, (words, _) in asked.items()],
        "chosen": chosen,
        "words": asked[chosen][0],
        "page": shown,
        "lines": [(row, RULE[row.rule].title) for row in shown.object_list],
    }
    return render(request, "reviews/reviews.html", context)


@page("review.see", find=find.case)
def review(request: HttpRequest, case: Case) -> HttpResponse:
    """The chain of a review: notice and papers two weeks before, report after two, decision after four, plan after twelve."""
    looked(request, case, f"the review of the plan of {case.person}")
    now = stand(case, clock.today())
    context = {
        "case": case,
        "on": now.view.on,
        "steps": chain(now.view, unknown_days(now)),
        "next": [step for step in now.view.may_happen if step.event.startswith(("review_", "amend"))],
    }
    return render(request, "reviews/review.html", context)
