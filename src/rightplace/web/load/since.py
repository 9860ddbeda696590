"""What happened since a return was loaded, put over what the return said: the newest word on each item stands.

For a case that began here the same makes the whole: its events tell the days and outcomes, ``Facts`` what no event tells.
Items that neither tells stay as they were loaded, or are missing, and ``rightplace check`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any, Final

from rightplace.casework import events as ev
from rightplace.casework.events import Event
from rightplace.casework.history import appeal_subjects
from rightplace.casework.terms import AppealSubject, CeaseGround
from rightplace.vocabulary.codes import TRANSFER_OUTSIDE_LIST, AssessmentOutcome, RequestOutcome, RequestSource
from rightplace.web.load.facts import Facts, day_of, under
from rightplace.web.load.nested import Record
from rightplace.web.load.plan_items import ASSESSMENT_FLAGS, amended, ended, expected, issued, moved_in

_REQUEST_FLAGS: Final = ("request_mediation", "request_tribunal")


def put_over(loaded: list[Record], events: Iterable[Event], facts: Facts) -> list[Record]:
    """The requests of a person, with events put over them in order."""
    requests = deepcopy(loaded)
    ground: CeaseGround | None = None
    decision = facts.decision
    for event in events:
        if isinstance(event, ev.CeaseDecided):
            ground = event.ground
        if isinstance(event, ev.RequestReceived | ev.BroughtToAttention):
            requests.append(_received(event, facts))
        elif isinstance(event, ev.MovedIn):
            requests.append(moved_in(event, facts))
        elif requests and isinstance(event, ev.MediationHeld | ev.AppealLodged):
            _disputed(requests[-1], event, decision)
        elif requests:
            _put(requests[-1], event, facts, ground)
        decision = event if appeal_subjects(event) else decision
    return requests


def _received(event: ev.RequestReceived | ev.BroughtToAttention, facts: Facts) -> Record:
    source = event.source if isinstance(event, ev.RequestReceived) else RequestSource.OTHER
    return {
        "received_date": day_of(event),
        "request_source": source.value,
        "rya": facts.answers.get("rya") or "0",
        "request_outcome": RequestOutcome.AWAITED.value,
    }


def _disputed(request: Record, event: ev.MediationHeld | ev.AppealLodged, decision: Event | None) -> None:
    """A mediation meeting, whatever came of it, or an appeal, on the decision it was about (items 2.6 to 3.6)."""
    subjects = (event.subject,) if isinstance(event, ev.AppealLodged) else appeal_subjects(decision) if decision else ()
    kind = "tribunal" if isinstance(event, ev.AppealLodged) else "mediation"
    if AppealSubject.NOT_ASSESS in subjects:
        request[f"request_{kind}"] = "1"
    elif "assessment" in request:
        of = "assessment" if AppealSubject.NO_PLAN in subjects else "other"
        under(request, "assessment")[f"{of}_{kind}"] = "1"


def _put(request: Record, event: Event, facts: Facts, ground: CeaseGround | None) -> None:
    if isinstance(event, ev.PlanCeased | ev.PlanTransferred | ev.Died):
        if not ended(request, event, ground):
            _withdrawn(request, event)
    elif isinstance(event, ev.FinalPlanIssued):
        issued(request, event, facts)
    elif isinstance(event, ev.AmendedPlanIssued):
        amended(request, event, facts)
    elif isinstance(event, ev.NoLongerResponsible):
        _exported(request, facts)
    elif isinstance(event, ev.PhaseTransferExpected):
        expected(request, event, facts)
    elif put := _PUT.get(type(event)):
        put(request, event)


def _exported(request: Record, facts: Facts) -> None:
    """Moved away before the assessment was complete: nothing more is asked."""
    if request["request_outcome"] == RequestOutcome.AWAITED:
        request["request_outcome"] = RequestOutcome.WITHDRAWN.value
        return
    request["exported"] = facts.answers.get("exported") or TRANSFER_OUTSIDE_LIST
    request.pop("assessment", None)


def _agreed(request: Record, event: Event) -> None:
    request.update(request_outcome=RequestOutcome.ASSESS.value, request_outcome_date=day_of(event))
    for flag in _REQUEST_FLAGS:
        request.setdefault(flag, "0")
    under(request, "assessment").setdefault("assessment_outcome", AssessmentOutcome.AWAITED.value)


def _refused(request: Record, event: Event) -> None:
    request.update(request_outcome=RequestOutcome.NOT_ASSESS.value, request_outcome_date=day_of(event))
    for flag in _REQUEST_FLAGS:
        request.setdefault(flag, "0")


def _withdrawn(request: Record, event: Event) -> None:
    if "assessment" in request:
        request["assessment"][0]["assessment_outcome"] = AssessmentOutcome.WITHDRAWN.value
    elif request["request_outcome"] == RequestOutcome.AWAITED:
        request["request_outcome"] = RequestOutcome.WITHDRAWN.value


def _no_plan(request: Record, event: Event) -> None:
    assessment = under(request, "assessment")
    assessment.update(assessment_outcome=AssessmentOutcome.NOT_ISSUE.value, assessment_outcome_date=day_of(event))
    for flag in ASSESSMENT_FLAGS:
        assessment.setdefault(flag, "0")


def _met(request: Record, event: Event) -> None:
    active = under(request, "activeplans")
    for of_the_review_before in ("review_outcome", "last_review", "review_draft"):
        active.pop(of_the_review_before, None)
    active["review_meeting"] = day_of(event)


def _decided(request: Record, event: Any) -> None:
    under(request, "activeplans").update(review_outcome=event.outcome.value, last_review=day_of(event))


def _proposed(request: Record, event: Event) -> None:
    under(request, "activeplans")["review_draft"] = day_of(event)


_PUT: Final[Mapping[type[Event], Callable[[Record, Any], None]]] = MappingProxyType(
    {
        ev.AssessmentAgreed: _agreed,
        ev.AssessmentRefused: _refused,
        ev.RequestWithdrawn: _withdrawn,
        ev.PlanRefused: _no_plan,
        ev.ReviewMeetingHeld: _met,
        ev.ReviewDecided: _decided,
        ev.AmendmentNoticeSent: _proposed,
    }
)
