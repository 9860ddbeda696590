"""Ethnicity codes: main and extended, the main code each falls in, and the broad group DfE publishes."""

from __future__ import annotations

from typing import Any, Final

from rightplace.vocabulary import data_file

_FACTS: Final[dict[str, Any]] = data_file.read("rightplace.vocabulary", "ethnicity.yaml")

SOURCE: Final[str] = _FACTS["source"]["title"]
"""Who defines the codes."""


def _within(entry: dict[str, Any]) -> dict[str, str]:
    return {**entry.get("extended", {}), **entry.get("inferred", {})}


ETHNICITIES: Final[dict[str, str]] = {
    code: label
    for main, entry in _FACTS["main"].items()
    for code, label in {main: entry["label"], **_within(entry)}.items()
}
"""The 108 codes SEN2 takes, each with its label; a main code comes before the codes within it."""

MAIN_CODE: Final[dict[str, str]] = {
    code: main for main, entry in _FACTS["main"].items() for code in (main, *_within(entry))
}
"""Every code to the main code it is counted in (a main code to itself)."""

INFERRED: Final[frozenset[str]] = frozenset(
    code for entry in _FACTS["main"].values() for code in entry.get("inferred", {})
)
"""Codes whose main code was worked out from their meaning and not read in DfE's tables."""

GROUP: Final[dict[str, str]] = {code: _FACTS["main"][main]["group"] for code, main in MAIN_CODE.items()}
"""Every code to its broad group: White, Mixed, Asian, Black, Any other ethnic group, or Unclassified."""
