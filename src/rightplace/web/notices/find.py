"""From an address to a notice."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from rightplace.web.notices.models import Notice


def notice(number: int) -> Notice:
    """A notice by its number. Raises ``Http404``."""
    return get_object_or_404(Notice.objects.select_related("case"), pk=number)
