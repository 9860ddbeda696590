"""Every deadline of the process, one row each. The numbers are parameters with their source; this says what they run from."""

from __future__ import annotations

from typing import Final

from rightplace.casework import events as ev
from rightplace.casework import exemptions, rule_dates
from rightplace.casework.events import Event, Match
from rightplace.casework.history import APPEALABLE, appeal_subjects
from rightplace.casework.limits import Counted, Limit
from rightplace.casework.rule import Again, DeadlineRule, Kind
from rightplace.casework.terms import AppealSubject, OrderKind, Owner
from rightplace.vocabulary.codes import ReviewOutcome


def _limit(parameter: str, counted: Counted) -> Limit:
    return Limit(parameter=parameter, counted=counted)


def _only(kind: type[Event], field: str, *values: object) -> Match:
    return Match(event=kind, field=field, values=values)


def _where(kind: type[Event], **fact: object) -> Match:
    ((field, value),) = fact.items()
    return Match(event=kind, field=field, values=(value,))


def _ordered(*kinds: OrderKind) -> tuple[Match, ...]:
    """An order, or an agreement at mediation, which binds as an order does (regulation 42)."""
    return (_only(ev.TribunalOrdered, "order", *kinds), _only(ev.MediationHeld, "agreed", *kinds))


def _conceded(*subjects: AppealSubject) -> tuple[Match, ...]:
    return (_only(ev.AppealConceded, "subject", *subjects),)


def _appeals_against(decision: Event, event: Event) -> bool:
    return not isinstance(event, ev.AppealLodged) or event.subject in appeal_subjects(decision)


_REGS: Final = "SEND Regulations 2014, regulation"
_ACT: Final = "Children and Families Act 2014, section"
_START: Final = Match.of(ev.RequestReceived, ev.BroughtToAttention)
_STOPPED: Final = Match.of(ev.AssessmentRefused, ev.PlanRefused)
_DECISIONS: Final = tuple(APPEALABLE)

_ASSESSMENT: Final = (
    DeadlineRule(
        id="assess_decision",
        title="Tell the family whether there will be an assessment",
        family="We must tell you if we will do an assessment",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 5(1)",
        starts=_START,
        limit=_limit("assessment_decision_weeks", Counted.WEEKS),
        met_by=Match.of(ev.AssessmentAgreed, ev.AssessmentRefused),
        exemptions=exemptions.ASSESSMENT,
        note="From receipt, not from a panel or from complete papers.",
    ),
    DeadlineRule(
        id="advice_return",
        title="Send the advice asked for",
        family="People we asked for advice must send it",
        owner=Owner.ADVISER,
        basis=f"{_REGS} 8(1)",
        starts=Match.of(ev.AdviceRequested),
        limit=_limit("advice_weeks", Counted.WEEKS),
        met_by=Match.of(ev.AdviceReceived, ev.AdviceReused),
        same="adviser",
        again=Again.FIRST_STANDS,
        exemptions=exemptions.ADVICE,
        note="A reminder does not start the time again. The authority's own limits go on while advice is late.",
    ),
    DeadlineRule(
        id="no_plan_decision",
        title="If there will be no plan, tell the family",
        family="If there will be no plan, we must tell you",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 10(1)",
        starts=_START,
        limit=_limit("no_plan_decision_weeks", Counted.WEEKS),
        met_by=Match.of(ev.PlanRefused),
        falls_away=Match.of(ev.AssessmentRefused, ev.DraftPlanSent, ev.FinalPlanIssued),
        kind=Kind.CONDITIONAL,
        exemptions=exemptions.ASSESSMENT,
    ),
    DeadlineRule(
        id="draft_response",
        title="Comment on the draft, and ask for a setting",
        family="You can tell us what you think of the draft and which school or college you want",
        owner=Owner.FAMILY,
        basis=f"{_REGS}s 13(1) and 22(2)(c)",
        starts=Match.of(ev.DraftPlanSent, ev.AmendmentNoticeSent),
        limit=_limit("draft_response_days", Counted.DAYS_BEGINNING),
        met_by=(_where(ev.RepresentationsReceived, complete=True),),
        falls_away=Match.of(ev.FinalPlanIssued, ev.AmendedPlanIssued, ev.AmendmentDropped),
        kind=Kind.WINDOW,
        note="Calendar days. The least time that must be given, and no bar to comments that come later.",
    ),
    DeadlineRule(
        id="setting_consult",
        title="Answer the consultation",
        family="The school or college should answer us",
        owner=Owner.SETTING,
        basis="SEND Code of practice (2015), paragraph 9.83",
        starts=Match.of(ev.SettingConsulted),
        limit=_limit("setting_consultation_days", Counted.DAYS),
        met_by=Match.of(ev.SettingAnswered),
        falls_away=Match.of(ev.FinalPlanIssued, ev.AmendedPlanIssued),
        same="setting",
        again=Again.FIRST_STANDS,
        kind=Kind.EXPECTED,
        note="Guidance, not a regulation.",
    ),
    DeadlineRule(
        id="final_plan",
        title="Issue the final plan",
        family="If there is a plan, we must send you the final one",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 13(2)",
        starts=_START,
        limit=_limit("final_plan_weeks", Counted.WEEKS),
        met_by=Match.of(ev.FinalPlanIssued),
        falls_away=_STOPPED,
        exemptions=exemptions.ASSESSMENT,
    ),
)

