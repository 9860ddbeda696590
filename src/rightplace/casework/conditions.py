"""Whether the conditions of the law are met: questions asked of a case, an event and a day.

Each takes the history, the event (None when only asking what could happen, with its facts unknown) and the day. It is true
when the condition is met, or cannot be judged without the event's facts.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from rightplace.calendar.weeks import last_of_days_beginning_with
from rightplace.casework import appeals
from rightplace.casework import events as ev
from rightplace.casework.events import Event
from rightplace.casework.history import History
from rightplace.casework.limits import number
from rightplace.casework.states import State
from rightplace.casework.terms import Adviser, AppealSubject, CeaseGround, OrderKind


def advice_asked_for(history: History, event: Event | None, _: date) -> bool:
    """Advice was asked for from this adviser."""
    wanted = {held.adviser for held in history.events if isinstance(held, ev.AdviceRequested)}
    return event.adviser in wanted if isinstance(event, ev.AdviceReceived) else bool(wanted)


def three_agree(_: History, event: Event | None, __: date) -> bool:
    """The provider, the authority and the family all agree."""
    if not isinstance(event, ev.AdviceReused):
        return True
    return event.provider_agrees and event.authority_agrees and event.family_agrees


def not_family_advice(_: History, event: Event | None, __: date) -> bool:
    """It is not the family's own advice."""
    return not isinstance(event, ev.AdviceReused) or event.adviser is not Adviser.FAMILY


def no_setting_in_draft(_: History, event: Event | None, __: date) -> bool:
    """The draft names no setting."""
    return not isinstance(event, ev.DraftPlanSent) or not event.names_setting


def comment_window_ends(history: History) -> date | None:
    """Last of the 15 days a family has for the latest draft or proposed amendments; None when there are none."""
    served = history.last(ev.DraftPlanSent, ev.AmendmentNoticeSent)
    if served is None:
        return None
    return last_of_days_beginning_with(served.day, number("draft_response_days", served.day))


def family_has_had_its_say(history: History, _: Event | None, on: date) -> bool:
    """The time for comments has passed, or the family has no more to say."""
    served, ends = history.last(ev.DraftPlanSent, ev.AmendmentNoticeSent), comment_window_ends(history)
    if served is None or ends is None or on > ends:
        return True
    after = history.since(served)
    return any(isinstance(event, ev.RepresentationsReceived) and event.complete for event in after)


def setting_consulted(history: History, event: Event | None, _: date) -> bool:
    """The setting to be named was consulted."""
    if not isinstance(event, ev.FinalPlanIssued) or not event.setting:
        return True
    return _was_consulted(history, event.setting)


def answers_a_consultation(history: History, event: Event | None, _: date) -> bool:
    """The setting that answers was consulted."""
    if isinstance(event, ev.SettingAnswered):
        return _was_consulted(history, event.setting)
    return history.last(ev.SettingConsulted) is not None


def _was_consulted(history: History, setting: str) -> bool:
    return any(isinstance(held, ev.SettingConsulted) and held.setting == setting for held in history.events)


def reassessing(history: History, _: Event | None, __: date) -> bool:
    """A re-assessment is under way."""
    return history.situation.reassessment in (State.REASSESSING, State.REDRAFTED)


def draft_with_family(history: History, _: Event | None, __: date) -> bool:
    """Proposed amendments, or a draft after re-assessment, are with the family."""
    return history.situation.review is State.AMENDING or history.situation.reassessment is State.REDRAFTED


def must_reconsider(history: History, _: Event | None, __: date) -> bool:
    """The case was sent back to be reconsidered, and was not since."""
    held = history.last(ev.TribunalOrdered, ev.MediationHeld, ev.PlanRefused)
    return _ordered(held) is OrderKind.RECONSIDER


def amendment_in_hand(history: History, _: Event | None, __: date) -> bool:
    """Amendments were ordered, agreed or conceded, or follow a re-assessment."""
    if history.situation.reassessment is State.REDRAFTED:
        return True
    orders = {OrderKind.AMEND, OrderKind.NAME_SETTING, OrderKind.CONTINUE_AND_AMEND}
    subjects = {AppealSubject.CONTENT, AppealSubject.SETTING, AppealSubject.NOT_AMEND}
    for event in history.since(history.last(ev.AmendedPlanIssued)):
        if _ordered(event) in orders or (isinstance(event, ev.AppealConceded) and event.subject in subjects):
            return True
    return False


def _ordered(event: Event | None) -> OrderKind | None:
    if isinstance(event, ev.TribunalOrdered):
        return event.order
    return event.agreed if isinstance(event, ev.MediationHeld) else None


def meeting_ahead(_: History, event: Event | None, __: date) -> bool:
    """The day of the meeting is not past."""
    return not isinstance(event, ev.ReviewMeetingSet) or event.meeting >= event.day


