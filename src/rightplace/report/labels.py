"""The words a reader sees for the codes of a dimension, in the order of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rightplace.vocabulary import year_group
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import Phase

_LABELS: Final[dict[str, dict[str, str]]] = {
    "total": {"total": "All plans"},
    "need": Need.labels(),
    "setting": SettingKind.labels(),
    "phase": Phase.labels(),
    "year_group": {str(group): year_group.label(group) for group in year_group.YEAR_GROUPS},
}

HEADINGS: Final = {
    "total": "Plans",
    "need": "Primary need",
    "setting": "Kind of setting",
    "phase": "Phase",
    "year_group": "Year group",
}
"""What to call each dimension at the head of a column."""

PHASE_OF: Final = {str(group): str(year_group.phase(group)) for group in year_group.YEAR_GROUPS}
"""Year group to phase, both as they stand in frames."""


def label(dimension: str, value: str) -> str:
    """What people call a value of a dimension; the value itself where the vocabulary has no word."""
    return _LABELS.get(dimension, {}).get(value, value)


def in_sentence(dimension: str, value: str) -> str:
    """The label as it stands inside a sentence: a small first letter, except in names and initials."""
    text = label(dimension, value)
    named = dimension == "year_group" or text.startswith("Down") or text[1:2].isupper()
    return text if named else text[:1].lower() + text[1:]


def in_order(dimension: str, values: Iterable[str]) -> list[str]:
    """The values in the order of the vocabulary, then any others by name."""
    order = {value: position for position, value in enumerate(_LABELS.get(dimension, {}))}
    return sorted(set(values), key=lambda value: (order.get(value, len(order)), value))


def january(year: int) -> str:
    """The name of a census: "January 2026"."""
    return f"January {year}"
