"""The text of a plan as values: what was written in each entry, of the plan in hand or of a version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from rightplace.web.plans.sections import SECTIONS

FACTS: Final = ("text", "how_much", "how_often", "who", "source")
"""What an entry may say: its text; for provision the amount, frequency and who gives it; the report it rests on.

In Section I ``text`` is the name of the setting and ``how_much`` is not used; its type is ``kind``.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One entry of a plan. ``number`` is its own within the case, and stays when the text changes."""

    section: str
    number: int
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ties: tuple[int, ...] = ()
    revision: int = 0

    @property
    def text(self) -> str:
        """What is written."""
        return self.values.get("text", "")

    def said(self) -> str:
        """The whole entry as one text, for reading and for comparing."""
        named = (("How much", "how_much"), ("How often", "how_often"), ("By whom", "who"), ("Type", "kind"))
        parts = [self.text, *(f"{label}: {self.values[name]}." for label, name in named if self.values.get(name))]
        return "\n".join(part for part in parts if part)


def in_order(entries: Iterable[Written]) -> tuple[Written, ...]:
    """Entries in the order of a plan."""
    places = {letter: place for place, letter in enumerate(SECTIONS)}
    return tuple(sorted(entries, key=lambda entry: (places[entry.section], entry.number)))


def of_section(entries: Iterable[Written], letter: str) -> tuple[Written, ...]:
    """The entries of one section."""
    return tuple(entry for entry in entries if entry.section == letter)


def labels(entries: Sequence[Written]) -> dict[int, str]:
    """What each entry is called in a plan: "B1", "B2", "F1"; in the two parts of Section H "H1.1", "H2.1"."""
    found: dict[int, str] = {}
    for letter in SECTIONS:
        start = f"{letter}." if letter[-1].isdigit() else letter
        for place, entry in enumerate(of_section(entries, letter), start=1):
            found[entry.number] = f"{start}{place}" if SECTIONS[letter].many else letter
    return found


def to_json(entries: Iterable[Written]) -> list[dict[str, Any]]:
    """Entries as JSON values."""
    return [
        {"section": entry.section, "number": entry.number, "values": dict(entry.values), "ties": list(entry.ties)}
        for entry in in_order(entries)
    ]


def from_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Written, ...]:
    """Entries from JSON values."""
    return tuple(
        Written(section=row["section"], number=row["number"], values=dict(row["values"]), ties=tuple(row["ties"]))
        for row in rows
    )


def seal_of(entries: Iterable[Written]) -> str:
    """SHA-256 of a text: two texts have the same one if and only if they say the same."""
    whole = json.dumps(to_json(entries), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()
