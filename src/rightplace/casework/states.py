"""Where a case can be. A case is in one state of each track at once: the plan, its review, a re-assessment, a dispute."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from rightplace.casework.terms import Owner


class Track(StrEnum):
    """What runs side by side in one case."""

    PLAN = "plan"
    REVIEW = "review"
    REASSESSMENT = "reassessment"
    DISPUTE = "dispute"


class State(StrEnum):
    """A state: its track, how officers and families say it, and who then has the next move.

    ``in_force``: a plan is maintained. ``ended``: nothing more is owed until something new begins.
    """

    track: Track
    label: str
    family: str
    owner: Owner
    in_force: bool
    ended: bool

    def __new__(
        cls, code: str, track: Track, label: str, family: str, owner: Owner, in_force: str = "", ended: str = ""
    ) -> Self:
        """A member equal to its code. Called once for each state when the list is declared."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.track, member.label, member.family, member.owner = track, label, family, owner
        member.in_force, member.ended = bool(in_force), bool(ended)
        return member

    NO_REQUEST = "no_request", Track.PLAN, "No request yet", "Nobody has asked us for help yet.", Owner.NOBODY
    DECIDING = (
        "deciding",
        Track.PLAN,
        "Deciding whether to assess",
        "We are deciding if we should find out more about what {child} needs.",
        Owner.AUTHORITY,
    )
    NOT_ASSESSED = (
        "not_assessed",
        Track.PLAN,
        "Decided not to assess",
        "We said that we would not do an assessment. You can challenge this.",
        Owner.FAMILY,
    )
    MUST_ASSESS = (
        "must_assess",
        Track.PLAN,
        "Must assess after an appeal or mediation",
        "We now have to do an assessment.",
        Owner.AUTHORITY,
    )
    ASSESSING = (
        "assessing",
        Track.PLAN,
        "Assessing needs",
        "We are finding out what help {child} needs.",
        Owner.AUTHORITY,
    )
    NO_PLAN = (
        "no_plan",
        Track.PLAN,
        "Decided not to issue a plan",
        "We said that there would be no plan. You can challenge this.",
        Owner.FAMILY,
    )
    MUST_DRAFT = (
        "must_draft",
        Track.PLAN,
        "Must make a plan after an appeal or mediation",
        "We now have to write a plan.",
        Owner.AUTHORITY,
    )
    DRAFT = (
        "draft",
        Track.PLAN,
        "Draft plan sent",
        "You have a draft plan. Tell us what you think and which school or college you want.",
        Owner.FAMILY,
    )
    IN_FORCE = (
        "in_force",
        Track.PLAN,
        "Plan in force",
        "{child} has a plan, and the help in it must be given.",
        Owner.AUTHORITY,
        "yes",
    )
    CEASING_CONSIDERED = (
        "ceasing_considered",
        Track.PLAN,
        "Plan in force; ceasing is considered",
        "{child} still has a plan. We are asking if it should end.",
        Owner.AUTHORITY,
        "yes",
    )
    CEASE_DECIDED = (
        "cease_decided",
        Track.PLAN,
        "Decided to cease; plan kept until the right to appeal is spent",
        "We said that the plan would end. It stays while you can still challenge this.",
        Owner.FAMILY,
        "yes",
    )
    CEASED = "ceased", Track.PLAN, "Plan ceased", "The plan has ended.", Owner.NOBODY, "", "yes"
    MOVED_AWAY = (
        "moved_away",
        Track.PLAN,
        "With another authority",
        "Your new council now looks after this.",
        Owner.NEW_AUTHORITY,
        "",
        "yes",
    )
    WITHDRAWN = (
        "withdrawn",
        Track.PLAN,
        "Request withdrawn",
        "You told us to stop, so we have.",
        Owner.NOBODY,
        "",
        "yes",
    )
    DIED = "died", Track.PLAN, "Closed: the child or young person died", "The case is closed.", Owner.NOBODY, "", "yes"

    NO_REVIEW = "no_review", Track.REVIEW, "No review under way", "No review is going on now.", Owner.NOBODY
    MEETING_SET = (
        "meeting_set",
        Track.REVIEW,
        "Review meeting planned",
        "A review meeting is coming.",
        Owner.SETTING,
    )
    MEETING_HELD = (
        "meeting_held",
        Track.REVIEW,
        "Review meeting held; report awaited",
        "You have had the review meeting. The report comes next.",
        Owner.SETTING,
    )
    REPORTED = (
        "reported",
        Track.REVIEW,
        "Review report sent; decision awaited",
        "The report of the meeting is done. We must now decide.",
        Owner.AUTHORITY,
    )
    AMENDMENTS_OWED = (
        "amendments_owed",
        Track.REVIEW,
        "Decided to amend; proposed amendments not yet sent",
        "We will change the plan. We must send you the changes.",
        Owner.AUTHORITY,
    )
    AMENDING = (
        "amending",
        Track.REVIEW,
        "Proposed amendments with the family",
        "You have the changes that we want to make. Tell us what you think.",
        Owner.FAMILY,
    )

    NO_REASSESSMENT = (
        "no_reassessment",
        Track.REASSESSMENT,
        "No re-assessment under way",
        "No new assessment is going on.",
        Owner.NOBODY,
    )
    REASSESSMENT_ASKED = (
        "reassessment_asked",
        Track.REASSESSMENT,
        "Deciding whether to re-assess",
        "We are deciding if we should do the assessment again.",
        Owner.AUTHORITY,
    )
    MUST_REASSESS = (
        "must_reassess",
        Track.REASSESSMENT,
        "Must re-assess after an appeal or mediation",
        "We now have to do the assessment again.",
        Owner.AUTHORITY,
    )
    REASSESSING = (
        "reassessing",
        Track.REASSESSMENT,
        "Re-assessing needs",
        "We are finding out again what help {child} needs.",
        Owner.AUTHORITY,
    )
    REDRAFTED = (
        "redrafted",
        Track.REASSESSMENT,
        "Draft sent after re-assessment",
        "You have a new draft plan to check.",
        Owner.FAMILY,
    )

    NO_DISPUTE = "no_dispute", Track.DISPUTE, "No dispute under way", "Nothing is being challenged now.", Owner.NOBODY
    ADVISER_CONTACTED = (
        "adviser_contacted",
        Track.DISPUTE,
        "Mediation adviser contacted",
        "You have called the mediation adviser.",
        Owner.MEDIATION_ADVISER,
    )
    CERTIFIED = (
        "certified",
        Track.DISPUTE,
        "Mediation certificate issued",
        "You have the certificate and can appeal.",
        Owner.FAMILY,
    )
    APPEALED = (
        "appealed",
        Track.DISPUTE,
        "Appeal before the tribunal",
        "The tribunal is looking at our decision.",
        Owner.TRIBUNAL,
    )


IN_FORCE = tuple(state for state in State if state.in_force)
"""States in which a plan is maintained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The state of each track. A case that has ended has nothing else under way."""

    plan: State = State.NO_REQUEST
    review: State = State.NO_REVIEW
    reassessment: State = State.NO_REASSESSMENT
    dispute: State = State.NO_DISPUTE

    def of(self, track: Track) -> State:
        """The state of one track."""
        return {
            Track.PLAN: self.plan,
            Track.REVIEW: self.review,
            Track.REASSESSMENT: self.reassessment,
            Track.DISPUTE: self.dispute,
        }[track]

    def moved(self, targets: dict[Track, State]) -> Situation:
        """The situation after some tracks moved; an end of the plan's track ends every other."""
        plan = targets.get(Track.PLAN, self.plan)
        if plan.ended:
            return Situation(plan=plan)
        return replace(self, **{track.value: state for track, state in targets.items()})
