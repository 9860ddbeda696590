"""What a register of schools looks like: how to know it, and which of its columns fill the settings table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rightplace.returns.statistics.shape import Shape


class Reading(StrEnum):
    """How the text of a column becomes a value."""

    TEXT = "text as it stands"
    NUMBER = "a whole number"
    PLACES = "a whole number; 0 means not known, as a school has places"
    METRES = "metres"
    DEGREES = "degrees"
    DATE = "a date, day first"
    SEX = "Boys, Girls or Mixed"
    TYPE_CODE = "GIAS code of the type of establishment"
    TYPE_NAME = "GIAS name of the type of establishment"
    GROUP_NAME = "GIAS name of the group of types of establishment"
    APPROVED = "Approved or Not approved"
    PROVISION = "type of resourced provision"
    STATUS = "Open, Closed, Open but proposed to close, or Proposed to open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One fact about a setting: the columns it may be in, first choice first, how to read it, and what it means."""

    columns: tuple[str, ...]
    reading: Reading = Reading.TEXT
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A kind of register. ``fields`` maps a fact (a column of the settings table, or one that serves it) to its columns.

    ``needs`` are the columns of the types of need a setting is set up for. ``year`` is when it was current (0: as its name says).
    ``airy`` says that its degrees are on Airy's spheroid, as a conversion from the National Grid without a shift leaves
    them: read as satellite degrees they would be 110 metres out.
    """

    shape: Shape
    fields: Mapping[str, Field]
    needs: tuple[str, ...] = ()
    year: int = 0
    airy: bool = False

    def columns(self, held: set[str]) -> dict[str, list[str]]:
        """Each fact's columns that the file has, in order of choice."""
        found = {fact: [column for column in one.columns if column in held] for fact, one in self.fields.items()}
        return {fact: columns for fact, columns in found.items() if columns}
