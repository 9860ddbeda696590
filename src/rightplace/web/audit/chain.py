"""Adding a row to the end of the log, sealed by the one before, with the end of the log held for as short as can be.

Whoever adds a row must know the seal of the last one, so rows are added one at a time. The database works out number and
seal itself, from text that is ready, so that nobody waits while this process thinks or is not given a turn. On PostgreSQL
it is one statement. See docs/decisions/0004.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import connection, transaction

from rightplace.web.audit.models import Entry, Head
from rightplace.web.audit.seal import pieces

_ADD: Final = {
    "postgresql": (
        "UPDATE audit_head SET number = number + 1, before = seal,"
        " seal = encode(sha256(convert_to(%s || seal || %s || (number + 1)::text || %s, 'UTF8')), 'hex')"
        " WHERE id = 1 RETURNING number, before, seal"
    ),
    "sqlite": (
        "UPDATE audit_head SET number = number + 1, before = seal,"
        " seal = SHA256(%s || seal || %s || (number + 1) || %s)"
        " WHERE id = 1 RETURNING number, before, seal"
    ),
}
_PLACES: Final = ("number", "before", "seal")


def append(said: Mapping[str, Any]) -> Entry:
    """Add a row that says this (all that a seal covers but its number), and give it with its number and seals."""
    placed = _append(said)
    if placed is None:
        Head.objects.get_or_create(pk=1)
        placed = _append(said)
    entry = Entry(**said, **dict(zip(_PLACES, placed, strict=True)))
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def _append(said: Mapping[str, Any]) -> Any:
    names = (*said, *_PLACES)
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    add, text = _ADD[connection.vendor], pieces(said)
    values = ", ".join(["%s"] * len(said))
    if connection.vendor == "postgresql":
        together = (
            f"WITH head AS ({add}) INSERT INTO audit_entry ({columns})"  # noqa: S608 - our own names
            f" SELECT {values}, head.number, head.before, head.seal FROM head RETURNING number, before, seal"
        )
        return _one(together, [*text, *said.values()])
    with transaction.atomic():
        placed = _one(add, list(text))
        if placed is not None:
            Entry.objects.create(**said, **dict(zip(_PLACES, placed, strict=True)))
        return placed


def _one(statement: str, values: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