_REVIEW: Final = (
    DeadlineRule(
        id="review_due",
        title="Complete the next review",
        family="We must look at the plan again",
        owner=Owner.AUTHORITY,
        basis=f"{_ACT} 44(1)",
        starts=Match.of(ev.FinalPlanIssued, ev.ReviewDecided),
        limit=_limit("review_months", Counted.MONTHS_BEGINNING),
        met_by=Match.of(ev.ReviewDecided),
        note="“12 months starting with” a day make that day the first. A review is complete with the decision.",
    ),
    DeadlineRule(
        id="review_invite",
        title="Give notice of the review meeting",
        family="You must be asked to the review meeting",
        owner=Owner.SETTING,
        basis=f"{_REGS}s 20(3) and 21",
        starts=Match.of(ev.ReviewMeetingSet),
        runs_from="meeting",
        limit=_limit("review_notice_weeks", Counted.WEEKS_BEFORE),
        met_by=Match.of(ev.ReviewInvited),
        falls_away=Match.of(ev.ReviewMeetingHeld),
    ),
    DeadlineRule(
        id="review_papers",
        title="Send the papers of the review meeting round",
        family="You must get the reports for the meeting",
        owner=Owner.SETTING,
        basis=f"{_REGS}s 20(4) and 21",
        starts=Match.of(ev.ReviewMeetingSet),
        runs_from="meeting",
        limit=_limit("review_notice_weeks", Counted.WEEKS_BEFORE),
        met_by=Match.of(ev.ReviewPapersSent),
        falls_away=Match.of(ev.ReviewMeetingHeld),
    ),
    DeadlineRule(
        id="review_report",
        title="Send the report of the review meeting",
        family="You must get a report of the meeting",
        owner=Owner.SETTING,
        basis=f"{_REGS}s 20 and 21",
        starts=Match.of(ev.ReviewMeetingHeld),
        limit=_limit("review_report_weeks", Counted.WEEKS),
        met_by=Match.of(ev.ReviewReportSent),
    ),
    DeadlineRule(
        id="review_decision",
        title="Notify the decision after the review, with any proposed amendments",
        family="We must tell you if the plan stays, changes or ends",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 20(10), with R (L, M and P) v Devon County Council [2022] EWHC 493 (Admin)",
        starts=Match.of(ev.ReviewMeetingHeld),
        limit=_limit("review_decision_weeks", Counted.WEEKS),
        met_by=(
            _only(ev.ReviewDecided, "outcome", ReviewOutcome.MAINTAIN, ReviewOutcome.CEASE),
            Match(event=ev.AmendmentNoticeSent),
        ),
        note="A decision to amend is in time only with the proposed amendments.",
    ),
    DeadlineRule(
        id="amended_final",
        title="Issue the amended plan, from the notice",
        family="We must send you the changed plan, or tell you that it stays the same",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 22(3) and (4)",
        starts=Match.of(ev.AmendmentNoticeSent),
        limit=_limit("amended_plan_weeks", Counted.WEEKS),
        met_by=Match.of(ev.AmendedPlanIssued, ev.AmendmentDropped),
    ),
    DeadlineRule(
        id="amended_final_from_meeting",
        title="Issue the amended plan, from the review meeting",
        family="After the meeting, we must send you the changed plan",
        owner=Owner.AUTHORITY,
        basis="R (L, M and P) v Devon County Council [2022] EWHC 493 (Admin)",
        starts=Match.of(ev.ReviewMeetingHeld),
        limit=_limit("amended_plan_from_meeting_weeks", Counted.WEEKS),
        met_by=Match.of(ev.AmendedPlanIssued, ev.AmendmentDropped),
        falls_away=(_only(ev.ReviewDecided, "outcome", ReviewOutcome.MAINTAIN, ReviewOutcome.CEASE),),
    ),
)

