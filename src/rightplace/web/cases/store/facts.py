"""Events of casework as rows, and rows as events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_type_hints

from rightplace.casework.events import EVENTS, Event
from rightplace.errors import DataError
from rightplace.vocabulary.term import Term

_IN_EVERY: Final = ("day", "recorded_by")


@cache
def hints(kind: type) -> dict[str, tuple[type, bool]]:
    """The facts of a kind of event beside its day: name to type, and whether it may be left open."""
    found = {}
    for name, hint in get_type_hints(kind).items():
        if name in _IN_EVERY or name not in {item.name for item in fields(kind)}:
            continue
        kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
        found[name] = (next(one for one in kinds if one is not NoneType), NoneType in kinds)
    return found


def to_facts(event: Event) -> dict[str, Any]:
    """The facts of an event as JSON values: dates as text, coded words as their codes."""
    return {name: _plain(getattr(event, name)) for name in hints(type(event))}


def to_event(kind: str, day: date, facts: Mapping[str, Any], recorded_by: str = "") -> Event:
    """An event from a row. Raises ``DataError`` where the row is not one that this version knows."""
    try:
        made = EVENTS[kind]
        values = {name: _typed(facts.get(name), hint) for name, (hint, _) in hints(made).items() if name in facts}
        return made(day=day, recorded_by=recorded_by, **values)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"An event of the case cannot be read: {kind} of {day} ({error}).",
            action="Run the version of Rightplace that recorded it, or ask for help.",
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _typed(value: Any, hint: type) -> Any:
    if value is None:
        return None
    if hint is date:
        return date.fromisoformat(value)
    return hint(value) if issubclass(hint, Term) else value
