"""The rule of publication: which counts are too small to show, and how the rest are rounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Counts from 1 to ``suppress_below`` - 1 are not shown; others are rounded to a multiple of ``base``.

    A true zero is shown as 0. The default, 5 and 5, is the usual rule for counts of pupils in
    England; docs/methods/disclosure.md gives the sources and the reasons.

    Raises ``ValueError`` for a rule under which a count that is shown could round to 0, because a
    0 would then no longer mean "nobody".
    """

    suppress_below: int = 5
    base: int = 5

    def __post_init__(self) -> None:
        if self.suppress_below < 2 or self.base < 1:
            raise ValueError("A rule hides counts below 2 or more, and rounds to a base of 1 or more.")
        if self.rounded(self.suppress_below) == 0:
            raise ValueError(f"A count of {self.suppress_below} would be shown as 0. Hide more, or round less.")

    @property
    def largest_small(self) -> int:
        """The largest count that is too small to show."""
        return self.suppress_below - 1

    def is_small(self, count: int) -> bool:
        """Whether a count is too small to show. Zero is not."""
        return 0 < count < self.suppress_below

    def rounded(self, count: int) -> int:
        """The nearest multiple of ``base``; halves go up."""
        return (count + self.base // 2) // self.base * self.base

    def interval(self, shown: int) -> tuple[int, int]:
        """The least and the greatest count that are shown as ``shown``: what a reader can know of it."""
        if shown == 0:
            return 0, 0
        low = shown - self.base // 2
        return max(low, self.suppress_below), low + self.base - 1


STANDARD: Final = Rule()
"""Hide 1 to 4, round the rest to 5."""
