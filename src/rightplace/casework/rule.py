"""What a deadline rule is: from which event, how long, until which event, who owes it, and on what law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rightplace.casework.events import Event, Match
from rightplace.casework.exemptions import ExemptionGround
from rightplace.casework.history import History
from rightplace.casework.limits import Limit, law
from rightplace.casework.terms import Owner


class Kind(StrEnum):
    """What the last day means."""

    DUTY = "duty"
    """Somebody must act by it; after it they are late."""
    CONDITIONAL = "conditional"
    """Somebody must act by it if they decide one way; that the day passes does not say that they are late."""
    EXPECTED = "expected"
    """Guidance expects an answer by it."""
    WINDOW = "window"
    """Somebody may act until it; after it the chance has passed."""
    HOLD = "hold"
    """Something is kept as it is until it."""


class Again(StrEnum):
    """What a further starting event does while one deadline is open."""

    FIRST_STANDS = "first"
    LATEST_COUNTS = "latest"
    EACH_COUNTS = "each"


Due = Callable[[History, Event], date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule:
    """One limit of the process, as data.

    ``starts``: the events it runs from. ``limit``: the period; ``runs_from`` is the event's own day, or another date it
    holds. ``due``: in place of the period where the law needs more (the later of two, a fixed day). ``met_by``: the events
    that fulfil it; ``falls_away``: those after which it no longer applies. ``same``: a fact that the starting and the
    fulfilling event must share, and ``answers`` a question asked of the two. ``wording_read`` is False where the words of the law were not seen at first hand, in
    addition to what the parameters themselves mark. ``family`` is for families.
    """

    id: str
    title: str
    family: str
    owner: Owner
    basis: str
    starts: tuple[Match, ...]
    met_by: tuple[Match, ...]
    limit: Limit
    runs_from: str = "day"
    due: Due | None = None
    falls_away: tuple[Match, ...] = ()
    kind: Kind = Kind.DUTY
    again: Again = Again.LATEST_COUNTS
    same: str = ""
    answers: Callable[[Event, Event], bool] | None = None
    exemptions: tuple[ExemptionGround, ...] = ()
    other_limits: tuple[Limit, ...] = ()
    wording_read: bool = True
    note: str = ""

    def last_day(self, history: History, start: Event) -> date | None:
        """The last day in time for a deadline that an event started; None while it is open-ended.

        Raises ``UserError`` where the day is outside the known bank holidays or before the law.
        """
        if self.due is not None:
            return self.due(history, start)
        day: date = getattr(start, self.runs_from)
        return self.limit.last_day(day)

    def verified(self, on: date) -> bool:
        """Whether the wording and every number of the rule were seen at first hand."""
        return self.wording_read and all(
            law(limit.parameter, on).verified for limit in (self.limit, *self.other_limits)
        )
