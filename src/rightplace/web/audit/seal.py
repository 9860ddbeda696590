"""How rows are sealed: the hash of what a row says and of the seal before it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from json import dumps
from typing import Any


def seal(before: str, said: Mapping[str, Any]) -> str:
    """The SHA-256 of the seal before and of what a row says, in hexadecimal. Moments are taken in UTC."""
    return sha256(_text({"before": before, **said}).encode()).hexdigest()


def pieces(said: Mapping[str, Any]) -> tuple[str, str, str]:
    """The sealed text of a row whose number and seal before are not known yet, in the three pieces around them.

    The text is ``first + seal before + second + number + third``. ``said`` holds at least one name before "before", one
    between and one after "number", in the order of the alphabet.
    """
    names = sorted(said)
    first = _text({name: said[name] for name in names if name < "before"})
    second = _text({name: said[name] for name in names if "before" < name < "number"})
    third = _text({name: said[name] for name in names if name > "number"})
    return f'{first[:-1]}, "before": "', f'", {second[1:-1]}, "number": ', f", {third[1:]}"


def seal_of_many(seals: Any) -> str:
    """One seal for many, in their order."""
    digest = sha256()
    for one in seals:
        digest.update(str(one).encode())
    return digest.hexdigest()


def _text(said: Mapping[str, Any]) -> str:
    return dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be sealed.")
