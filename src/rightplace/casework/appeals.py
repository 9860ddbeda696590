"""The time to appeal a decision, and how long a plan is kept after the decision to cease it."""

from __future__ import annotations

from datetime import date, timedelta

from rightplace.calendar import tribunal
from rightplace.casework import events as ev
from rightplace.casework.events import Event
from rightplace.casework.history import History
from rightplace.casework.terms import AppealSubject


def last_day_to_appeal(history: History, decision: Event) -> date:
    """The later of two months from the decision and one from the certificate, moved on from August and Christmas.

    Source: SI 2008/2699, rules 12 and 20, as :func:`rightplace.calendar.tribunal.appeal_deadline`.
    """
    return tribunal.appeal_deadline(decision.day, history.certificate_for(decision))


def lodged(history: History) -> ev.AppealLodged | None:
    """The appeal now before the tribunal, if there is one."""
    appeal = history.last(ev.AppealLodged)
    if appeal is None:
        return None
    over = (ev.AppealConceded, ev.AppealWithdrawn, ev.TribunalOrdered)
    return None if any(isinstance(event, over) for event in history.since(appeal)) else appeal


def may_cease_from(history: History) -> date | None:
    """First day on which a plan decided to be ceased may end; None while an appeal, or the time for one, is open-ended.

    The plan is kept until the time to appeal has passed, or an appeal brought in that time is finally decided. A family
    with the mediation adviser still has a month from the certificate to come. After a dismissal the plan ceases at once.
    Source: Children and Families Act 2014, section 45(4); SI 2014/1530, regulation 44(2)(a).
    """
    decision = history.last(ev.CeaseDecided)
    if decision is None:
        return None
    after = history.since(decision)
    window = last_day_to_appeal(history, decision) + timedelta(days=1)
    if any(isinstance(event, ev.AppealLodged) and event.subject is AppealSubject.CEASE for event in after):
        ends = [event.day for event in after if isinstance(event, ev.TribunalOrdered)]
        withdrawn = [event.day for event in after if isinstance(event, ev.AppealWithdrawn)]
        if ends:
            return ends[-1]
        return max(withdrawn[-1], window) if withdrawn else None
    waiting = any(isinstance(event, ev.MediationContacted) for event in after)
    return None if waiting and history.certificate_for(decision) is None else window
