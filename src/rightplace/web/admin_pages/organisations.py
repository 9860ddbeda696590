"""Entering and changing schools, trusts and services. Each is one transaction with its row in the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from rightplace.web.accounts.models import Organisation
from rightplace.web.audit import log

FACTS: Final = ("name", "trust", "setting_kind")
"""What may be changed later. Kind and code stay: cases, accounts and the return go by them."""


def add(facts: Mapping[str, Any], *, by: Any) -> Organisation:
    """A new organisation, known by its code from now on."""
    with transaction.atomic():
        held = Organisation.objects.create(
            kind=facts["kind"], code=facts["code"], **{name: facts[name] for name in FACTS}
        )
        what = held.get_kind_display().lower()
        log.add(who=by, action="organisations", words=f"Entered {held} ({held.code}): {what}.")
    return held


def change(held: Organisation, facts: Mapping[str, Any], *, by: Any) -> list[str]:
    """Set the facts of an organisation, and give what changed in words; nothing is done where nothing did."""
    changed = [name for name in FACTS if getattr(held, name) != facts[name]]
    said = [
        f"{name.replace('_', ' ')} from “{getattr(held, name) or 'none'}” to “{facts[name] or 'none'}”"
        for name in changed
    ]
    if not changed:
        return []
    with transaction.atomic():
        for name in changed:
            setattr(held, name, facts[name])
        held.save(update_fields=changed)
        log.add(who=by, action="organisations", words=f"Changed {held.code}: {'; '.join(said)}.")
    return said
