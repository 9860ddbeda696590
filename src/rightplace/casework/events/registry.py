"""Every kind of event by its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from rightplace.casework.events import advice, change, dispute, plan, request, review
from rightplace.casework.events.base import Event

_CHAPTERS: Final = (request, advice, plan, review, change, dispute)


def _kinds() -> dict[str, type[Event]]:
    kinds = (
        thing
        for chapter in _CHAPTERS
        for thing in vars(chapter).values()
        if isinstance(thing, type) and issubclass(thing, Event) and thing is not Event
    )
    return {kind.name(): kind for kind in kinds}


EVENTS: Final[Mapping[str, type[Event]]] = MappingProxyType(_kinds())
"""Name to kind, in the order the process usually takes."""