_CHANGE: Final = (
    DeadlineRule(
        id="reassess_reply",
        title="Answer the request for a re-assessment",
        family="We must tell you if we will do the assessment again",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 25(1)",
        starts=Match.of(ev.ReassessmentRequested),
        limit=_limit("reassessment_reply_days", Counted.DAYS),
        met_by=Match.of(ev.ReassessmentAgreed, ev.ReassessmentRefused),
        wording_read=False,
        note="Information services say calendar days; the text of the regulation was not read.",
    ),
    DeadlineRule(
        id="reassess_final",
        title="Issue the plan that follows the re-assessment",
        family="After the new assessment, we must send you the final plan",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 27(2)",
        starts=Match.of(ev.ReassessmentAgreed),
        limit=_limit("reassessment_final_plan_weeks", Counted.WEEKS),
        met_by=Match.of(ev.AmendedPlanIssued),
        exemptions=exemptions.ASSESSMENT,
    ),
    DeadlineRule(
        id="phase_transfer",
        title="Name the next setting in the plan",
        family="The plan must say which school or college comes next",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 18(1) and (2)",
        starts=Match.of(ev.PhaseTransferExpected),
        limit=rule_dates.BEFORE_COLLEGE,
        due=rule_dates.phase_transfer,
        met_by=(
            _where(ev.AmendedPlanIssued, for_next_phase=True),
            _where(ev.ReviewDecided, for_next_phase=True),
            _where(ev.FinalPlanIssued, for_next_phase=True),
        ),
        other_limits=(
            _limit("phase_transfer_post_16_date", Counted.DAYS),
            _limit("phase_transfer_other_date", Counted.DAYS),
        ),
        note="No exemption. “Before” 15 February or 31 March means by the end of the day before.",
    ),
    DeadlineRule(
        id="move_transfer",
        title="Transfer the plan to the new authority",
        family="We must pass the plan to your new council",
        owner=Owner.OLD_AUTHORITY,
        basis=f"{_REGS} 15(2)",
        starts=Match.of(ev.MoveOutLearned),
        limit=_limit("move_transfer_working_days", Counted.WORKING_DAYS_BEGINNING),
        due=rule_dates.move_transfer,
        met_by=Match.of(ev.PlanTransferred),
        other_limits=(_limit("move_notice_working_days", Counted.WORKING_DAYS),),
    ),
    DeadlineRule(
        id="move_notify",
        title="Tell the family what follows from the transfer",
        family="We must write to you about what happens after your move",
        owner=Owner.NEW_AUTHORITY,
        basis=f"{_REGS} 15(4)",
        starts=Match.of(ev.MovedIn),
        limit=_limit("move_notice_weeks", Counted.WEEKS),
        met_by=Match.of(ev.MoveNotified),
    ),
    DeadlineRule(
        id="move_review",
        title="Review the plan after the move",
        family="We must look at the plan with you after your move",
        owner=Owner.NEW_AUTHORITY,
        basis=f"{_REGS} 15(5)",
        starts=Match.of(ev.MovedIn),
        limit=rule_dates.FROM_REVIEW,
        due=rule_dates.move_review,
        met_by=Match.of(ev.ReviewDecided),
        other_limits=(rule_dates.FROM_TRANSFER,),
        wording_read=False,
        note="That the 3 months also begin with the day of the transfer was not read.",
    ),
    DeadlineRule(
        id="cease_hold",
        title="Keep the plan until the right to appeal is spent",
        family="The plan stays while you can still challenge the decision",
        owner=Owner.AUTHORITY,
        basis=f"{_ACT} 45(4)",
        starts=Match.of(ev.CeaseDecided),
        limit=_limit("appeal_months", Counted.MONTHS),
        due=rule_dates.cease_hold,
        met_by=Match.of(ev.PlanCeased),
        falls_away=(*Match.of(ev.CeaseDropped), *_ordered(OrderKind.CONTINUE, OrderKind.CONTINUE_AND_AMEND)),
        other_limits=(_limit("appeal_from_certificate_months", Counted.MONTHS),),
        kind=Kind.HOLD,
    ),
)

