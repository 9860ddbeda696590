"""Made-up events that bring the example from its census day to today, so that its work looks like a working week's.

Most things are done in time and some late or not at all; which, follows from the case's place, so that the same example is
the same each time. These events are marked as made up, and are after the census day, so the return does not hold them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from rightplace.calendar import clock
from rightplace.casework import events as ev
from rightplace.casework.deadlines import deadlines
from rightplace.casework.events import Event
from rightplace.casework.history import History
from rightplace.casework.process import record, replay
from rightplace.casework.states import State
from rightplace.casework.terms import Adviser
from rightplace.errors import UserError
from rightplace.vocabulary.codes import ReviewOutcome
from rightplace.web.cases.models import Case
from rightplace.web.load.lived import Lived

_ADVISERS: Final = (Adviser.FAMILY, Adviser.EDUCATION, Adviser.HEALTH, Adviser.PSYCHOLOGIST, Adviser.SOCIAL_CARE)
_QUICK: Final = (Adviser.FAMILY, Adviser.EDUCATION, Adviser.SOCIAL_CARE)
_MOST: Final = 12
_LEFT_UNDONE: Final = 11
"""One case in so many stops somewhere on the way, and is late."""


def since(case: Case, lived: Sequence[Lived]) -> list[Lived]:
    """What happened to a case between its last loaded event and today."""
    history = replay([one.event for one in lived], born=case.person.born)
    place = int(case.reference[1:])
    stops = place % _LEFT_UNDONE if place % _LEFT_UNDONE < 2 else _MOST
    made: list[Lived] = []
    while len(made) < stops * 3:
        step = _next(history, place)
        if not step or step[-1].day > clock.today():
            break
        try:
            for event in step:
                history = record(history, event)
        except UserError:
            break
        made += [Lived(event=event) for event in step]
    return made


def _next(history: History, place: int) -> list[Event]:
    """The next thing to happen, as events in order of their days; nothing where the case rests."""
    if not history.events:
        return []
    plan = history.situation.plan
    if plan is State.IN_FORCE:
        return _with_a_plan(history, place)
    return _towards_a_plan(history, plan, place)


def _towards_a_plan(history: History, plan: State, place: int) -> list[Event]:
    last, late = history.events[-1].day, place % 17
    if plan in (State.NOT_ASSESSED, State.WITHDRAWN):
        again = clock.today() - timedelta(days=place * 7 % 130)
        return [ev.RequestReceived(day=again)] if again > last else []
    if plan is State.DECIDING:
        decided = last + timedelta(days=30 + late)
        refused = place % 4 == 0 and history.last(ev.AssessmentRefused) is None
        return [ev.AssessmentRefused(day=decided) if refused else ev.AssessmentAgreed(day=decided)]
    if plan is State.ASSESSING and isinstance(history.events[-1], ev.AssessmentAgreed):
        return [ev.AdviceRequested(day=last + timedelta(days=1), adviser=adviser) for adviser in _ADVISERS]
    if plan is State.ASSESSING and isinstance(history.events[-1], ev.AdviceRequested):
        return [ev.AdviceReceived(day=last + timedelta(days=28 + late), adviser=adviser) for adviser in _QUICK]
    if plan is State.ASSESSING:
        return [ev.DraftPlanSent(day=last + timedelta(weeks=5, days=late))]
    return [ev.FinalPlanIssued(day=last + timedelta(days=24 + late))] if plan is State.DRAFT else []


def _with_a_plan(history: History, place: int) -> list[Event]:
    last, late, review = history.events[-1].day, place % 17, history.situation.review
    if review in (State.MEETING_HELD, State.REPORTED):
        return _after_the_meeting(last, review, late, place)
    if review is State.AMENDMENTS_OWED:
        return [ev.AmendmentNoticeSent(day=last + timedelta(days=1))]
    if review is State.AMENDING:
        return [ev.AmendedPlanIssued(day=last + timedelta(weeks=6, days=late))]
    return _next_review(history, late)


def _after_the_meeting(last: date, review: State, late: int, place: int) -> list[Event]:
    report: list[Event] = [ev.ReviewReportSent(day=last + timedelta(days=12))] if review is State.MEETING_HELD else []
    outcome = ReviewOutcome.AMEND if place % 3 == 0 else ReviewOutcome.MAINTAIN
    return [*report, ev.ReviewDecided(day=last + timedelta(days=18 + late), outcome=outcome)]


def _next_review(history: History, late: int) -> list[Event]:
    open_now = [held for held in deadlines(history, (), clock.today()) if held.rule.id == "review_due" and not held.met]
    due = next((held.due for held in reversed(open_now) if held.due), None)
    if due is None:
        return []
    meeting = max(due - timedelta(days=40 - late), history.events[-1].day + timedelta(days=1))
    return [ev.ReviewMeetingHeld(day=meeting)]
