"""What a well-informed reader knows of each number in a publication, as least and greatest values.

The reader is made stronger than any real one: they know the rule and every sum, are told for each
mark whether the count behind it is small, and are given the exact value of numbers that are
published elsewhere. docs/methods/disclosure.md says why, and what this does not cover.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rightplace.disclosure.rule import Rule
from rightplace.disclosure.sums import Sum


class Reason(StrEnum):
    """Why a number is shown or not."""

    SHOWN = "shown"
    SMALL = "small"
    LINKED = "linked"
    WITHHELD = "withheld"
    MISSING = "missing"


MARKED: Final = frozenset({Reason.SMALL, Reason.LINKED, Reason.WITHHELD})
"""Reasons that put the mark of a suppressed number on the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Numbers with consecutive indices, the sums that join them, and those known from elsewhere.

    ``counts`` holds None for a number that we do not have ourselves.
    """

    counts: tuple[int | None, ...]
    sums: tuple[Sum[int], ...]
    known: frozenset[int]
    rule: Rule

    def small_groups(self) -> list[Sum[int]]:
        """Breakdowns of a total that is itself small, in which zeros must be hidden too."""
        return [one for one in self.sums if not one.less and self._is_small(one.total)]

    def is_target(self, cell: int) -> bool:
        """Whether the number must not be found out: a small count that is not known already."""
        return self._is_small(cell) and cell not in self.known

    def ceiling(self) -> int:
        """A number that no count in the publication can be thought to exceed."""
        return 2 * sum(count for count in self.counts if count is not None) + 10 * self.rule.suppress_below

    def offsets(self) -> list[int]:
        """By how much ``parts - less - total`` differs from 0 in each sum.

        Figures from elsewhere do not always add up; the reader is given the difference. A missing
        number takes up what is left over in the first sum that holds it, as far as a count can.
        """
        filled = [count or 0 for count in self.counts]
        free = {cell for cell, count in enumerate(self.counts) if count is None}
        for one in self.sums:
            gap = _gap(one, filled)
            taker = next((cell for cell, sign in one.terms() if cell in free and gap * sign < 0), None)
            if taker is not None:
                filled[taker] = abs(gap)
                free.discard(taker)
        return [_gap(one, filled) for one in self.sums]

    def _is_small(self, cell: int) -> bool:
        count = self.counts[cell]
        return count is not None and self.rule.is_small(count)


def _gap(one: Sum[int], counts: Sequence[int]) -> int:
    return sum(sign * counts[cell] for cell, sign in one.terms())


def first_reasons(publication: Publication) -> list[Reason]:
    """Every number shown but the small ones, those of a small total, and those that are missing."""
    hidden = {part for one in publication.small_groups() for part in one.parts}
    return [
        Reason.MISSING
        if count is None
        else Reason.SMALL
        if publication.rule.is_small(count) or (count == 0 and cell in hidden)
        else Reason.SHOWN
        for cell, count in enumerate(publication.counts)
    ]


def bounds(publication: Publication, reasons: Sequence[Reason]) -> tuple[list[int], list[int]]:
    """The least and the greatest value of each number, before the sums are used."""
    may_be_nought = {part for one in publication.small_groups() for part in one.parts}
    pairs = [_bounds(publication, cell, reason, may_be_nought) for cell, reason in enumerate(reasons)]
    return [low for low, _ in pairs], [high for _, high in pairs]


def _bounds(publication: Publication, cell: int, reason: Reason, may_be_nought: Collection[int]) -> tuple[int, int]:
    count, rule = publication.counts[cell], publication.rule
    if count is None:
        return 0, publication.ceiling()
    if cell in publication.known and not rule.is_small(count):
        return count, count
    match reason:
        case Reason.SMALL:
            return (0 if cell in may_be_nought else 1), rule.largest_small
        case Reason.LINKED:
            return rule.suppress_below, publication.ceiling()
        case Reason.WITHHELD:
            return 0, publication.ceiling()
        case _:
            return rule.interval(rule.rounded(count))
