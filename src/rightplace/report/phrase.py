"""Numbers as people read them: amounts, ranges, changes and shares, in figures or in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from rightplace.disclosure.published import MISSING, SUPPRESSED, Published, difference, shown
from rightplace.report.model import Share

NOT_SHOWN: Final = "a number that is too small to show"
UNDER: Final = 5
"""In a version to publish, percentages below this are not given: they would be the small numbers that are hidden."""

_SMALL_WORDS: Final = {"1": "one", "2": "two", "3": "three", "4": "four"}
_LONE_DIGIT: Final = re.compile(r"(?<![\w.,:/£])(?<!\s[+-])([1-4])(?![\w:/%]|[.,]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """What is expected: the ends of the range that 8 in 10 futures fall in, and its middle."""

    low: Published
    middle: Published
    high: Published

    @property
    def cells(self) -> tuple[Published, Published, Published]:
        """Low, middle and high, as three cells of a table."""
        return self.low, self.middle, self.high

    @property
    def is_shown(self) -> bool:
        """Whether all three numbers are shown."""
        return all(number.value is not None for number in self.cells)

    def less(self, now: Published) -> Range:
        """The range of the change from ``now``."""
        low, middle, high = (difference(number, now) for number in self.cells)
        return Range(low=low, middle=middle, high=high)


NO_RANGE: Final = Range(low=MISSING, middle=MISSING, high=MISSING)
HIDDEN_RANGE: Final = Range(low=SUPPRESSED, middle=SUPPRESSED, high=SUPPRESSED)


def certain(number: Published) -> Range:
    """The range of a number that has been counted."""
    return Range(low=number, middle=number, high=number)


def between(span: Range) -> str:
    """A range as words: "between 90 and 120, with the middle at about 105"."""
    if not span.is_shown:
        return NOT_SHOWN
    if span.low == span.high:
        return f"about {span.middle}"
    return f"between {span.low} and {span.high}, with the middle at about {span.middle}"


def about(span: Range) -> str:
    """A range as a short form: "about 105 (90 to 120)"."""
    if not span.is_shown:
        return NOT_SHOWN
    return f"about {span.middle}" if span.low == span.high else f"about {span.middle} ({span.low} to {span.high})"


def direction(change: Range) -> str:
    """ "grow" or "fall" where 8 in 10 futures agree, "stay as it is" where nothing moves, otherwise "grow or fall"."""
    low, high = change.low.value, change.high.value
    if low is None or high is None:
        return "change"
    if low > 0:
        return "grow"
    if high < 0:
        return "fall"
    return "stay about as it is" if low == high == 0 else "grow or fall"


def share(part: Published, whole: Published, *, publish: bool) -> Share:
    """A part of a whole in whole per cent, from what is shown; "under 1%", or in a version to publish "under 5%", where it is less."""
    if part.value is None or not whole.value:
        return Share(percent=None, text=part.text if part.value is None else MISSING.text)
    percent = round(100 * part.value / whole.value)
    least = UNDER if publish else 1
    if part.value and percent < least:
        return Share(percent=None, text=f"under {least}%")
    return Share(percent=percent, text=f"{percent}%")


def change_text(change: Published) -> str:
    """A change with its sign: "+120", "-15", "0"."""
    if change.value is None:
        return change.text
    return f"{change.value:+,}".replace("-", "\N{MINUS SIGN}") if change.value else "0"


def spell_small(text: str) -> str:
    """A sentence with the lone figures 1 to 4 written as words, so that none is taken for a count."""
    return _LONE_DIGIT.sub(lambda found: _SMALL_WORDS[found.group(1)], text)


def plain(value: object) -> str:
    """A parameter as people write it: whole numbers with thousands parted, others to three figures."""
    if value is None:
        return MISSING.text
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def whole(value: float | None) -> Published:
    """A number for readers inside the trusted area: the nearest whole one."""
    return MISSING if value is None else shown(int(value + 0.5) if value >= 0 else -int(0.5 - value))
