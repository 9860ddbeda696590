"""The process as a table: in which states an event may be recorded, what it leads to, and what else is asked.

An event is recorded only when every track it stands under has a row for the track's present state and all guards of those
rows are met. A row with no target leaves its track where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from rightplace.casework import events as ev
from rightplace.casework import guards as g
from rightplace.casework.events import Event, Match
from rightplace.casework.guards import Guard
from rightplace.casework.states import IN_FORCE as KEPT
from rightplace.casework.states import State as S
from rightplace.casework.states import Track
from rightplace.casework.terms import AppealSubject as A
from rightplace.casework.terms import OrderKind as O
from rightplace.vocabulary.codes import ReviewOutcome as R


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row: from any of ``sources`` on an event that fits ``on``, to ``target`` (None: stay) if ``guards`` are met."""

    sources: tuple[S, ...]
    on: Match
    target: S | None
    guards: tuple[Guard, ...] = ()

    @property
    def track(self) -> Track:
        """The track that the row belongs to."""
        return self.sources[0].track


def _row(sources: tuple[S, ...], on: type[Event] | Match, target: S | None, *guards: Guard) -> Transition:
    match = on if isinstance(on, Match) else Match(event=on)
    return Transition(sources=sources, on=match, target=target, guards=guards)


def _only(kind: type[Event], field: str, *values: object) -> Match:
    return Match(event=kind, field=field, values=values)


_OPEN: Final = (S.NO_REQUEST, S.NOT_ASSESSED, S.NO_PLAN, S.CEASED, S.MOVED_AWAY, S.WITHDRAWN)
_TOWARDS: Final = (S.DECIDING, S.MUST_ASSESS, S.ASSESSING, S.MUST_DRAFT, S.DRAFT)
_ALIVE: Final = tuple(state for state in S if state.track is Track.PLAN and state is not S.DIED)
_REVIEWS: Final = tuple(state for state in S if state.track is Track.REVIEW)
_NOT_AMENDING: Final = tuple(state for state in _REVIEWS if state is not S.AMENDING)
_MET: Final = (S.MEETING_HELD, S.REPORTED)
_REASSESSMENTS: Final = tuple(state for state in S if state.track is Track.REASSESSMENT)

_TO_A_PLAN: Final = (
    _row(_OPEN, ev.RequestReceived, S.DECIDING),
    _row(_OPEN, ev.BroughtToAttention, S.DECIDING),
    _row((S.DECIDING,), ev.FamilyConsulted, None),
    _row((S.DECIDING, S.NOT_ASSESSED, S.MUST_ASSESS), ev.AssessmentAgreed, S.ASSESSING),
    _row((S.DECIDING,), ev.AssessmentRefused, S.NOT_ASSESSED),
    _row(_TOWARDS, ev.RequestWithdrawn, S.WITHDRAWN),
    _row((*_TOWARDS, S.NOT_ASSESSED, S.NO_PLAN), ev.NoLongerResponsible, S.MOVED_AWAY),
    _row((S.ASSESSING,), ev.AdviceRequested, None),
    _row(KEPT, ev.AdviceRequested, None, g.REASSESSING),
    _row((S.ASSESSING, S.DRAFT), ev.AdviceReceived, None, g.ADVICE_ASKED_FOR),
    _row(KEPT, ev.AdviceReceived, None, g.REASSESSING, g.ADVICE_ASKED_FOR),
    _row((S.ASSESSING,), ev.AdviceReused, None, g.NOT_FAMILY_ADVICE, g.THREE_AGREE),
    _row(KEPT, ev.AdviceReused, None, g.REASSESSING, g.NOT_FAMILY_ADVICE, g.THREE_AGREE),
    _row((S.ASSESSING, S.NO_PLAN, S.MUST_DRAFT, S.DRAFT), ev.DraftPlanSent, S.DRAFT, g.NO_SETTING_IN_DRAFT),
    _row(KEPT, ev.DraftPlanSent, None, g.REASSESSING),
    _row((S.DRAFT,), ev.RepresentationsReceived, None),
    _row(KEPT, ev.RepresentationsReceived, None, g.DRAFT_WITH_FAMILY),
    _row((S.DRAFT,), ev.SettingPreferred, None),
    _row(KEPT, ev.SettingPreferred, None, g.DRAFT_WITH_FAMILY),
    _row((S.DRAFT, *KEPT), ev.SettingConsulted, None),
    _row((S.DRAFT, *KEPT), ev.SettingAnswered, None, g.ANSWERS_A_CONSULTATION),
    _row((S.DRAFT,), ev.FinalPlanIssued, S.IN_FORCE, g.FAMILY_HAS_HAD_ITS_SAY, g.SETTING_CONSULTED),
    _row((S.ASSESSING,), ev.PlanRefused, S.NO_PLAN),
    _row((S.NO_PLAN,), ev.PlanRefused, None, g.MUST_RECONSIDER),
)

