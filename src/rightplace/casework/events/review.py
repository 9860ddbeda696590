"""The review of a plan: meeting, report, decision, and the amended plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rightplace.casework.events.base import Event
from rightplace.casework.terms import Owner
from rightplace.vocabulary.codes import ReviewOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMeetingSet(Event):
    """A day was set for the review meeting. Setting another day moves the limits that count back from it."""

    LABEL = "Day of the review meeting set"
    FAMILY = "A day is picked for the review meeting"
    BASIS = "SEND Regulations 2014, regulations 20(1) and 21(1)"
    meeting: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewInvited(Event):
    """Everyone who must be asked was invited."""

    LABEL = "Invited to the review meeting"
    FAMILY = "You are asked to the review meeting"
    BASIS = "SEND Regulations 2014, regulations 20(2), 20(3) and 21"
    BY = Owner.SETTING


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPapersSent(Event):
    """The advice and information gathered for the meeting were sent round."""

    LABEL = "Papers for the review meeting sent round"
    FAMILY = "You get the reports before the meeting"
    BASIS = "SEND Regulations 2014, regulations 20(4) and 21"
    BY = Owner.SETTING


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMeetingHeld(Event):
    """The review meeting took place. The review is not complete until the authority's decision."""

    LABEL = "Review meeting held"
    FAMILY = "You meet to talk about how the plan is going"
    BASIS = "SEND Regulations 2014, regulations 20(1) and 21(1)"
    BY = Owner.SETTING


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewReportSent(Event):
    """The report of the meeting, with any amendments it recommends, was sent."""

    LABEL = "Report of the review meeting sent"
    FAMILY = "You get a report of the meeting"
    BASIS = "SEND Regulations 2014, regulations 20(7) to 20(9) and 21"
    BY = Owner.SETTING


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDecided(Event):
    """The authority told the family what it decided. ``for_next_phase``: the plan names the setting after a transfer."""

    LABEL = "Decision after the review notified"
    FAMILY = "We tell you if the plan stays the same, changes or ends"
    BASIS = "SEND Regulations 2014, regulation 20(10)"
    outcome: ReviewOutcome
    for_next_phase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentNoticeSent(Event):
    """The plan and a notice of the amendments proposed were sent, after a review or without one."""

    LABEL = "Notice of proposed amendments sent"
    FAMILY = "We send you the changes that we want to make to the plan"
    BASIS = "SEND Regulations 2014, regulations 22(2)(a) and 28"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentDropped(Event):
    """After the notice, the authority decided not to amend, and said why and how to appeal."""

    LABEL = "Decision not to amend notified"
    FAMILY = "We tell you that we will not change the plan after all, and how you can challenge this"
    BASIS = "SEND Regulations 2014, regulation 22(4)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendedPlanIssued(Event):
    """The final amended plan was sent. ``setting`` is "" where it names only a type, or none."""

    LABEL = "Final amended plan issued"
    FAMILY = "We send you the changed plan"
    BASIS = "SEND Regulations 2014, regulation 22(3)"
    setting: str = ""
    for_next_phase: bool = False
