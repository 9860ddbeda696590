"""The base of every event: a dated fact about a case, as somebody recorded it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from rightplace.casework.terms import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in a case on a day.

    ``LABEL`` is how an officer says it; ``FAMILY`` how we say it to a family ("{child}" and "{child's}" become
    "your child" or "you"); ``BASIS`` the law it stands on; ``BY`` who does it. ``recorded_by`` is a name or role.
    """

    LABEL: ClassVar[str] = ""
    FAMILY: ClassVar[str] = ""
    BASIS: ClassVar[str] = ""
    BY: ClassVar[Owner] = Owner.AUTHORITY

    day: date
    recorded_by: str = ""

    @classmethod
    def name(cls) -> str:
        """The name used in files: ``RequestReceived`` is ``request_received``."""
        letters = (f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)
        return "".join(letters).lstrip("_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Events of one kind, or only those of the kind whose ``field`` holds one of ``values``."""

    event: type[Event]
    field: str = ""
    values: tuple[Any, ...] = ()

    @classmethod
    def of(cls, *kinds: type[Event]) -> tuple[Self, ...]:
        """Matches for all events of several kinds."""
        return tuple(cls(event=kind) for kind in kinds)

    def fits(self, event: Event) -> bool:
        """Whether an event is one of these."""
        if type(event) is not self.event:
            return False
        return not self.field or getattr(event, self.field) in self.values