_IN_FORCE: Final = (
    _row(KEPT, ev.ReviewMeetingSet, None, g.MEETING_AHEAD),
    _row(KEPT, ev.ReviewInvited, None),
    _row(KEPT, ev.ReviewPapersSent, None),
    _row(KEPT, ev.ReviewMeetingHeld, None),
    _row(KEPT, ev.ReviewReportSent, None),
    _row(KEPT, _only(ev.ReviewDecided, "outcome", R.MAINTAIN, R.AMEND), None),
    _row((S.CEASING_CONSIDERED,), _only(ev.ReviewDecided, "outcome", R.CEASE), None, g.BOTH_CONSULTED),
    _row(KEPT, ev.AmendmentNoticeSent, None),
    _row(KEPT, ev.AmendmentDropped, None),
    _row(KEPT, ev.AmendedPlanIssued, None),
    _row(KEPT, ev.ReassessmentRequested, None),
    _row(KEPT, ev.ReassessmentAgreed, None),
    _row(KEPT, ev.ReassessmentRefused, None),
    _row(KEPT, ev.PhaseTransferExpected, None),
    _row(KEPT, ev.MoveOutLearned, None),
    _row(KEPT, ev.PlanTransferred, S.MOVED_AWAY, g.MOVE_KNOWN),
    _row(_OPEN, ev.MovedIn, S.IN_FORCE),
    _row(KEPT, ev.MoveNotified, None, g.MOVED_IN),
    _row((S.IN_FORCE,), ev.CeaseConsulted, S.CEASING_CONSIDERED),
    _row((S.CEASING_CONSIDERED,), ev.CeaseConsulted, None),
    _row(
        (S.CEASING_CONSIDERED,), ev.CeaseDecided, S.CEASE_DECIDED,
        g.BOTH_CONSULTED, g.GROUND_FITS_AGE, g.LEAVER_REVIEWED, g.OUTCOMES_CONSIDERED,
    ),
    _row((S.CEASING_CONSIDERED, S.CEASE_DECIDED), ev.CeaseDropped, S.IN_FORCE),
    _row((S.CEASE_DECIDED,), ev.PlanCeased, S.CEASED, g.HOLD_OVER),
    _row(tuple(state for state in _ALIVE if not state.ended), ev.RightsPassed, None, g.OLD_ENOUGH_FOR_RIGHTS),
    _row(_ALIVE, ev.Died, S.DIED),
)  # fmt: skip

_REVIEW: Final = (
    _row((S.NO_REVIEW, S.MEETING_SET), ev.ReviewMeetingSet, S.MEETING_SET),
    _row((S.MEETING_SET,), ev.ReviewInvited, None),
    _row((S.MEETING_SET,), ev.ReviewPapersSent, None),
    _row((S.NO_REVIEW, S.MEETING_SET), ev.ReviewMeetingHeld, S.MEETING_HELD),
    _row((S.MEETING_HELD,), ev.ReviewReportSent, S.REPORTED),
    _row(_MET, _only(ev.ReviewDecided, "outcome", R.MAINTAIN, R.CEASE), S.NO_REVIEW),
    _row(_MET, _only(ev.ReviewDecided, "outcome", R.AMEND), S.AMENDMENTS_OWED),
    _row((S.NO_REVIEW, S.AMENDMENTS_OWED, S.AMENDING), ev.AmendmentNoticeSent, S.AMENDING),
    _row((S.AMENDING,), ev.AmendmentDropped, S.NO_REVIEW),
    _row((S.AMENDING,), ev.AmendedPlanIssued, S.NO_REVIEW, g.FAMILY_HAS_HAD_ITS_SAY),
    _row(_NOT_AMENDING, ev.AmendedPlanIssued, None, g.AMENDMENT_IN_HAND, g.FAMILY_HAS_HAD_ITS_SAY),
)