_DISPUTE: Final = (
    DeadlineRule(
        id="mediation_contact",
        title="Contact the mediation adviser",
        family="Call the mediation adviser if you want to appeal",
        owner=Owner.FAMILY,
        basis=f"{_REGS} 33",
        starts=_DECISIONS,
        limit=_limit("mediation_contact_months", Counted.MONTHS),
        met_by=Match.of(ev.MediationContacted),
        again=Again.EACH_COUNTS,
        kind=Kind.WINDOW,
        note="Not needed for an appeal that is only about the setting.",
    ),
    DeadlineRule(
        id="mediation_certificate",
        title="Issue the mediation certificate",
        family="The mediation adviser must send you the certificate",
        owner=Owner.MEDIATION_ADVISER,
        basis=f"{_REGS}s 34 and 39",
        starts=(_where(ev.MediationContacted, wants_mediation=False), Match(event=ev.MediationHeld)),
        limit=_limit("mediation_certificate_working_days", Counted.WORKING_DAYS),
        met_by=Match.of(ev.CertificateIssued),
    ),
    DeadlineRule(
        id="mediation_session",
        title="Arrange mediation",
        family="We must set up a meeting with a mediator",
        owner=Owner.AUTHORITY,
        basis=f"{_REGS}s 36 to 38",
        starts=(_where(ev.MediationContacted, wants_mediation=True),),
        limit=_limit("mediation_session_days", Counted.DAYS),
        met_by=Match.of(ev.MediationHeld),
        falls_away=Match.of(ev.CertificateIssued),
        note="The certificate is issued even where mediation was not arranged in time.",
    ),
    DeadlineRule(
        id="appeal",
        title="Appeal to the tribunal",
        family="You can ask the tribunal to look at our decision",
        owner=Owner.FAMILY,
        basis="SI 2008/2699, rules 12 and 20",
        starts=_DECISIONS,
        limit=_limit("appeal_months", Counted.MONTHS),
        due=rule_dates.appeal,
        met_by=Match.of(ev.AppealLodged),
        again=Again.EACH_COUNTS,
        answers=_appeals_against,
        other_limits=(_limit("appeal_from_certificate_months", Counted.MONTHS),),
        kind=Kind.WINDOW,
        note="Moved on from August, and from 25 December to 1 January. The tribunal may allow a late appeal.",
    ),
)


def _weeks_from(
    name: str,
    parameter: str,
    starts: tuple[Match, ...],
    met_by: tuple[Match, ...],
    words: tuple[str, str],
    falls_away: tuple[Match, ...] = (),
) -> DeadlineRule:
    conceded = name.startswith("conceded")
    return DeadlineRule(
        id=name,
        title=words[0],
        family=words[1],
        owner=Owner.AUTHORITY,
        basis=f"{_REGS} 45" if conceded else f"{_REGS} 44(2)",
        starts=starts,
        limit=_limit(parameter, Counted.WEEKS),
        met_by=met_by,
        falls_away=falls_away,
        kind=Kind.CONDITIONAL if name.endswith("no_plan") else Kind.DUTY,
        exemptions=() if conceded else exemptions.ORDER,
        note="" if conceded else "From the date of the order. Agreements at mediation are taken to bind alike (inferred).",
    )  # fmt: skip


