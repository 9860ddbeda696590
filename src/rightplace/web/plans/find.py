"""From what stands in an address to an entry or a version of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from rightplace.web.cases import find
from rightplace.web.cases.models import Case
from rightplace.web.plans.models import Part, PlanVersion
from rightplace.web.plans.sections import SECTIONS, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSection:
    """A case and the section that the address names."""

    case: Case
    section: Section


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedIssue:
    """A case and the kind of version to be issued."""

    case: Case
    kind: str


def section(reference: str, letter: str) -> AskedSection:
    """A section of the plan of a case. Raises ``Http404``."""
    if letter not in SECTIONS:
        raise Http404
    return AskedSection(case=find.case(reference), section=SECTIONS[letter])


def part(reference: str, number: int) -> Part:
    """An entry of the plan in hand. Raises ``Http404``."""
    parts = Part.objects.select_related("case__person", "case__officer", "case__setting").filter(removed=False)
    return get_object_or_404(parts, case__reference=reference, number=number)


def issue(reference: str, kind: str) -> AskedIssue:
    """What is to be issued. Raises ``Http404``."""
    if kind not in PlanVersion.Kind.values:
        raise Http404
    return AskedIssue(case=find.case(reference), kind=kind)


def version(reference: str, number: int) -> PlanVersion:
    """A version that was issued. Raises ``Http404``."""
    versions = PlanVersion.objects.select_related("case__person", "case__officer", "case__setting")
    return get_object_or_404(versions, case__reference=reference, number=number)