def moved_in(history: History, _: Event | None, __: date) -> bool:
    """A plan was transferred here."""
    return history.last(ev.MovedIn) is not None


def move_known(history: History, _: Event | None, on: date) -> bool:
    """A move out of the area is known and its day has come."""
    move = history.last(ev.MoveOutLearned)
    return move is not None and move.moves_on <= on


def both_consulted(history: History, _: Event | None, __: date) -> bool:
    """The family and the setting were both consulted about ceasing."""
    decided = history.last(ev.CeaseDecided, ev.CeaseDropped, ev.FinalPlanIssued, ev.MovedIn)
    asked = [event for event in history.since(decided) if isinstance(event, ev.CeaseConsulted)]
    return any(event.family for event in asked) and any(event.setting for event in asked)


def ground_fits_age(history: History, event: Event | None, _: date) -> bool:
    """The age allows the ground."""
    if not isinstance(event, ev.CeaseDecided):
        return True
    least = {
        CeaseGround.LEFT_EDUCATION: "cease_out_of_education_age",
        CeaseGround.MAXIMUM_AGE: "plan_maximum_age",
    }.get(event.ground)
    age = history.age_on(event.day)
    return least is None or (age is not None and age >= number(least, event.day))


def leaver_reviewed(_: History, event: Event | None, __: date) -> bool:
    """A review came first for someone who left education."""
    leaver = isinstance(event, ev.CeaseDecided) and event.ground is CeaseGround.LEFT_EDUCATION
    return not leaver or (isinstance(event, ev.CeaseDecided) and event.reviewed)


def outcomes_considered(history: History, event: Event | None, _: date) -> bool:
    """Outcomes were considered from 19."""
    if not isinstance(event, ev.CeaseDecided) or event.ground is not CeaseGround.NOT_NECESSARY:
        return True
    age = history.age_on(event.day)
    return event.outcomes_considered or age is None or age < number("cease_outcomes_age", event.day)


def hold_over(history: History, _: Event | None, on: date) -> bool:
    """The plan need be kept no longer."""
    first = appeals.may_cease_from(history)
    return first is not None and on >= first


def old_enough_for_rights(history: History, _: Event | None, on: date) -> bool:
    """Compulsory school age is over."""
    ends = history.end_of_compulsory_school_age()
    return ends is not None and on > ends


def decision_to_challenge(history: History, event: Event | None, _: date) -> bool:
    """There is a decision that can be appealed on the subject."""
    return history.decision_on(event.subject if isinstance(event, ev.AppealLodged) else None) is not None


def certificate_not_needed(_: History, event: Event | None, __: date) -> bool:
    """The appeal needs no mediation certificate."""
    if not isinstance(event, ev.AppealLodged):
        return True
    return event.subject is AppealSubject.SETTING or event.tribunal_permission


def appeal_in_time(history: History, event: Event | None, on: date) -> bool:
    """The time to appeal has not passed, or the tribunal permits it."""
    if not isinstance(event, ev.AppealLodged) or event.tribunal_permission:
        return True
    decision = history.decision_on(event.subject)
    return decision is None or on <= appeals.last_day_to_appeal(history, decision)


_ORDERS: Final[dict[AppealSubject, set[OrderKind]]] = {
    AppealSubject.NOT_ASSESS: {OrderKind.ASSESS},
    AppealSubject.NO_PLAN: {OrderKind.MAKE_PLAN, OrderKind.RECONSIDER},
    AppealSubject.CONTENT: {OrderKind.AMEND, OrderKind.NAME_SETTING},
    AppealSubject.SETTING: {OrderKind.NAME_SETTING},
    AppealSubject.NOT_REASSESS: {OrderKind.REASSESS},
    AppealSubject.NOT_AMEND: {OrderKind.AMEND, OrderKind.NAME_SETTING},
    AppealSubject.CEASE: {OrderKind.CONTINUE, OrderKind.CONTINUE_AND_AMEND, OrderKind.DISMISS_CEASE},
}


def order_fits_appeal(history: History, event: Event | None, _: date) -> bool:
    """The tribunal can make the order on the appeal before it."""
    appeal = appeals.lodged(history)
    if appeal is None or not isinstance(event, ev.TribunalOrdered):
        return appeal is not None
    if event.order is OrderKind.DISMISS:
        return appeal.subject is not AppealSubject.CEASE
    return event.order in _ORDERS[appeal.subject]


def concedes_the_appeal(history: History, event: Event | None, _: date) -> bool:
    """The subject is that of the appeal before the tribunal."""
    appeal = appeals.lodged(history)
    if appeal is None or not isinstance(event, ev.AppealConceded):
        return appeal is not None
    return event.subject is appeal.subject
