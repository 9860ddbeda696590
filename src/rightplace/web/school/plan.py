"""The plan that a school works from: the latest version that was issued."""

from __future__ import annotations

from typing import Any

from rightplace.web.cases.models import Case
from rightplace.web.plans.models import PlanVersion
from rightplace.web.plans.sections import SECTIONS
from rightplace.web.plans.written import Written, from_json, labels, of_section


def latest(case: Case) -> PlanVersion | None:
    """The latest version of a plan that was issued as final; None where there is none."""
    final = (PlanVersion.Kind.FINAL, PlanVersion.Kind.AMENDED)
    return PlanVersion.objects.filter(case=case, kind__in=final).order_by("-number").first()


def entries(version: PlanVersion | None, letter: str) -> list[tuple[str, Written]]:
    """The entries of one section of a version, each with what it is called ("E1")."""
    if version is None:
        return []
    whole = from_json(version.content)
    names = labels(whole)
    return [(names[entry.number], entry) for entry in of_section(whole, letter)]


def shown(version: PlanVersion | None) -> list[dict[str, Any]]:
    """A version as its sections with their entries, for reading."""
    if version is None:
        return []
    found = []
    for letter, section in SECTIONS.items():
        held = [{"label": name, "said": entry.said()} for name, entry in entries(version, letter)]
        found.append({"title": f"Section {letter}: {section.title}", "entries": held})
    return [one for one in found if one["entries"]]
