"""From what stands in an address to a deadline that may be excused, or to an exemption."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404

from rightplace.casework.deadlines import RULE
from rightplace.casework.rule import DeadlineRule
from rightplace.web.cases import find
from rightplace.web.cases.models import Case, CaseExemption


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDeadline:
    """A case and the rule of the deadline that the address names."""

    case: Case
    rule: DeadlineRule


def deadline(reference: str, rule: str) -> AskedDeadline:
    """A deadline that the regulations say may be excused. Raises ``Http404``."""
    if rule not in RULE or not RULE[rule].exemptions:
        raise Http404
    return AskedDeadline(case=find.case(reference), rule=RULE[rule])


def exemption(reference: str, number: int) -> CaseExemption:
    """An exemption by its number. Raises ``Http404``."""
    rows = CaseExemption.objects.select_related("case__person", "case__officer", "case__setting", "withdrawal")
    return get_object_or_404(rows, case__reference=reference, pk=number)
