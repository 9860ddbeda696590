"""Reading a version that was issued, and what changed between two."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rightplace.web.audit.log import looked
from rightplace.web.cases import find as of_cases
from rightplace.web.cases.models import Case
from rightplace.web.plans import find, save
from rightplace.web.plans.difference import changes
from rightplace.web.plans.editor_page import sections
from rightplace.web.plans.models import PlanVersion
from rightplace.web.plans.sections import SECTIONS
from rightplace.web.plans.written import Written, from_json
from rightplace.web.policy.binding import page
from rightplace.web.policy.role import OFFICERS


@page("plan.read", find=find.version)
def version(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """A version as it was issued, to read or to print."""
    looked(request, version.case, f"version {version.number} of the plan of {version.case.person}")
    context = {"case": version.case, "version": version, "sections": sections(from_json(version.content))}
    return render(request, "plans/version.html", context)


@page("plan.read", find=of_cases.case)
def compare(request: HttpRequest, case: Case) -> HttpResponse:
    """What changed from one version to another; an officer may also compare with the plan in hand."""
    looked(request, case, f"what changed in the plan of {case.person}")
    versions = list(case.plan_versions.order_by("number"))
    in_hand = save.in_hand(case) if request.user.role in OFFICERS else ()
    texts: dict[str, tuple[str, tuple[Written, ...]]] = {
        str(held.number): (f"{held}", from_json(held.content)) for held in versions
    }
    if in_hand:
        texts["in-hand"] = ("The plan in hand", in_hand)
    names = list(texts)
    latest = names[: len(versions)] if len(versions) > 1 else names
    before = _chosen(request.GET.get("before"), names, latest[:-1][-1:] or latest)
    after = _chosen(request.GET.get("after"), names, latest[-1:])
    found = changes(texts[before][1], texts[after][1]) if len(names) > 1 else ()
    context = {
        "case": case,
        "choices": [(name, text[0]) for name, text in texts.items()],
        "before": before,
        "after": after,
        "names": {name: text[0] for name, text in texts.items()},
        "changes": [(SECTIONS[one.section], one) for one in found],
    }
    return render(request, "plans/compare.html", context)


def _chosen(asked: str | None, names: list[str], else_: list[str]) -> str:
    return str(asked) if asked in names else next(iter(else_), "")