_ASSESS: Final = _ordered(OrderKind.ASSESS, OrderKind.REASSESS)
_MAKE: Final = _ordered(OrderKind.MAKE_PLAN)
_SAY_ASSESS: Final = ("Notify that there will be an assessment", "We must tell you that we will do the assessment")
_SAY_NO_PLAN: Final = ("If there will be no plan, notify that", "If there will be no plan, we must tell you")
_SAY_PLAN: Final = ("Issue the final plan", "If there is a plan, we must send you the final one")
_SAY_DRAFT: Final = ("Send the draft plan", "We must send you a draft plan")
_SAY_AMEND: Final = ("Issue the amended plan", "We must send you the changed plan")
_SAY_SETTING: Final = ("Change the setting named", "We must change the school or college in the plan")
_AGREED: Final = Match.of(ev.AssessmentAgreed, ev.ReassessmentAgreed)
_ISSUED: Final = Match.of(ev.FinalPlanIssued, ev.AmendedPlanIssued)
_AMENDED: Final = Match.of(ev.AmendedPlanIssued)
_DRAFTED: Final = Match.of(ev.DraftPlanSent)
_REFUSED: Final = Match.of(ev.PlanRefused)
_AMENDS: Final = _ordered(OrderKind.AMEND, OrderKind.CONTINUE_AND_AMEND)
_C_ASSESS: Final = _conceded(AppealSubject.NOT_ASSESS, AppealSubject.NOT_REASSESS)
_C_PLAN: Final = _conceded(AppealSubject.NO_PLAN)

_ORDERS: Final = (
    _weeks_from("order_assess", "order_assess_weeks", _ASSESS, _AGREED, _SAY_ASSESS),
    _weeks_from("order_no_plan", "order_no_plan_weeks", _ASSESS, _REFUSED, _SAY_NO_PLAN, (*_DRAFTED, *_ISSUED)),
    _weeks_from("order_assess_final", "order_assess_final_plan_weeks", _ASSESS, _ISSUED, _SAY_PLAN, _REFUSED),
    _weeks_from("order_draft", "order_draft_plan_weeks", _MAKE, _DRAFTED, _SAY_DRAFT),
    _weeks_from("order_final", "order_final_plan_weeks", _MAKE, _ISSUED, _SAY_PLAN),
    _weeks_from("order_amend", "order_amend_weeks", _AMENDS, _AMENDED, _SAY_AMEND),
    _weeks_from(
        "order_name", "order_name_setting_weeks", _ordered(OrderKind.NAME_SETTING), _AMENDED, _SAY_SETTING,
    ),
    _weeks_from(
        "order_reconsider", "order_reconsider_weeks", _ordered(OrderKind.RECONSIDER), (*_DRAFTED, *_REFUSED),
        ("Decide again whether to issue a plan", "We must decide again if there will be a plan"),
    ),
    _weeks_from("conceded_assess", "conceded_assess_weeks", _C_ASSESS, _AGREED, _SAY_ASSESS),
    _weeks_from(
        "conceded_no_plan", "conceded_no_plan_weeks", _C_ASSESS, _REFUSED, _SAY_NO_PLAN, (*_DRAFTED, *_ISSUED),
    ),
    _weeks_from(
        "conceded_assess_final", "conceded_assess_final_plan_weeks", _C_ASSESS, _ISSUED, _SAY_PLAN, _REFUSED,
    ),
    _weeks_from("conceded_draft", "conceded_draft_plan_weeks", _C_PLAN, _DRAFTED, _SAY_DRAFT),
    _weeks_from("conceded_final", "conceded_final_plan_weeks", _C_PLAN, _ISSUED, _SAY_PLAN),
    _weeks_from(
        "conceded_contents", "conceded_contents_weeks",
        _conceded(AppealSubject.CONTENT, AppealSubject.NOT_AMEND), _AMENDED, _SAY_AMEND,
    ),
    _weeks_from(
        "conceded_name", "conceded_name_setting_weeks", _conceded(AppealSubject.SETTING), _AMENDED, _SAY_SETTING,
    ),
)  # fmt: skip

RULES: Final = (*_ASSESSMENT, *_REVIEW, *_CHANGE, *_DISPUTE, *_ORDERS)
"""Every deadline rule, in the order of the process."""

RULE: Final = {rule.id: rule for rule in RULES}
"""Every deadline rule by its id."""
