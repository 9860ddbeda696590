"""From what stands in an address to a request for advice."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from rightplace.web.advice.models import Request


def request(number: int) -> Request:
    """A request with its case. Raises ``Http404``."""
    rows = Request.objects.select_related("case__person", "case__officer", "case__setting", "user")
    return get_object_or_404(rows, pk=number)
