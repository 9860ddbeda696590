"""The plan in a return: issued, amended, moved in, its next move between phases, and its end (items 4 and 5.6)."""

from __future__ import annotations

from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from rightplace.casework import events as ev
from rightplace.casework import rule_dates
from rightplace.casework.events import Event
from rightplace.casework.history import History
from rightplace.casework.terms import CeaseGround, PhaseMove
from rightplace.vocabulary.codes import TRANSFER_OUTSIDE_LIST, AssessmentOutcome, CeaseReason, RequestOutcome
from rightplace.web.load.facts import Facts, day_of, under
from rightplace.web.load.named import named
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
ASSESSMENT_FLAGS: Final = ("assessment_mediation", "assessment_tribunal", "other_mediation", "other_tribunal")
"""The four items on disagreements that an assessment has once it is decided."""


def moved_in(event: ev.MovedIn, facts: Facts) -> Record:
    """A plan of another authority: its request and assessment were theirs, so both are historical."""
    plan: Record = {"start_date": facts.answers.get("first_made") or event.made_or_reviewed.isoformat()}
    _money(plan, facts)
    plan["plandetail"] = named("", facts.codes, facts.answers)
    active = {}
    if event.day >= facts.period_start:
        active["transfer_la"] = facts.answers.get("transfer_la") or TRANSFER_OUTSIDE_LIST
    assessment: Record = {"assessment_outcome": AssessmentOutcome.HISTORICAL.value, "namedplan": [plan]}
    return {
        "request_outcome": RequestOutcome.HISTORICAL.value,
        "assessment": [assessment],
        "activeplans": [active],
    }


def issued(request: Record, event: ev.FinalPlanIssued, facts: Facts) -> None:
    """Put a final plan, with the assessment that led to it."""
    assessment = under(request, "assessment")
    assessment.update(assessment_outcome=AssessmentOutcome.ISSUE.value, assessment_outcome_date=day_of(event))
    for flag in ASSESSMENT_FLAGS:
        assessment.setdefault(flag, "0")
    assessment.setdefault("week20", "1" if event.day in facts.excused else "0")
    plan = under(assessment, "namedplan")
    plan.setdefault("start_date", day_of(event))
    _money(plan, facts)
    plan.setdefault("plandetail", named(event.setting, facts.codes, facts.answers))
    under(request, "activeplans")
    _moved_on(request, event)


def amended(request: Record, event: ev.AmendedPlanIssued, facts: Facts) -> None:
    """Put an amended plan: the setting it names, and the end of a move between phases."""
    plan = under(under(request, "assessment"), "namedplan")
    if event.setting:
        plan["plandetail"] = named(event.setting, facts.codes, facts.answers)
    _moved_on(request, event)


def _moved_on(request: Record, event: ev.FinalPlanIssued | ev.AmendedPlanIssued) -> None:
    active = under(request, "activeplans")
    if event.for_next_phase and "phase_transfer_due_date" in active:
        active["phase_transfer_final_date"] = day_of(event)


def expected(request: Record, event: ev.PhaseTransferExpected, facts: Facts) -> None:
    """The date by which a plan must be amended for a move (item 5.6a), for moves that fall due in the period."""
    last = rule_dates.phase_transfer(History(), event)
    if last is None:
        return
    # The law says "before" the day, and the return names the day.
    due = last if event.move is PhaseMove.BETWEEN_POST_16 else last + timedelta(days=1)
    if facts.period_start <= due < date(facts.period_start.year + 1, 1, 1):
        under(request, "activeplans")["phase_transfer_due_date"] = due.isoformat()


def _money(plan: Record, facts: Facts) -> None:
    """Personal budget, residential and work-based items, as officers answered them (items 4.2 to 4.4)."""
    for item, answer in (("pb", "0"), ("oa", "0"), ("dp", ""), ("plan_res", ""), ("plan_wbp", "")):
        value = facts.answers.get(item) or answer
        if value:
            plan.setdefault(item, value)


def ended(request: Record, event: Event, ground: CeaseGround | None) -> bool:
    """Put the end of the plan; whether there was one."""
    plan = next(iter(request.get("assessment", [{}])[0].get("namedplan", ())), None)
    if plan is not None:
        plan.update(cease_date=day_of(event), cease_reason=_reason(event, ground).value)
    return plan is not None


def _reason(event: Event, ground: CeaseGround | None) -> CeaseReason:
    if isinstance(event, ev.Died):
        return CeaseReason.DIED
    if isinstance(event, ev.PlanTransferred):
        return CeaseReason.TRANSFERRED
    return _REASONS[ground] if ground else CeaseReason.OTHER
