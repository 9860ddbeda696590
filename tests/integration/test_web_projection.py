"""What lists are made from is what replaying a case's events gives, for lives that the law's process allows, on any later day.

The lives are those of the made-up example: each next event is one that the process allows. What a list should show is taken
from ``casework.case.view``, which the law's worked dates hold, and not from the columns or what fills them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rightplace.casework import events as ev
from rightplace.casework.case import CaseView, view
from rightplace.casework.deadlines import Status
from rightplace.casework.rule import Kind
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Case, OpenDeadline, Person
from rightplace.web.cases.store.anew import work_out_many
from rightplace.web.cases.store.open_case import open_case
from rightplace.web.cases.store.record import record
from rightplace.web.load.example_since import since
from rightplace.web.load.lived import Lived
from rightplace.web.records.nightly import refresh_all
from rightplace.web.today import work_list

TODAY = date(2026, 6, 1)
BORN = date(2014, 5, 2)


@pytest.fixture
def officer(db: None, django_user_model: Any) -> Any:
    return django_user_model.objects.create(username="olu", name="Olu Carter", role="case_officer")


def _life(place: int, days: int) -> list[ev.Event]:
    asked = ev.RequestReceived(day=TODAY - timedelta(days=days))
    case = Case(reference=f"R{place:06}", person=Person(born=BORN))
    return [asked, *(one.event for one in since(case, [Lived(event=asked)]))][:14]


def _lived(events: list[ev.Event], officer: Any) -> Case:
    first, *rest = events
    case = open_case(Person.objects.create(forename="Ada", born=BORN), first, by=officer, officer=officer)
    for event in rest:
        case.refresh_from_db()
        record(case, event, by=officer, version=case.version)
    case.refresh_from_db()
    return case


def _late(seen: CaseView) -> set[tuple[str, str, date]]:
    return {(held.rule.id, held.about, held.due) for held in seen.shown(Status.OVERDUE) if held.rule.kind is Kind.DUTY}


def _shown_late(officer: Any, on: date) -> set[tuple[str, str, date]]:
    rows = OpenDeadline.objects.filter(case__officer=officer, duty=True, excused=False, due__lt=on)
    assert len(rows) == sum(group.count for group in work_list.groups(work_list.mine(officer).filter(due__lt=on), on))
    return {(row.rule, row.about, row.due) for row in rows}


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 400), days=st.integers(20, 900), later=st.integers(0, 400))
@time_machine.travel("2026-06-01T10:00:00Z", tick=False)
def test_lists_show_what_replaying_gives_today_and_on_any_later_day(
    officer: Any, place: int, days: int, later: int
) -> None:
    OpenDeadline.objects.all().delete()
    events = _life(place, days)
    case = _lived(events, officer)
    seen = view(events, (), TODAY, born=BORN)
    assert (case.plan_state, case.review_state) == (seen.situation.plan.value, seen.situation.review.value)
    assert case.stage == "; ".join(seen.stage)
    assert case.holders.strip(",").split(",") == [owner.value for owner in seen.held_by]
    assert case.version == len(events)
    waiting = [
        held.due for held in seen.shown(Status.RUNNING, Status.OVERDUE) if held.due and held.rule.kind is Kind.DUTY
    ]
    assert case.next_due == min(waiting, default=None)
    on = TODAY + timedelta(days=later)
    assert _shown_late(officer, on) == _late(view(events, (), on, born=BORN))


@time_machine.travel("2026-06-01T10:00:00Z", tick=False)
def test_columns_that_were_spoilt_are_worked_out_anew(officer: Any) -> None:
    made = [_lived(_life(place, days), officer) for place, days in ((3, 40), (14, 300), (25, 800))]

    def held() -> list[Any]:
        columns = ("plan_state", "stage", "holders", "next_due", "version", "ended", "parent_until", "last_event_on")
        return [
            (*Case.objects.values_list(*columns).get(pk=case.pk), *case.open_deadlines.values_list("rule", "due"))
            for case in made
        ]

    before = held()
    assert len({row[0] for row in before}) > 1, "the lives are at different places"
    Case.objects.update(plan_state="", stage="Wrong", holders="", next_due=None, version=1)
    OpenDeadline.objects.all().delete()
    assert held() != before
    assert refresh_all() == len(made)
    assert held() == before


@time_machine.travel("2026-06-01T10:00:00Z", tick=False)
def test_working_out_many_writes_only_what_changed_and_asks_no_more_for_more(officer: Any) -> None:
    for place, days in ((3, 40), (14, 300), (25, 800), (36, 500)):
        _lived(_life(place, days), officer)
    keys = list(Case.objects.values_list("pk", flat=True))
    before = list(Case.objects.order_by("pk").values())
    asked = []
    for some in (keys[:1], keys):
        with CaptureQueriesContext(connection) as made:
            assert work_out_many(some) == []
        asked.append(len([one for one in made.captured_queries if "SAVEPOINT" not in one["sql"]]))
    assert asked == [4, 4], "cases, events, exemptions and open deadlines are read, and nothing is written"
    assert list(Case.objects.order_by("pk").values()) == before


@time_machine.travel("2026-06-01T10:00:00Z", tick=False)
def test_one_case_that_cannot_be_read_stops_no_other(officer: Any) -> None:
    broken, sound = (_lived(_life(place, 300), officer) for place in (14, 25))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caseevent SET kind = 'of_another_version' WHERE case_id = %s", [broken.pk])
    Case.objects.update(stage="Wrong")
    assert refresh_all() == 1
    assert Case.objects.get(pk=sound.pk).stage == sound.stage
    assert Case.objects.get(pk=broken.pk).stage == "Wrong"
    assert broken.reference in Entry.objects.order_by("-number")[0].words
