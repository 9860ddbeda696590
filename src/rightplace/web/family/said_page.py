"""What the family said, for officers: word for word."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.family.models import Said
from rightplace.web.policy.binding import page

QUESTIONS: Final = MappingProxyType(
    {
        "well": "What goes well",
        "hard": "What is hard",
        "helps": "What helps",
        "hopes": "What they hope for",
        "text": "What they think of the draft",
        "school": "School or college",
        "why": "Why they want it",
        "meeting": "They want a meeting",
        "complete": "This is all they want to say",
    }
)


@page("family.said", find=find.case)
def said(request: HttpRequest, case: Case) -> HttpResponse:
    """Everything that a family sent: their request, views, answers and wishes."""
    looked(request, case, f"what the family of {case.person} said")
    return render(request, "family/said.html", {"case": case, "said": [_shown(one) for one in case.said.all()]})


def _shown(one: Said) -> dict[str, Any]:
    pairs = [(QUESTIONS.get(name, name), _text(value)) for name, value in one.answers.items()]
    return {
        "title": one.get_kind_display(),
        "by": one.recorded_by,
        "at": one.recorded_at,
        "answers": [pair for pair in pairs if pair[1]],
    }


def _text(value: Any) -> str:
    return {True: "Yes", False: "No", None: ""}[value] if value is None or isinstance(value, bool) else str(value)
