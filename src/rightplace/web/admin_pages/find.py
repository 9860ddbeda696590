"""From an address to an account."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from rightplace.web.accounts.models import User


def person(account: int) -> User:
    """An account by its number. Raises ``Http404``."""
    return get_object_or_404(User.objects.select_related("organisation"), pk=account)
