"""The draft plan that a setting was sent with a consultation, to read or to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.plans.editor_page import sections
from rightplace.web.plans.models import PlanVersion
from rightplace.web.plans.written import from_json
from rightplace.web.policy.binding import page
from rightplace.web.school.scope import consultation


@page("school.draft", find=find.case)
def draft(request: HttpRequest, case: Case) -> HttpResponse:
    """The version that the consultation is about: the latest that was issued when the setting was asked, or since."""
    asked = consultation(request.user, case)
    version = PlanVersion.objects.filter(case=case).order_by("-number").first()
    looked(request, case, f"the draft plan of {case.person}, as {asked.about if asked else 'a setting'} was consulted")
    shown = sections(from_json(version.content)) if version else []
    return render(request, "school/draft.html", {"case": case, "asked": asked, "version": version, "sections": shown})
