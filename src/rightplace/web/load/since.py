"""What happened since a return was loaded, put over what the return said: the newest word on each item stands.

Items that no event tells of (mediation, personal budgets, where someone is placed, needs) stay as they were loaded; for a case
that began here they are missing, and ``rightplace check`` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from types import MappingProxyType
from typing import Any, Final

from rightplace.casework import events as ev
from rightplace.casework.events import Event
from rightplace.casework.terms import CeaseGround
from rightplace.vocabulary.codes import AssessmentOutcome, CeaseReason, RequestOutcome
from rightplace.web.load.nested import Record

_REASONS: Final = MappingProxyType(
    {
        CeaseGround.MAXIMUM_AGE: CeaseReason.MAXIMUM_AGE,
        CeaseGround.NOT_NECESSARY: CeaseReason.NEEDS_MET,
        CeaseGround.HIGHER_EDUCATION: CeaseReason.HIGHER_EDUCATION,
        CeaseGround.PAID_WORK: CeaseReason.EMPLOYMENT,
        CeaseGround.LEFT_EDUCATION: CeaseReason.NOT_ENGAGED,
        CeaseGround.MOVED_OUTSIDE_ENGLAND: CeaseReason.MOVED_OUTSIDE_ENGLAND,
    }
)


def put_over(loaded: list[Record], events: Iterable[Event], codes: Mapping[str, str]) -> list[Record]:
    """The requests of a person, with events put over them in order. ``codes`` gives settings' codes by name."""
    requests = deepcopy(loaded)
    ground: CeaseGround | None = None
    for event in events:
        if isinstance(event, ev.CeaseDecided):
            ground = event.ground
        if isinstance(event, ev.RequestReceived | ev.BroughtToAttention):
            source = {"request_source": event.source.value} if isinstance(event, ev.RequestReceived) else {}
            outcome = RequestOutcome.AWAITED.value
            requests.append({"received_date": _day(event), **source, "rya": "0", "request_outcome": outcome})
        elif requests:
            _put(requests[-1], event, codes, ground)
    return requests


def _put(request: Record, event: Event, codes: Mapping[str, str], ground: CeaseGround | None) -> None:
    if isinstance(event, ev.PlanCeased | ev.PlanTransferred | ev.Died):
        _under(_under(request, "assessment"), "namedplan").update(
            cease_date=_day(event), cease_reason=_reason(event, ground).value
        )
        return
    if isinstance(event, ev.FinalPlanIssued):
        _plan(request, event, codes)
        return
    put = _PUT.get(type(event))
    if put:
        put(request, event)


def _reason(event: Event, ground: CeaseGround | None) -> CeaseReason:
    if isinstance(event, ev.Died):
        return CeaseReason.DIED
    if isinstance(event, ev.PlanTransferred):
        return CeaseReason.TRANSFERRED
    return _REASONS[ground] if ground else CeaseReason.OTHER


def _plan(request: Record, event: ev.FinalPlanIssued, codes: Mapping[str, str]) -> None:
    assessment = _under(request, "assessment")
    assessment.update(assessment_outcome=AssessmentOutcome.ISSUE.value, assessment_outcome_date=_day(event))
    plan = _under(assessment, "namedplan")
    plan.setdefault("start_date", _day(event))
    plan.setdefault("pb", "0")
    plan.setdefault("oa", "0")
    code = codes.get(event.setting, "")
    named = {"urn": code} if code.isdigit() and len(code) == 6 else {"ukprn": code} if code else {"sen_setting": "OTH"}
    plan.setdefault("plandetail", [{**named, "placement_rank": "1"}])
    _under(request, "activeplans")


def _agreed(request: Record, event: Event) -> None:
    request.update(request_outcome=RequestOutcome.ASSESS.value, request_outcome_date=_day(event))
    request.setdefault("request_mediation", "0")
    request.setdefault("request_tribunal", "0")
    _under(request, "assessment").setdefault("assessment_outcome", AssessmentOutcome.AWAITED.value)


def _refused(request: Record, event: Event) -> None:
    request.update(request_outcome=RequestOutcome.NOT_ASSESS.value, request_outcome_date=_day(event))
    request.setdefault("request_mediation", "0")
    request.setdefault("request_tribunal", "0")


def _withdrawn(request: Record, event: Event) -> None:
    if "assessment" in request:
        request["assessment"][0]["assessment_outcome"] = AssessmentOutcome.WITHDRAWN.value
    else:
        request["request_outcome"] = RequestOutcome.WITHDRAWN.value


def _no_plan(request: Record, event: Event) -> None:
    _under(request, "assessment").update(
        assessment_outcome=AssessmentOutcome.NOT_ISSUE.value, assessment_outcome_date=_day(event)
    )


def _met(request: Record, event: Event) -> None:
    active = _under(request, "activeplans")
    for of_the_review_before in ("review_outcome", "last_review", "review_draft"):
        active.pop(of_the_review_before, None)
    active["review_meeting"] = _day(event)


def _decided(request: Record, event: Any) -> None:
    _under(request, "activeplans").update(review_outcome=event.outcome.value, last_review=_day(event))


def _proposed(request: Record, event: Event) -> None:
    _under(request, "activeplans")["review_draft"] = _day(event)


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


def _under(record: Record, name: str) -> Record:
    """The first record of a table under another, made where there is none."""
    if not record.get(name):
        record[name] = [{}]
    found: Record = record[name][0]
    return found


def _day(event: Event) -> str:
    return event.day.isoformat()
