"""Schemes from the text of a CSV file: one row a scheme, every mistake named with its line."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Final

from rightplace.errors import DataError, UserError
from rightplace.places.invest.scheme import Scheme
from rightplace.vocabulary.need import Need

COLUMNS: Final = (
    "scheme", "name", "kind", "setting_id", "easting", "northing", "needs", "low_year_group", "high_year_group",
    "least_places", "most_places", "capital_gbp", "capital_per_place_gbp", "place_gbp", "child_gbp", "earliest",
    "phase_in_years", "staff_per_place",
)  # fmt: skip
"""Columns of a file of schemes. ``needs``: codes with spaces between, empty for all; ``setting_id`` may be empty."""

_WHOLE: Final = ("low_year_group", "high_year_group", "least_places", "most_places", "earliest", "phase_in_years")
_REAL: Final = (
    "easting",
    "northing",
    "capital_gbp",
    "capital_per_place_gbp",
    "place_gbp",
    "child_gbp",
    "staff_per_place",
)


def from_text(text: str, where: str) -> tuple[Scheme, ...]:
    """The schemes of a CSV text. Raises ``DataError`` that lists every mistake with its line, ``where`` being the file."""
    reader = csv.DictReader(StringIO(text))
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        raise DataError(f"Columns are missing: {', '.join(missing)}.", where=where, action="Add them.")
    found: dict[str, Scheme] = {}
    wrong: list[str] = []
    for line, row in enumerate(reader, start=2):
        try:
            scheme = _scheme(row)
        except (UserError, ValueError) as error:
            wrong.append(f"line {line}: {error}")
            continue
        if scheme.scheme in found:
            wrong.append(f"line {line}: the scheme {scheme.scheme!r} is there twice")
        found[scheme.scheme] = scheme
    if wrong or not found:
        raise DataError(
            "The schemes cannot be used.", where=where, action="; ".join(wrong) or "Give at least one scheme."
        )
    return tuple(found.values())


def _scheme(row: Mapping[str, str | None]) -> Scheme:
    def text(column: str) -> str:
        return (row[column] or "").strip()

    def number(column: str) -> float:
        try:
            value = float(text(column))
        except ValueError:
            raise ValueError(f"{column} is {text(column)!r}, not a number") from None
        if value != value or abs(value) == float("inf"):
            raise ValueError(f"{column} is {text(column)!r}, not a number")
        return value

    needs = tuple(text("needs").split())
    unknown = [need for need in needs if need not in {str(known) for known in Need}]
    if unknown:
        raise ValueError(f"needs has {', '.join(unknown)}, not a code of need")
    if not text("scheme"):
        raise ValueError("scheme is empty")
    return Scheme(
        scheme=text("scheme"), name=text("name") or text("scheme"), kind=text("kind"), setting_id=text("setting_id") or None,
        needs=needs, **{column: int(number(column)) for column in _WHOLE}, **{column: number(column) for column in _REAL},  # type: ignore[arg-type]
    )  # fmt: skip
