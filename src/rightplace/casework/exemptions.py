"""Exemptions: records on one deadline of why it need not be met. No clock is paused and no due date moves.

The regulations say that the authority, or an adviser, "need not comply" with a limit where a listed reason makes it
impractical. The duty to act as soon as practicable goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rightplace.casework.limits import number
from rightplace.vocabulary.term import Term

_TEN = "SEND Regulations 2014, regulations 5(4), 10(4), 13(3) and 27(3)"
_EIGHT = "SEND Regulations 2014, regulation 8(2)"
_ORDER = "SEND Regulations 2014, regulation 44(3)"


class ExemptionGround(Term):
    """The listed reasons. A shortage of advisers is not among them."""

    SCHOOL_CLOSED = "school_closed", "Advice asked of a school or college around a closure of 4 weeks or more", _TEN
    EARLY_YEARS_CLOSED = "early_years_closed", "Advice asked of an early years provider around such a closure", _TEN
    EXCEPTIONAL = "exceptional", "Exceptional personal circumstances of the child, parent or young person", _TEN
    ABSENCE = "absence", "Child, parent or young person absent from the area for 4 weeks or more", _TEN
    ADVISER_EXCEPTIONAL = (
        "adviser_exceptional",
        "Exceptional circumstances of the child, parent or young person",
        _EIGHT,
    )
    ADVISER_ABSENCE = "adviser_absence", "Absent from the area for 4 weeks or more of the 6", _EIGHT
    MISSED_APPOINTMENT = "missed_appointment", "An appointment for an examination or test was missed", _EIGHT
    ORDER_EXCEPTIONAL = "order_exceptional", "Exceptional personal circumstances after a tribunal order", _ORDER
    ORDER_ABSENCE = "order_absence", "Absent from the area for 2 weeks or more after a tribunal order", _ORDER
    ORDER_REPRESENTATIONS = "order_representations", "The family wants to make representations after 15 days", _ORDER


G = ExemptionGround
ASSESSMENT = (G.SCHOOL_CLOSED, G.EARLY_YEARS_CLOSED, G.EXCEPTIONAL, G.ABSENCE)
"""Reasons that excuse the authority's limits of an assessment: regulations 5(4), 10(4), 13(3) and 27(3)."""
ADVICE = (G.ADVISER_EXCEPTIONAL, G.ADVISER_ABSENCE, G.MISSED_APPOINTMENT)
"""Reasons that excuse an adviser: regulation 8(2)."""
ORDER = (G.ORDER_EXCEPTIONAL, G.ORDER_ABSENCE, G.ORDER_REPRESENTATIONS)
"""Reasons that excuse a limit set by a tribunal order: regulation 44(3). The list was read in GOV.UK's SEND18."""

CLOSURES = (G.SCHOOL_CLOSED, G.EARLY_YEARS_CLOSED)
"""Reasons that also need the day on which advice was asked for."""
_ABSENCES = {
    G.ABSENCE: "exemption_absence_weeks",
    G.ADVISER_ABSENCE: "exemption_absence_weeks",
    G.ORDER_ABSENCE: "exemption_absence_after_order_weeks",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """That one deadline need not be met, why, and who decided so on what evidence.

    ``deadline`` is the id of the rule; ``about`` says which, where a rule has several at once (the adviser, for advice).
    ``starts`` and ``ends`` are the first and last day of the circumstances; for a closure, the day it closes and the day
    it opens again. ``advice_asked_on`` is needed for closures.
    """

    deadline: str
    ground: ExemptionGround
    starts: date
    ends: date
    evidence: str
    decided_by: str
    about: str = ""
    advice_asked_on: date | None = None


def problem(exemption: Exemption, allowed: tuple[ExemptionGround, ...]) -> str | None:
    """What is wrong with an exemption, as a sentence; None when the regulations allow it on a deadline."""
    if exemption.ground not in allowed:
        grounds = "; ".join(ground.label for ground in allowed) or "none"
        return f"“{exemption.ground.label}” does not excuse this deadline. What may excuse it: {grounds}."
    if not exemption.evidence.strip() or not exemption.decided_by.strip():
        return "An exemption needs its evidence and the name of the person who decided it."
    if exemption.ends < exemption.starts:
        return "The circumstances end before they start."
    least = _ABSENCES.get(exemption.ground)
    if least and not _lasts(exemption, number(least, exemption.starts)):
        return f"The absence lasted less than {number(least, exemption.starts)} weeks."
    return _closure_problem(exemption) if exemption.ground in CLOSURES else None


def _closure_problem(exemption: Exemption) -> str | None:
    least = number("exemption_closure_weeks", exemption.starts)
    if exemption.ends - exemption.starts < timedelta(weeks=least):
        return f"The closure lasted less than {least} weeks, so it does not excuse."
    before = timedelta(weeks=number("exemption_closure_notice_weeks", exemption.starts))
    asked = exemption.advice_asked_on
    if asked is None or not exemption.starts - before <= asked <= exemption.ends - before:
        return "A closure excuses only if advice was asked for from one week before it to one week before it ended."
    return None


def _lasts(exemption: Exemption, weeks: int) -> bool:
    return exemption.ends - exemption.starts + timedelta(days=1) >= timedelta(weeks=weeks)
