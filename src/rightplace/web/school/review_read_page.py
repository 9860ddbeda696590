"""Reports of review meetings that were sent, for the school, the officer and the family."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.policy.binding import page
from rightplace.web.school.models import ReviewPaper
from rightplace.web.school.plan import entries, latest
from rightplace.web.school.review_form import CHANGES, ReviewForm


@page("school.review_read", find=find.case)
def reviews(request: HttpRequest, case: Case) -> HttpResponse:
    """Every report that was sent, the newest first."""
    looked(request, case, f"the reports of review meetings of {case.person}")
    papers = ReviewPaper.objects.filter(case=case, sent_at__isnull=False)
    form = ReviewForm(outcomes=entries(latest(case), "E"))
    shown = [{"paper": paper, "lines": _lines(paper, form)} for paper in papers]
    return render(request, "school/reviews.html", {"case": case, "shown": shown})


def _lines(paper: ReviewPaper, form: ReviewForm) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in paper.entered.items():
        label: Any = form.fields[name].label if name in form.fields else "Progress towards an earlier outcome"
        text = dict(CHANGES).get(value, value) if name == "recommend" else value
        if text:
            found.append((str(label), str(text)))
    return found