_REASSESSMENT: Final = (
    _row((S.NO_REASSESSMENT,), ev.ReassessmentRequested, S.REASSESSMENT_ASKED),
    _row((S.NO_REASSESSMENT, S.REASSESSMENT_ASKED, S.MUST_REASSESS), ev.ReassessmentAgreed, S.REASSESSING),
    _row((S.REASSESSMENT_ASKED,), ev.ReassessmentRefused, S.NO_REASSESSMENT),
    _row((S.NO_REASSESSMENT, S.REASSESSMENT_ASKED, S.MUST_REASSESS), ev.DraftPlanSent, None),
    _row((S.REASSESSING, S.REDRAFTED), ev.DraftPlanSent, S.REDRAFTED, g.NO_SETTING_IN_DRAFT),
    _row((S.REDRAFTED,), ev.AmendedPlanIssued, S.NO_REASSESSMENT),
    _row(tuple(state for state in _REASSESSMENTS if state is not S.REDRAFTED), ev.AmendedPlanIssued, None),
)

_DISPUTE: Final = (
    _row(
        (S.NO_DISPUTE, S.ADVISER_CONTACTED), ev.MediationContacted, S.ADVISER_CONTACTED, g.DECISION_TO_CHALLENGE,
    ),
    _row((S.ADVISER_CONTACTED,), ev.MediationHeld, None),
    _row((S.ADVISER_CONTACTED,), ev.CertificateIssued, S.CERTIFIED),
    _row((S.CERTIFIED,), ev.AppealLodged, S.APPEALED, g.DECISION_TO_CHALLENGE, g.APPEAL_IN_TIME),
    _row(
        (S.NO_DISPUTE, S.ADVISER_CONTACTED), ev.AppealLodged, S.APPEALED,
        g.DECISION_TO_CHALLENGE, g.CERTIFICATE_NOT_NEEDED, g.APPEAL_IN_TIME,
    ),
    _row((S.APPEALED,), ev.AppealWithdrawn, S.NO_DISPUTE),
    _row((S.APPEALED,), ev.AppealConceded, S.NO_DISPUTE, g.CONCEDES_THE_APPEAL),
    _row((S.APPEALED,), ev.TribunalOrdered, S.NO_DISPUTE, g.ORDER_FITS_APPEAL),
)  # fmt: skip


def _decided_against(kind: type[Event], field: str) -> Iterator[Transition]:
    """What an order, or an agreement at mediation that binds as if it were one (regulation 42), does to a case."""
    yield _row((S.NOT_ASSESSED,), _only(kind, field, O.ASSESS), S.MUST_ASSESS)
    yield _row((S.NO_PLAN,), _only(kind, field, O.MAKE_PLAN), S.MUST_DRAFT)
    yield _row((S.NO_PLAN,), _only(kind, field, O.RECONSIDER), None)
    yield _row(KEPT, _only(kind, field, O.REASSESS, O.AMEND, O.NAME_SETTING), None)
    yield _row((S.CEASE_DECIDED,), _only(kind, field, O.CONTINUE, O.CONTINUE_AND_AMEND), S.IN_FORCE)
    yield _row((S.CEASE_DECIDED,), _only(kind, field, O.DISMISS_CEASE), None)
    yield _row(_ALIVE, _only(kind, field, O.DISMISS, None), None)
    yield _row((S.NO_REASSESSMENT, S.REASSESSMENT_ASKED), _only(kind, field, O.REASSESS), S.MUST_REASSESS)
    yield _row(_REASSESSMENTS, _only(kind, field, *(order for order in O if order is not O.REASSESS), None), None)


def _conceded() -> Iterator[Transition]:
    yield _row((S.NOT_ASSESSED,), _only(ev.AppealConceded, "subject", A.NOT_ASSESS), S.MUST_ASSESS)
    yield _row((S.NO_PLAN,), _only(ev.AppealConceded, "subject", A.NO_PLAN), S.MUST_DRAFT)
    yield _row((S.CEASE_DECIDED,), _only(ev.AppealConceded, "subject", A.CEASE), S.IN_FORCE)
    kept = (A.CONTENT, A.SETTING, A.NOT_REASSESS, A.NOT_AMEND)
    yield _row(KEPT, _only(ev.AppealConceded, "subject", *kept), None)
    asked = (S.NO_REASSESSMENT, S.REASSESSMENT_ASKED)
    yield _row(asked, _only(ev.AppealConceded, "subject", A.NOT_REASSESS), S.MUST_REASSESS)
    others = tuple(subject for subject in A if subject is not A.NOT_REASSESS)
    yield _row(_REASSESSMENTS, _only(ev.AppealConceded, "subject", *others), None)


TRANSITIONS: Final = (
    *_TO_A_PLAN,
    *_IN_FORCE,
    *_REVIEW,
    *_REASSESSMENT,
    *_DISPUTE,
    *_decided_against(ev.TribunalOrdered, "order"),
    *_decided_against(ev.MediationHeld, "agreed"),
    *_conceded(),
)
"""The whole process. Basis: each event's ``BASIS`` and each guard's ``basis``."""
