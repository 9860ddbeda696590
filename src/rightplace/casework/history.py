"""What has happened in a case so far: its events in order, and questions asked of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar

from rightplace.calendar import academic
from rightplace.casework import events as ev
from rightplace.casework.events import Event, Match
from rightplace.casework.states import Situation
from rightplace.casework.terms import AppealSubject
from rightplace.vocabulary.codes import ReviewOutcome

_E = TypeVar("_E", bound=Event)

APPEALABLE: Final[dict[Match, tuple[AppealSubject, ...]]] = {
    Match(event=ev.AssessmentRefused): (AppealSubject.NOT_ASSESS,),
    Match(event=ev.PlanRefused): (AppealSubject.NO_PLAN,),
    Match(event=ev.FinalPlanIssued): (AppealSubject.CONTENT, AppealSubject.SETTING),
    Match(event=ev.AmendedPlanIssued): (AppealSubject.CONTENT, AppealSubject.SETTING),
    Match(event=ev.ReviewDecided, field="outcome", values=(ReviewOutcome.MAINTAIN,)): (AppealSubject.NOT_AMEND,),
    Match(event=ev.AmendmentDropped): (AppealSubject.NOT_AMEND,),
    Match(event=ev.ReassessmentRefused): (AppealSubject.NOT_REASSESS,),
    Match(event=ev.CeaseDecided): (AppealSubject.CEASE,),
}
"""The decisions that carry a right of appeal, and what the appeal is then about.

Source: Children and Families Act 2014, section 51(2).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A case as it stands: events in the order of their days, the situation they led to, and the date of birth if known."""

    events: tuple[Event, ...] = ()
    situation: Situation = field(default_factory=Situation)
    born: date | None = None

    def last(self, *kinds: type[_E]) -> _E | None:
        """The latest event of these kinds."""
        return next((event for event in reversed(self.events) if isinstance(event, kinds)), None)

    def since(self, start: Event | None) -> tuple[Event, ...]:
        """Events recorded after one of them, or all of them."""
        if start is None:
            return self.events
        return self.events[_place(self.events, start) + 1 :]

    def age_on(self, day: date) -> int | None:
        """Age in whole years; None when the date of birth is not known."""
        if self.born is None:
            return None
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def end_of_compulsory_school_age(self) -> date | None:
        """Last day of compulsory school age; None when the date of birth is not known."""
        return academic.compulsory_school_age(self.born)[1] if self.born else None

    def decision_on(self, subject: AppealSubject | None = None) -> Event | None:
        """The latest decision that can be appealed, or the latest on one subject."""
        for event in reversed(self.events):
            subjects = appeal_subjects(event)
            if subjects and (subject is None or subject in subjects):
                return event
        return None

    def certificate_for(self, decision: Event) -> date | None:
        """Day of the mediation certificate about a decision: the first after the adviser was contacted about it."""
        contact: Event | None = None
        for event in self.since(decision):
            if contact and isinstance(event, ev.CertificateIssued):
                return event.day
            if appeal_subjects(event) and contact is None:
                return None
            if isinstance(event, ev.MediationContacted):
                contact = event
        return None


def appeal_subjects(event: Event) -> tuple[AppealSubject, ...]:
    """What can be appealed about an event: nothing, unless it is a decision with a right of appeal."""
    return next((subjects for match, subjects in APPEALABLE.items() if match.fits(event)), ())


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events by day. Events of one day keep the order they were given in."""
    return tuple(sorted(events, key=lambda event: event.day))


def _place(events: Sequence[Event], event: Event) -> int:
    places: Iterator[int] = (place for place, held in enumerate(events) if held is event)
    return next(places)
