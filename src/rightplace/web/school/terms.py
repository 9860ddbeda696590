"""Terms, for summing up what was given: the school's own days differ, so a term is a run of whole months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Term:
    """A term: the calendar year it is in, and its place in it (1 spring, 2 summer, 3 autumn)."""

    year: int
    place: int

    @property
    def words(self) -> str:
        """ "Autumn 2026 (September to December)"."""
        name, months = _NAMES[self.place]
        return f"{name} {self.year} ({months})"


_NAMES: Final = {
    1: ("Spring", "January to March"),
    2: ("Summer", "April to August"),
    3: ("Autumn", "September to December"),
}


def term_of(day: date) -> Term:
    """The term of a day."""
    place = 1 if day.month <= 3 else 2 if day.month <= 8 else 3
    return Term(year=day.year, place=place)
