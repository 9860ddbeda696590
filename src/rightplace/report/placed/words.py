"""Words, sources and columns that the parts of the report share."""

from __future__ import annotations

from typing import Final

from rightplace.disclosure.published import MISSING, SUPPRESSED, Published, shown
from rightplace.report.model import Column

SOURCE: Final = "Rightplace plan from the area record: a suggestion, which a named person decides"
CHILDREN: Final = "Children and young people with EHC plans"
ROUNDED: Final = "Counts are rounded to the nearest 5, so parts may not add up to their total."


def number(name: str) -> Column:
    """A column of numbers."""
    return Column(name=name, kind="number")


def km(value: float | None, *, tells: bool = True) -> str | Published:
    """Kilometres with one decimal, or the mark of a number that is not shown."""
    if value is None:
        return MISSING
    return f"{value:,.1f}" if tells else SUPPRESSED


def pounds(value: float | None, *, tells: bool = True, publish: bool = False) -> Published:
    """Pounds to the nearest 100, or 10,000 in a version to publish."""
    if value is None:
        return MISSING
    unit = 10_000 if publish else 100
    return shown(round(value / unit) * unit) if tells else SUPPRESSED


def capital(text: str) -> str:
    """The text with a large first letter."""
    return text[:1].upper() + text[1:]


def counted(amount: Published, one: str = "child or young person", many: str = "children and young people") -> str:
    """ "12 children and young people", "1 child or young person", "a number too small to show of children ..."."""
    if amount.value is None:
        return f"a number too small to show of {many}" if amount is SUPPRESSED else f"an unknown number of {many}"
    return f"{amount} {one if amount.value == 1 else many}"
