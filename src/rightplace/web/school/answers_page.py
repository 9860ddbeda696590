"""What settings answered when they were consulted, for officers: in full, with the ground."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.policy.binding import page
from rightplace.web.school.answer_page import GROUNDS, AnswerForm
from rightplace.web.school.models import ConsultationAnswer


@page("school.answers", find=find.case)
def answers(request: HttpRequest, case: Case) -> HttpResponse:
    """Every answer that was sent through the service, the newest first."""
    looked(request, case, f"what settings answered about {case.person}")
    held = ConsultationAnswer.objects.filter(case=case).order_by("-pk")
    shown = [{"answer": one, "lines": _lines(one)} for one in held]
    return render(request, "school/answers.html", {"case": case, "shown": shown})


def _lines(one: ConsultationAnswer) -> list[tuple[str, str]]:
    found = []
    for name, value in one.answers.items():
        text: Any = {True: "Yes", False: "No"}.get(value, value) if isinstance(value, bool) else value
        text = dict(GROUNDS).get(text, text) if name == "ground" and text else text
        if text:
            found.append((str(AnswerForm.base_fields[name].label), str(text)))
    return found
