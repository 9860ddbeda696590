"""From what stands in an address to a record."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from rightplace.web.cases.models import Case, Document


def case(reference: str) -> Case:
    """A case by its reference, with its person, officer and setting. Raises ``Http404``."""
    return get_object_or_404(Case.objects.select_related("person", "officer", "setting"), reference=reference)


def document(number: int) -> Document:
    """A document by its number, with its case. Raises ``Http404``."""
    return get_object_or_404(Document.objects.select_related("case__person"), pk=number)
