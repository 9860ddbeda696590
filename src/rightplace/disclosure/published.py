"""A number as it may leave the trusted area: a value, or a mark that says why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rightplace.disclosure.rule import STANDARD, Rule


class Status(StrEnum):
    """What became of a number on its way out."""

    SHOWN = "shown"
    SUPPRESSED = "suppressed"
    MISSING = "missing"


MARKS: Final[dict[Status, str]] = {Status.SUPPRESSED: "c", Status.MISSING: "x"}
"""What stands in the place of a number that is not shown.

The letters are those of Explore Education Statistics, the Department for Education's service.
"""

NOTES: Final[dict[Status, str]] = {
    Status.SUPPRESSED: (
        "c: not shown, because the count is very small (but not nought) or because showing it would reveal such a count."
    ),
    Status.MISSING: "x: not available.",
}
"""What to print beside a table that holds a mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One number for a reader: ``value`` when it is shown, otherwise a mark.

    ``value`` is None exactly when the number is not shown, so a number that is held back
    can never be read as 0 or as a blank.
    """

    value: int | None
    status: Status

    def __post_init__(self) -> None:
        if (self.value is None) == (self.status is Status.SHOWN):
            raise ValueError(f"A number that is {self.status} cannot have the value {self.value}.")

    @property
    def text(self) -> str:
        """The number with thousands separated, or the mark."""
        return MARKS[self.status] if self.value is None else f"{self.value:,}"

    @property
    def note(self) -> str:
        """The sentence that explains the mark; empty for a number that is shown."""
        return NOTES.get(self.status, "")

    def __str__(self) -> str:
        return self.text


SUPPRESSED: Final = Published(value=None, status=Status.SUPPRESSED)
"""A number that is held back."""

MISSING: Final = Published(value=None, status=Status.MISSING)
"""A number that is not known."""


def shown(value: int) -> Published:
    """A number shown as it is. For numbers that stay inside, or have already been protected."""
    return Published(value=value, status=Status.SHOWN)


def lone(count: int | None, *, rule: Rule = STANDARD) -> Published:
    """A count of people that no other published number adds up to.

    Counts that belong to a table go through :func:`rightplace.disclosure.cells.protect`, which
    also looks at what could be worked out from the rest. Raises ``ValueError`` below zero.
    """
    if count is None:
        return MISSING
    if count < 0:
        raise ValueError(f"A count of people cannot be {count}.")
    return SUPPRESSED if rule.is_small(count) else shown(rule.rounded(count))


def modelled(value: float | None, *, rule: Rule = STANDARD) -> Published:
    """A number that a model gives (a forecast's median, the end of a range), in whole people.

    It is no count of real people, but it is held to the same rule, so that a small forecast
    is not read as a small count.
    """
    return lone(None if value is None else max(0, int(value + 0.5)), rule=rule)


def difference(more: Published, less: Published) -> Published:
    """``more`` minus ``less``, worked out from what is shown, so that it tells the reader nothing new."""
    if more.value is None:
        return more
    return less if less.value is None else shown(more.value - less.value)
