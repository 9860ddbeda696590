"""The draft plan, the family's answer, the settings consulted, and the final plan or the decision not to make one."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.casework.events.base import Event
from rightplace.casework.terms import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlanSent(Event):
    """The draft plan was served on the parent or young person. ``names_setting``: whether Section I names anything."""

    LABEL = "Draft plan sent"
    FAMILY = "We send you a draft plan to check"
    BASIS = "Children and Families Act 2014, section 38; SEND Regulations 2014, regulation 13(1)"
    names_setting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationsReceived(Event):
    """The family commented on the draft or the proposed amendments. ``complete``: they have no more to say."""

    LABEL = "Comments on the draft received"
    FAMILY = "You tell us what you think of the draft"
    BASIS = "SEND Regulations 2014, regulations 13(1) and 22(2)(c)"
    BY = Owner.FAMILY
    complete: bool = False
    meeting_wanted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingPreferred(Event):
    """The family asked for a setting to be named."""

    LABEL = "Setting requested by the family"
    FAMILY = "You tell us which school or college you want"
    BASIS = "Children and Families Act 2014, section 38(2)(b) and (3)"
    BY = Owner.FAMILY
    setting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingConsulted(Event):
    """A setting was sent the draft plan and asked whether it can meet the needs."""

    LABEL = "Setting consulted"
    FAMILY = "We ask a school or college about a place"
    BASIS = "Children and Families Act 2014, sections 39(2) and 40(3)"
    setting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingAnswered(Event):
    """A setting replied. ``can_meet``: whether it says that it can meet the needs; None when it does not say."""

    LABEL = "Setting's reply received"
    FAMILY = "The school or college answers"
    BASIS = "Children and Families Act 2014, sections 39(2) and 40(3); Code of practice, paragraph 9.83"
    BY = Owner.SETTING
    setting: str
    can_meet: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalPlanIssued(Event):
    """The final plan was sent. ``setting`` is "" where it names only a type, or none; ``for_next_phase``: after a transfer."""

    LABEL = "Final plan issued"
    FAMILY = "We send you the final plan"
    BASIS = "SEND Regulations 2014, regulations 13(2) and 14"
    setting: str = ""
    for_next_phase: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRefused(Event):
    """After the assessment the family was told that there will be no plan, and of the right to appeal."""

    LABEL = "Decision not to issue a plan notified"
    FAMILY = "We tell you that there will be no plan, why, and how you can challenge this"
    BASIS = "Children and Families Act 2014, section 36(9); SEND Regulations 2014, regulation 10"
