"""The plan in hand: every section, what is not specific, what is not tied, and the versions issued so far."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.calendar import clock
from rightplace.web.audit.log import looked
from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.cases.store.read import stand
from rightplace.web.plans import save
from rightplace.web.plans.gaps import gaps, vague
from rightplace.web.plans.models import PlanVersion
from rightplace.web.plans.sections import SECTIONS
from rightplace.web.plans.written import Written, labels, of_section
from rightplace.web.policy.binding import page


@page("plan.write", find=find.case)
def plan(request: HttpRequest, case: Case) -> HttpResponse:
    """The plan in hand."""
    looked(request, case, f"the plan in hand of {case.person}")
    entries = save.in_hand(case)
    view = stand(case, clock.today()).view
    may = {step.event for step in view.may_happen}
    context = {
        "case": case,
        "sections": sections(entries, vague(entries)),
        "gaps": gaps(entries),
        "versions": list(case.plan_versions.order_by("-number")),
        "issues": [(kind.value, kind.label) for kind in PlanVersion.Kind if kind.value in may],
        "barred": [barred for barred in view.may_not if barred.event in PlanVersion.Kind.values],
        "written": bool(entries),
    }
    return render(request, "plans/plan.html", context)


def sections(entries: tuple[Written, ...], asks: dict[int, Any] | None = None) -> list[dict[str, Any]]:
    """The sections of a plan with their entries, as a page shows them."""
    names = labels(entries)
    return [
        {
            "section": section,
            "entries": [_line(entry, names, asks or {}) for entry in of_section(entries, letter)],
        }
        for letter, section in SECTIONS.items()
    ]


def _line(entry: Written, names: dict[int, str], asks: dict[int, Any]) -> dict[str, Any]:
    return {
        "name": names[entry.number],
        "number": entry.number,
        "paragraphs": entry.said().splitlines(),
        "source": entry.values.get("source", ""),
        "ties": [names[tie] for tie in entry.ties if tie in names],
        "asks": asks.get(entry.number, ()),
    }
