"""Trouble that is neither the person's fault nor a mistake of ours: no way to the database, no room, others in the way."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Any, Final

from django.db import InterfaceError, OperationalError

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_HIDDEN: Final = ("csrfmiddlewaretoken", "key", "mark", "version", "password", "login", "code", "revision")
_MOST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is told: a title, what happened, and what to do about it."""

    title: str
    happened: str
    do: str


UNREACHABLE: Final = Trouble(
    title="We cannot reach the records just now",
    happened="The service is running, and the place where it keeps its records does not answer.",
    do="Wait a minute and try again. If it lasts, tell the people who look after this service.",
)
FULL: Final = Trouble(
    title="There is no room left to save",
    happened="The disk on which the records are kept is full. What is kept can still be read.",
    do="Tell the people who look after this service that the disk is full, and try again when they have made room.",
)
BUSY: Final = Trouble(
    title="Too many people were saving at once",
    happened="Others were saving the same records, and yours had to wait for too long.",
    do="Try again now.",
)


def trouble(error: BaseException | None) -> Trouble | None:
    """The trouble that an error tells of; None where it is a mistake of ours."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return FULL
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    # https://www.postgresql.org/docs/current/errcodes-appendix.html
    state = str(getattr(error.__cause__, "sqlstate", "") or "")
    said = str(error).lower()
    if state == "53100" or "disk is full" in said:
        return FULL
    if state.startswith("40") or state in ("55P03", "57014") or "is locked" in said:
        return BUSY
    return UNREACHABLE


def written(request: Any) -> list[str]:
    """What a person had written in the form that could not be saved, so that they can copy it; nothing of a sign-in."""
    if request.method != "POST" or request.path.startswith("/accounts/"):
        return []
    found = [text for name, texts in request.POST.lists() if not name.startswith(_HIDDEN) for text in texts]
    long = [text for text in found if len(text.strip()) > 2]
    return long if sum(map(len, long)) <= _MOST else []
