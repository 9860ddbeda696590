"""What changes a plan in force: re-assessment, moves between phases and areas, and ceasing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rightplace.casework.events.base import Event
from rightplace.casework.terms import CeaseGround, Owner, PhaseMove


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassessmentRequested(Event):
    """The family, the setting or the health body asked for a re-assessment."""

    LABEL = "Request for a re-assessment received"
    FAMILY = "Someone asks us to do the assessment again"
    BASIS = "Children and Families Act 2014, section 44(2)"
    BY = Owner.FAMILY


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassessmentAgreed(Event):
    """The family was told that there will be a re-assessment, asked for or not."""

    LABEL = "Decision to re-assess notified"
    FAMILY = "We tell you that we will do the assessment again"
    BASIS = "SEND Regulations 2014, regulation 25(1); Children and Families Act 2014, section 44(3)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassessmentRefused(Event):
    """The family was told that there will be no re-assessment, and of the right to appeal."""

    LABEL = "Decision not to re-assess notified"
    FAMILY = "We tell you that we will not do the assessment again, why, and how you can challenge this"
    BASIS = "SEND Regulations 2014, regulations 24 and 25"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseTransferExpected(Event):
    """A move between phases is coming. ``moves_on`` is the day of the move, 1 September where nothing else is known."""

    LABEL = "Move between phases expected"
    FAMILY = "{child} will soon move to a new school or college"
    BASIS = "SEND Regulations 2014, regulation 18"
    move: PhaseMove
    moves_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveOutLearned(Event):
    """The authority became aware that the family moves, or has moved, to another area."""

    LABEL = "Move to another area learned of"
    FAMILY = "You tell us that you are moving to another area"
    BASIS = "SEND Regulations 2014, regulation 15(1)"
    BY = Owner.FAMILY
    moves_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTransferred(Event):
    """The plan was passed to the authority of the new area."""

    LABEL = "Plan transferred to the new authority"
    FAMILY = "We pass the plan to your new council"
    BASIS = "SEND Regulations 2014, regulation 15(2)"
    BY = Owner.OLD_AUTHORITY


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedIn(Event):
    """A plan was transferred here. ``made_or_reviewed``: when it was made, or last reviewed if that is later."""

    LABEL = "Plan transferred from another authority"
    FAMILY = "Your old council passes the plan to us"
    BASIS = "SEND Regulations 2014, regulation 15(3)"
    BY = Owner.OLD_AUTHORITY
    made_or_reviewed: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveNotified(Event):
    """The new authority told the family of the transfer, whether it will assess, and when it will review."""

    LABEL = "Family told of the transfer and what follows"
    FAMILY = "We write to tell you what happens after your move"
    BASIS = "SEND Regulations 2014, regulation 15(4)"
    BY = Owner.NEW_AUTHORITY
    will_assess: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CeaseConsulted(Event):
    """The family, or the setting, was told that the plan may cease, and asked for their views."""

    LABEL = "Consulted about ceasing the plan"
    FAMILY = "We tell you that the plan may end and ask what you think"
    BASIS = "SEND Regulations 2014, regulation 31(1)"
    family: bool = True
    setting: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CeaseDecided(Event):
    """The family was told that the plan will cease, and of the right to appeal. The plan is kept until that right is spent.

    ``reviewed``: a review found that the young person does not wish, or that it is not appropriate, to return to education.
    ``outcomes_considered``: whether the education and training outcomes were looked at.
    """

    LABEL = "Decision to cease the plan notified"
    FAMILY = "We tell you that the plan will end, why, and how you can challenge this"
    BASIS = "Children and Families Act 2014, section 45; SEND Regulations 2014, regulations 29 to 31"
    ground: CeaseGround
    reviewed: bool = False
    outcomes_considered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CeaseDropped(Event):
    """The authority decided to keep the plan."""

    LABEL = "Decision to keep the plan notified"
    FAMILY = "We tell you that the plan will stay"
    BASIS = "Children and Families Act 2014, section 45"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCeased(Event):
    """The plan came to an end, after the time to appeal or the end of the appeal."""

    LABEL = "Plan ceased"
    FAMILY = "The plan ends"
    BASIS = "Children and Families Act 2014, section 45(4)"
