"""Who helps families in this area: asked for by pages and letters, and changed by an administrator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from rightplace.web.admin_pages.models import AreaContact
from rightplace.web.audit import log


def contact(kind: str) -> AreaContact | None:
    """The service of a kind; None where nobody has entered it yet."""
    return AreaContact.objects.filter(kind=kind).first()


def in_words() -> dict[str, str]:
    """Kind to the service in a line of words, for letters; kinds that were entered only."""
    return {one.kind: str(one) for one in AreaContact.objects.all()}


def save(kind: str, facts: Mapping[str, Any], *, by: Any) -> AreaContact:
    """Enter a service, or what changed of it, with a row of the log that says what was and what is."""
    with transaction.atomic():
        held = AreaContact.objects.select_for_update().filter(kind=kind).first() or AreaContact(kind=kind)
        before = str(held) if held.pk else "nothing"
        for name, value in facts.items():
            setattr(held, name, value)
        held.save()
        what = AreaContact.Kind(kind).label
        log.add(
            who=by, action="settings", words=f"Changed whom families are told of. {what}: from “{before}” to “{held}”."
        )
        return held
