"""How rows are sealed: the hash of what a row says and of the seal before it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from json import dumps
from typing import Any


def seal(before: str, said: Mapping[str, Any]) -> str:
    """The SHA-256 of the seal before and of what a row says, in hexadecimal. Moments are taken in UTC."""
    text = dumps({"before": before, **said}, sort_keys=True, ensure_ascii=False, default=_plain)
    return sha256(text.encode()).hexdigest()


def seal_of_many(seals: Any) -> str:
    """One seal for many, in their order."""
    digest = sha256()
    for one in seals:
        digest.update(str(one).encode())
    return digest.hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be sealed.")
