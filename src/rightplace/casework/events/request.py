"""From the request to the decision whether to assess."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.casework.events.base import Event
from rightplace.casework.terms import Owner
from rightplace.vocabulary.codes import RequestSource


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestReceived(Event):
    """A request for an EHC needs assessment reached the authority. Time runs from this day, and not from any panel."""

    LABEL = "Request for an assessment received"
    FAMILY = "Someone asks us to look at what help {child} may need"
    BASIS = "Children and Families Act 2014, section 36(1)"
    BY = Owner.FAMILY
    source: RequestSource = RequestSource.FAMILY


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtToAttention(Event):
    """The authority identified, or was told of, a child or young person who has or may have special educational needs."""

    LABEL = "Child or young person brought to attention"
    FAMILY = "Someone tells us that {child} may need more help"
    BASIS = "Children and Families Act 2014, sections 23 and 24"
    BY = Owner.AUTHORITY
    told_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyConsulted(Event):
    """The parent or young person was asked for their views and evidence before the decision."""

    LABEL = "Parent or young person consulted"
    FAMILY = "We ask you what you think"
    BASIS = "Children and Families Act 2014, section 36(4) and (7); SEND Regulations 2014, regulation 3"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentAgreed(Event):
    """The family was told that there will be an assessment."""

    LABEL = "Decision to assess notified"
    FAMILY = "We tell you that we will find out what help {child} may need"
    BASIS = "SEND Regulations 2014, regulation 5(1)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRefused(Event):
    """The family was told that there will be no assessment, and of the right to appeal."""

    LABEL = "Decision not to assess notified"
    FAMILY = "We tell you that we will not do an assessment, why, and how you can challenge this"
    BASIS = "SEND Regulations 2014, regulation 5(1) and (3)"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawn(Event):
    """Those who asked no longer want the assessment or the plan."""

    LABEL = "Request withdrawn"
    FAMILY = "You tell us that you do not want this any more"
    BASIS = "SEN2 person-level return, items 2.5 and 3.1"
    BY = Owner.FAMILY


@dataclass(frozen=True, slots=True, kw_only=True)
class NoLongerResponsible(Event):
    """The child or young person left the area before any plan was made."""

    LABEL = "Moved out of the area before a plan was made"
    FAMILY = "You move, so another council takes over"
    BASIS = "Children and Families Act 2014, section 24"
    BY = Owner.FAMILY


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsPassed(Event):
    """Notices, consents and the right to appeal passed from the parent to the young person."""

    LABEL = "Rights passed to the young person"
    FAMILY = "{child} can now decide for {child_self}, with help if wanted"
    BASIS = "Children and Families Act 2014, sections 80 and 83(2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Died(Event):
    """The child or young person died. Every clock stops and nothing more is sent."""

    LABEL = "Child or young person died"
    FAMILY = "We close the case"
    BASIS = "SEN2 person-level return, item 4.6, reason 8"
