"""No sequence of events that the process allows leads to a state that cannot be, and every refusal has its reason."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, timedelta
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rightplace.calendar.tribunal import appeal_deadline
from rightplace.casework import events as ev
from rightplace.casework.case import view
from rightplace.casework.deadlines import RULE, Status, deadlines
from rightplace.casework.events import EVENTS, Event
from rightplace.casework.history import History
from rightplace.casework.process import could_happen, record, replay, why_not
from rightplace.casework.states import State
from rightplace.casework.terms import Adviser, AppealSubject, CeaseGround, OrderKind
from rightplace.errors import RefusedError
from rightplace.vocabulary.term import Term

START = date(2024, 9, 2)
ENDS = (ev.Died, ev.NoLongerResponsible, ev.RequestWithdrawn, ev.PlanTransferred)


def on(days: int) -> date:
    return START + timedelta(days=days)


ASKED = (ev.RequestReceived(day=START), ev.AssessmentAgreed(day=on(20)))
DRAFTED = (*ASKED, ev.AdviceRequested(day=on(21), adviser=Adviser.HEALTH), ev.DraftPlanSent(day=on(80)))
PLANNED = (*DRAFTED, ev.FinalPlanIssued(day=on(100)))
CEASING = (
    *PLANNED,
    ev.CeaseConsulted(day=on(101)),
    ev.CeaseDecided(day=on(110), ground=CeaseGround.NOT_NECESSARY, outcomes_considered=True),
)
NO_PLAN = (*ASKED, ev.PlanRefused(day=on(90)))
UNASSESSED = (ASKED[0], ev.AssessmentRefused(day=on(30)))


def appealed(events: tuple[Event, ...], subject: AppealSubject) -> tuple[Event, ...]:
    last = events[-1].day
    contact = ev.MediationContacted(day=last), ev.CertificateIssued(day=last)
    return (*events, *contact, ev.AppealLodged(day=last + timedelta(days=1), subject=subject))


STARTS: tuple[tuple[Event, ...], ...] = (
    (),
    ASKED,
    DRAFTED,
    PLANNED,
    CEASING,
    appealed(CEASING, AppealSubject.CEASE),
    appealed(NO_PLAN, AppealSubject.NO_PLAN),
    appealed(UNASSESSED, AppealSubject.NOT_ASSESS),
    appealed(PLANNED, AppealSubject.CONTENT),
)
BIRTHS = st.none() | st.dates(date(1999, 9, 1), date(2020, 8, 31))
IDLE = (State.NO_REVIEW, State.NO_REASSESSMENT, State.NO_DISPUTE)
UNRELATED = (ev.SettingConsulted, ev.PhaseTransferExpected, ev.FamilyConsulted, ev.MoveOutLearned, ev.ReviewMeetingSet)


def a_fact(name: str, hint: Any, on: date) -> st.SearchStrategy[Any]:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if bool in kinds:
        return st.booleans() if name == "names_setting" else st.sampled_from([True, True, False])
    if date in kinds:
        return st.integers(-400, 60).map(lambda days: on + timedelta(days=days))
    terms = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Term)]
    if terms:
        return st.sampled_from([*terms[0], *([None] if type(None) in kinds else [])])
    return st.sampled_from(["Elm School", "Oak College"])


@st.composite
def an_event(draw: st.DrawFn, kind: type[Event], on: date) -> Event:
    hints = get_type_hints(kind)
    facts = {
        item.name: draw(a_fact(item.name, hints[item.name], on))
        for item in fields(kind)
        if item.name not in ("day", "recorded_by")
    }
    return kind(day=on, **facts)


class Case(RuleBasedStateMachine):
    """One case, lived forwards: events that may happen, events that may not, and days that pass."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.on = START

    @initialize(born=BIRTHS, start=st.sampled_from(STARTS))
    def begin(self, born: date | None, start: tuple[Event, ...]) -> None:
        self.history = replay(start, born=born)
        self.on = max((START, *(event.day for event in start)))

    @rule(days=st.sampled_from([0, 1, 13, 14, 15, 30, 62, 100]))
    def days_pass(self, days: int) -> None:
        self.on += timedelta(days=days)

    def _after(self, event: Event) -> None:
        """An event is recorded if and only if no reason stands against it, and a reason is a sentence with its law."""
        before = self.history
        refusal = why_not(before, event)
        if refusal is None:
            assert could_happen(before, type(event), event.day) is None
            self.history = record(before, event)
            self._earlier_days_stay(before, event)
            return
        for words in (refusal.reason, refusal.family):
            assert words.endswith(".")
        assert refusal.basis
        with pytest.raises(RefusedError, match=re.escape(refusal.reason)):
            record(before, event)

    def _earlier_days_stay(self, before: History, event: Event) -> None:
        """An unrelated event moves no day that was already due."""
        if not isinstance(event, UNRELATED):
            return

        def due(history: History) -> dict[tuple[str, str, date | None], date | None]:
            return {(d.rule.id, d.about, d.started): d.due for d in deadlines(history, (), self.on)}

        was, now = due(before), due(self.history)
        for key, day in was.items():
            if key[2] is not None and not any(match.fits(event) for match in RULE[key[0]].starts):
                assert now[key] == day, key

    @rule(data=st.data())
    def anything(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(list(EVENTS.values())))
        self._after(data.draw(an_event(kind, self.on)))

    @rule(data=st.data())
    @precondition(lambda self: self.history.situation.plan is not State.DIED)
    def something_that_may(self, data: st.DataObject) -> None:
        open_now = [kind for kind in EVENTS.values() if could_happen(self.history, kind, self.on) is None]
        living = [kind for kind in open_now if kind not in ENDS] or open_now
        self._after(data.draw(an_event(data.draw(st.sampled_from(living)), self.on)))

    @rule(order=st.sampled_from([None, *OrderKind]))
    @precondition(lambda self: self.history.situation.dispute is State.APPEALED)
    def the_appeal_ends(self, order: OrderKind | None) -> None:
        appeal = next(event for event in reversed(self.history.events) if isinstance(event, ev.AppealLodged))
        conceded = ev.AppealConceded(day=self.on, subject=appeal.subject)
        self._after(conceded if order is None else ev.TribunalOrdered(day=self.on, order=order))

    @rule(wait=st.sampled_from([0, 30, 61, 62, 64, 90]))
    @precondition(lambda self: self.history.situation.plan is State.CEASE_DECIDED)
    def the_plan_ceases(self, wait: int) -> None:
        self.on += timedelta(days=wait)
        self._after(ev.PlanCeased(day=self.on))

    @invariant()
    def what_has_ended_has_nothing_else_under_way(self) -> None:
        now = self.history.situation
        if now.plan.ended:
            assert (now.review, now.reassessment, now.dispute) == IDLE

    @invariant()
    def reviews_and_reassessments_are_of_plans_in_force(self) -> None:
        now = self.history.situation
        if not now.plan.in_force:
            assert (now.review, now.reassessment) == IDLE[:2]

    @invariant()
    def a_plan_in_force_was_issued_or_moved_in(self) -> None:
        made = any(isinstance(event, (ev.FinalPlanIssued, ev.MovedIn)) for event in self.history.events)
        assert made or not self.history.situation.plan.in_force

    @invariant()
    def a_plan_is_issued_only_after_a_draft_and_fifteen_days_or_the_last_word(self) -> None:
        served: list[Event] = []
        spoken = False
        for event in self.history.events:
            if isinstance(event, ev.DraftPlanSent):
                served.append(event)
                spoken = False
            elif isinstance(event, ev.RepresentationsReceived):
                spoken = spoken or event.complete
            elif isinstance(event, ev.FinalPlanIssued):
                assert served
                assert spoken or event.day >= served[-1].day + timedelta(days=15)
                served = []

    @invariant()
    def an_appeal_is_about_a_decision_that_was_made(self) -> None:
        decided: set[AppealSubject] = set()
        subjects = {
            ev.AssessmentRefused: [AppealSubject.NOT_ASSESS],
            ev.PlanRefused: [AppealSubject.NO_PLAN],
            ev.FinalPlanIssued: [AppealSubject.CONTENT, AppealSubject.SETTING],
            ev.AmendedPlanIssued: [AppealSubject.CONTENT, AppealSubject.SETTING],
            ev.ReviewDecided: [AppealSubject.NOT_AMEND],
            ev.AmendmentDropped: [AppealSubject.NOT_AMEND],
            ev.ReassessmentRefused: [AppealSubject.NOT_REASSESS],
            ev.CeaseDecided: [AppealSubject.CEASE],
        }
        for event in self.history.events:
            decided.update(subjects.get(type(event), []))
            if isinstance(event, ev.AppealLodged):
                assert event.subject in decided

    @invariant()
    def a_plan_ceases_only_after_its_hold(self) -> None:
        decision: Event | None = None
        ordered = False
        for event in self.history.events:
            if isinstance(event, ev.CeaseDecided):
                decision, ordered = event, False
            elif isinstance(event, ev.TribunalOrdered):
                ordered = True
            elif isinstance(event, ev.PlanCeased):
                assert decision is not None
                assert ordered or event.day > appeal_deadline(decision.day)

    @invariant()
    def the_view_is_a_pure_function_that_answers_for_every_event(self) -> None:
        events = self.history.events
        seen = view(events, (), self.on, born=self.history.born)
        assert seen == view(events, (), self.on, born=self.history.born)
        assert {step.event for step in seen.may_happen} | {barred.event for barred in seen.may_not} == set(EVENTS)
        assert seen.situation == self.history.situation
        assert seen.held_by
        assert all("{" not in step.family for step in seen.may_happen)
        assert all("{" not in barred.family for barred in seen.may_not)


Case.TestCase.settings = settings(settings.get_profile(settings.get_current_profile_name()), stateful_step_count=30)
TestCase = Case.TestCase


@given(st.permutations(["request_received", "assessment_agreed", "draft_plan_sent", "final_plan_issued"]))
def test_events_are_put_in_order_of_their_days(names: list[str]) -> None:
    """The order in a file does not matter; the days do."""
    days = dict(
        zip(
            ["request_received", "assessment_agreed", "draft_plan_sent", "final_plan_issued"],
            [date(2026, 1, 5), date(2026, 2, 2), date(2026, 4, 20), date(2026, 5, 20)],
            strict=True,
        )
    )
    history = replay(EVENTS[name](day=days[name]) for name in names)
    assert history.situation.plan is State.IN_FORCE


@given(st.integers(0, 400))
def test_a_status_follows_from_the_day_alone(after: int) -> None:
    """Running to the last day, then overdue: never back."""
    history = replay([ev.RequestReceived(day=START)])
    held = {d.rule.id: d for d in deadlines(history, (), START + timedelta(days=after))}
    assert held["final_plan"].status is (Status.RUNNING if after <= 140 else Status.OVERDUE)
