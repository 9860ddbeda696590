"""The last days that take more than one period to work out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from rightplace.calendar.working_days import add_working_days, last_of_working_days_beginning_with
from rightplace.casework import appeals
from rightplace.casework import events as ev
from rightplace.casework.events import Event
from rightplace.casework.history import History
from rightplace.casework.limits import Counted, Limit, law, number
from rightplace.casework.terms import PhaseMove

FROM_REVIEW: Final = Limit(parameter="move_review_months", counted=Counted.MONTHS_BEGINNING)
FROM_TRANSFER: Final = Limit(parameter="move_review_from_transfer_months", counted=Counted.MONTHS_BEGINNING)
BEFORE_COLLEGE: Final = Limit(parameter="phase_transfer_between_post_16_months", counted=Counted.MONTHS_BEFORE)


def appeal(history: History, start: Event) -> date | None:
    """The last day to appeal a decision."""
    return appeals.last_day_to_appeal(history, start)


def cease_hold(history: History, _: Event) -> date | None:
    """The last day on which a plan must be kept; None while an appeal is undecided or mediation is asked for."""
    first = appeals.may_cease_from(history)
    return first - timedelta(days=1) if first else None


def move_transfer(_: History, start: Event) -> date | None:
    """The day of the move with 15 working days' notice; otherwise 15 working days beginning with the day of knowing.

    Source: SI 2014/1530, regulation 15(2).
    """
    if not isinstance(start, ev.MoveOutLearned):
        return None
    notice = number("move_notice_working_days", start.day)
    if start.day <= add_working_days(start.moves_on, -notice):
        return start.moves_on
    return last_of_working_days_beginning_with(start.day, number("move_transfer_working_days", start.day))


def move_review(_: History, start: Event) -> date | None:
    """The later of 12 months beginning with the making or last review, and 3 beginning with the transfer.

    Source: SI 2014/1530, regulation 15(5).
    """
    if not isinstance(start, ev.MovedIn):
        return None
    return max(FROM_REVIEW.last_day(start.made_or_reviewed), FROM_TRANSFER.last_day(start.day))


def phase_transfer(_: History, start: Event) -> date | None:
    """The day before 31 March or 15 February of the year of the move, or five months before a move between colleges.

    "Before" a day is done by the end of the day before it. Source: SI 2014/1530, regulation 18(1) and (2).
    """
    if not isinstance(start, ev.PhaseTransferExpected):
        return None
    if start.move is PhaseMove.BETWEEN_POST_16:
        return BEFORE_COLLEGE.last_day(start.moves_on)
    name = "phase_transfer_post_16_date" if start.move is PhaseMove.POST_16 else "phase_transfer_other_date"
    month, day = str(law(name, start.day).value).split("-")
    return date(start.moves_on.year, int(month), int(day)) - timedelta(days=1)
