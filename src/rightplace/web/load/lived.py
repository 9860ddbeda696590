"""The events that a person's records in a SEN2 return tell of, and those that must have happened for them to be so.

A return holds few days. What it does not hold: the day a draft was sent, settings were consulted, advice was asked for or
given; the day of an older request or decision; the day an amended plan was issued; the day a withdrawn request was
withdrawn. An event that must have happened on a day the return does not hold is inferred: it is put on a day that fits the
rest, is marked, is shown as "day not known", and no clock that starts on it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from rightplace.casework import events as ev
from rightplace.casework.events import Event
from rightplace.casework.terms import CeaseGround
from rightplace.vocabulary.codes import CeaseReason, RequestSource, ReviewOutcome
from rightplace.web.load.nested import Record

_LAW: Final = date(2014, 9, 1)
"""When Part 3 of the Children and Families Act 2014 came into force: nothing is inferred to have been before."""
_CODE: Final = date(2015, 4, 1)
"""When the Code of practice of January 2015, which asks settings to reply in 15 days, came into force."""
_SAY: Final = timedelta(days=15)
_ASKED_BEFORE: Final = timedelta(weeks=20)
_AGREED_BEFORE: Final = timedelta(weeks=14)
_YEAR: Final = timedelta(days=366)
_AMEND_WITHIN: Final = timedelta(weeks=8)
_CEASE_BEFORE: Final = (timedelta(days=75), timedelta(days=150))
"""A decision to cease is inferred to have been so long before: the time to appeal must have passed between."""
_GROUNDS: Final = {
    CeaseReason.MAXIMUM_AGE: CeaseGround.MAXIMUM_AGE,
    CeaseReason.NEEDS_MET: CeaseGround.NOT_NECESSARY,
    CeaseReason.HIGHER_EDUCATION: CeaseGround.HIGHER_EDUCATION,
    CeaseReason.EMPLOYMENT: CeaseGround.PAID_WORK,
    CeaseReason.NOT_ENGAGED: CeaseGround.LEFT_EDUCATION,
    CeaseReason.MOVED_OUTSIDE_ENGLAND: CeaseGround.MOVED_OUTSIDE_ENGLAND,
    CeaseReason.OTHER: CeaseGround.NOT_NECESSARY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """An event that a return tells of (its day is in the return) or that is inferred from it."""

    event: Event
    inferred: bool = False


Chapter = list[Lived]


def chapters(request: Record, settings: dict[str, str], reference: date) -> Iterator[list[Chapter]]:
    """The events of one request in chapters: the way to the plan or the decision against it, the end of the plan, the
    latest review. Each chapter is a list of tellings, the likeliest first, of which the first that the law's process
    allows is to be taken. ``settings`` gives the names of settings by code."""
    assessment = first(request, "assessment")
    plan = first(assessment, "namedplan")
    active = first(request, "activeplans")
    if plan and active.get("transfer_la"):
        start = day(plan["start_date"])
        yield [[Lived(event=ev.MovedIn(day=start, made_or_reviewed=start), inferred=True)]]
    elif plan:
        yield [list(_to_the_plan(request, plan, settings))]
    else:
        yield [list(_without_plan(request, assessment))]
    if plan and plan.get("cease_date"):
        yield list(_ends(plan))
    if plan:
        yield [list(_earlier_review(plan, active, reference))]
    if plan and active.get("review_meeting"):
        yield [list(_review(active, reference))]


def first(record: Record, name: str) -> Record:
    """The first record of a table under another; an empty one where there is none."""
    return next(iter(record.get(name, ())), {})


def day(text: Any) -> date:
    """A day of a return."""
    return date.fromisoformat(str(text)[:10])


def setting_code(record: Record) -> str:
    """The code of a setting in a record: its URN, else its UKPRN; "" where it names none."""
    return str(record.get("urn") or record.get("ukprn") or "")


def _request(request: Record, start: date | None) -> Lived:
    source = RequestSource(request.get("request_source") or RequestSource.FAMILY)
    if request.get("received_date"):
        return Lived(event=ev.RequestReceived(day=day(request["received_date"]), source=source))
    guessed = max((start or _LAW) - _ASKED_BEFORE, _LAW)
    return Lived(event=ev.RequestReceived(day=guessed, source=source), inferred=True)


def _agreed(request: Record, received: date, start: date | None) -> Lived:
    if request.get("request_outcome_date"):
        return Lived(event=ev.AssessmentAgreed(day=day(request["request_outcome_date"])))
    guessed = max(received, (start or received) - _AGREED_BEFORE)
    return Lived(event=ev.AssessmentAgreed(day=guessed), inferred=True)


def _to_the_plan(request: Record, plan: Record, settings: dict[str, str]) -> Iterator[Lived]:
    start = day(plan["start_date"])
    asked = _request(request, start)
    yield asked
    agreed = _agreed(request, asked.event.day, start)
    yield agreed
    sent = max(agreed.event.day, start - _SAY)
    yield Lived(event=ev.DraftPlanSent(day=sent), inferred=True)
    named = next((one for one in plan.get("plandetail", ()) if one.get("placement_rank") in (None, "1")), {})
    setting = settings.get(setting_code(named), "")
    if sent < _CODE:
        setting = ""
    if setting:
        yield Lived(event=ev.SettingConsulted(day=sent, setting=setting), inferred=True)
    if sent > start - _SAY:
        yield Lived(event=ev.RepresentationsReceived(day=start, complete=True), inferred=True)
    yield Lived(event=ev.FinalPlanIssued(day=start, setting=setting))


def _without_plan(request: Record, assessment: Record) -> Iterator[Lived]:
    asked = _request(request, None)
    yield asked
    when = request.get("request_outcome_date")
    outcome = request.get("request_outcome")
    if outcome == "N" and when:
        yield Lived(event=ev.AssessmentRefused(day=day(when)))
        return
    if outcome == "W":
        yield Lived(event=ev.RequestWithdrawn(day=day(when) if when else asked.event.day), inferred=not when)
        return
    if not assessment:
        return
    agreed = _agreed(request, asked.event.day, None)
    yield agreed
    then, ended = assessment.get("assessment_outcome"), assessment.get("assessment_outcome_date")
    if then == "N" and ended:
        yield Lived(event=ev.PlanRefused(day=day(ended)))
    if then == "W":
        yield Lived(event=ev.RequestWithdrawn(day=day(ended) if ended else agreed.event.day), inferred=not ended)
    if request.get("exported"):
        yield Lived(event=ev.NoLongerResponsible(day=agreed.event.day), inferred=True)


def _review(active: Record, reference: date) -> Iterator[Lived]:
    meeting = day(active["review_meeting"])
    outcome, decided = active.get("review_outcome"), active.get("last_review")
    if outcome == ReviewOutcome.CEASE and decided:
        yield Lived(event=ev.CeaseConsulted(day=meeting), inferred=True)
    yield Lived(event=ev.ReviewMeetingHeld(day=meeting))
    if not (outcome and decided):
        return
    yield Lived(event=ev.ReviewReportSent(day=day(decided)), inferred=True)
    yield Lived(event=ev.ReviewDecided(day=day(decided), outcome=ReviewOutcome(outcome)))
    if outcome != ReviewOutcome.AMEND or not active.get("review_draft"):
        return
    notice = max(day(active["review_draft"]), day(decided))
    yield Lived(event=ev.AmendmentNoticeSent(day=notice), inferred=notice != day(active["review_draft"]))
    if notice + _AMEND_WITHIN < reference:
        yield Lived(event=ev.AmendedPlanIssued(day=notice + _AMEND_WITHIN), inferred=True)


def _earlier_review(plan: Record, active: Record, reference: date) -> Iterator[Lived]:
    """A review of a plan that is more than a year old, where the return tells of none that was decided.

    Whether it was, and when, the return does not say: with it, no day is given out as the day the next review is due.
    """
    start, ended = day(plan["start_date"]), plan.get("cease_date")
    meeting = active.get("review_meeting")
    until = min(day(meeting) if meeting else reference, day(ended) if ended else reference)
    held = until - timedelta(days=1) if meeting else reference - timedelta(weeks=52)
    if (active.get("last_review") and active.get("review_outcome")) or until - start < _YEAR or held <= start:
        return
    yield Lived(event=ev.ReviewMeetingHeld(day=held), inferred=True)
    yield Lived(event=ev.ReviewReportSent(day=held), inferred=True)
    yield Lived(event=ev.ReviewDecided(day=held, outcome=ReviewOutcome.MAINTAIN), inferred=True)


def _ends(plan: Record) -> Iterator[Chapter]:
    ceased, reason = day(plan["cease_date"]), plan.get("cease_reason")
    if reason == CeaseReason.DIED:
        yield [Lived(event=ev.Died(day=ceased))]
        return
    if reason == CeaseReason.TRANSFERRED:
        learned = Lived(event=ev.MoveOutLearned(day=ceased, moves_on=ceased), inferred=True)
        yield [learned, Lived(event=ev.PlanTransferred(day=ceased))]
        return
    likely = _GROUNDS.get(reason or "", CeaseGround.NOT_NECESSARY)
    for ground in dict.fromkeys((likely, CeaseGround.NOT_NECESSARY)):
        for before in _CEASE_BEFORE:
            decided = max(ceased - before, day(plan["start_date"]))
            told = ev.CeaseDecided(day=decided, ground=ground, reviewed=True, outcomes_considered=True)
            yield [
                Lived(event=ev.CeaseConsulted(day=decided), inferred=True),
                Lived(event=told, inferred=True),
                Lived(event=ev.PlanCeased(day=ceased)),
            ]
