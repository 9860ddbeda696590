"""From an address to a run."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from rightplace.web.planning.models import Run


def run(run: int) -> Run:
    """A run by its number. Raises ``Http404``."""
    return get_object_or_404(Run, pk=run)
