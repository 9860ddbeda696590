"""Where the published method does something odd, what to do: as it does, or put right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Three choices, each as the published method has it unless said otherwise.

    ``joining_population``: a child who joins between two Januaries is counted in the residents of
    the first or the second. Futures apply the rate to the residents of the January joined by, which
    is the second, so "first" makes joiners too many where year groups shrink with age.

    ``unlisted_state``: those who reach a year group their setting is not listed for are still counted
    that January. By the next they "vanish" with no leaver counted, or "leave" and are counted as
    leavers. The number of plans is the same.

    ``moves_need_a_setting``: moves happen where another setting is listed for the year group
    "a year late" (the one after that moved into) or "on time".
    """

    joining_population: Literal["first", "second"] = "first"
    unlisted_state: Literal["vanish", "leave"] = "vanish"
    moves_need_a_setting: Literal["a year late", "on time"] = "a year late"


AS_PUBLISHED: Final = Options()
"""The method as it is, to the last expectation."""

PUT_RIGHT: Final = Options(joining_population="second", unlisted_state="leave", moves_need_a_setting="on time")
"""The same method without its known slips."""
