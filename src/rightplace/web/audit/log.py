"""Adding to the log."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from rightplace.calendar import clock
from rightplace.web.audit.chain import append
from rightplace.web.audit.models import Entry

SAID: Final = ("number", "at", "who", "who_id", "role", "action", "words", "case", "request", "seals")
"""The fields that a seal covers."""


def add(
    *, who: Any, action: str, words: str, case: str = "", request: HttpRequest | None = None, seals: str = ""
) -> Entry:
    """Add a row to the log. ``who`` is a user, or the name of a command; ``words`` a sentence.

    Takes part in the transaction around it, so that a thing is recorded if and only if it was done.
    """
    known = getattr(who, "pk", None) is not None
    return append(
        {
            "at": clock.now(),
            "who": str(who) if known or isinstance(who, str) else "Somebody who had not signed in",
            "who_id": who.pk if known else None,
            "role": getattr(who, "role", "") if known else "",
            "action": action,
            "words": words,
            "case": case,
            "request": request.headers.get("X-Request-Id", "")[:40] if request else "",
            "seals": seals,
        }
    )


def looked(request: HttpRequest, case: Any, what: str) -> Entry:
    """Note that the person signed in looked at something of a child or young person: ``what`` completes "Looked at"."""
    return add(who=request.user, action="read", words=f"Looked at {what}.", case=case.reference, request=request)
