"""What a return says of years before its period: a request or assessment decided then is historical, and what ended then is
left out. For requests that began here only: those that were loaded stay as they were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from rightplace.vocabulary.codes import AssessmentOutcome, RequestOutcome
from rightplace.web.load.nested import Record

_OF_LIVE: Final = (
    "received_date", "request_source", "rya", "request_outcome_date", "request_mediation", "request_tribunal",
)  # fmt: skip
_OF_NEW: Final = ("assessment_outcome_date", "assessment_mediation", "assessment_tribunal", "week20")


def in_period(requests: Iterable[Record], start: date, ended: dict[int, date]) -> list[Record]:
    """The requests that belong in a return whose period begins on ``start``, as it says them.

    ``ended`` gives, by place, the day a request without a plan was withdrawn, or its subject moved away or died.
    """
    kept = [one for place, one in enumerate(requests) if not _over(one, start.isoformat(), ended.get(place))]
    for one in kept:
        _age(one, start.isoformat())
    return kept


def _over(request: Record, start: str, ended: date | None) -> bool:
    """Whether a request was over before the period began."""
    assessment = request.get("assessment", [{}])[0]
    plan = next(iter(assessment.get("namedplan", ())), None)
    if plan is not None:
        return bool(plan.get("cease_date")) and plan["cease_date"] < start
    if ended is not None and ended.isoformat() < start:
        return True
    if assessment.get("assessment_outcome") == AssessmentOutcome.NOT_ISSUE:
        return str(assessment.get("assessment_outcome_date", "")) < start
    refused = request["request_outcome"] == RequestOutcome.NOT_ASSESS
    return refused and str(request.get("request_outcome_date", "")) < start


def _age(request: Record, start: str) -> None:
    agreed = request["request_outcome"] == RequestOutcome.ASSESS
    if not agreed or str(request.get("request_outcome_date", start)) >= start:
        return
    request["request_outcome"] = RequestOutcome.HISTORICAL.value
    _drop(request, _OF_LIVE)
    assessment = request.get("assessment", [{}])[0]
    issued = assessment.get("assessment_outcome") == AssessmentOutcome.ISSUE
    if issued and str(assessment.get("assessment_outcome_date", start)) < start:
        assessment["assessment_outcome"] = AssessmentOutcome.HISTORICAL.value
        _drop(assessment, _OF_NEW)


def _drop(record: Record, names: Iterable[str]) -> None:
    for name in names:
        record.pop(name, None)
