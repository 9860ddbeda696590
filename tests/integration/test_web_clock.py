"""The nights on which the clocks change, and a machine whose clock goes back: nothing is lost, doubled or put in another order.

Summer time: from 01:00 GMT on the last Sunday of March to 01:00 GMT on the last Sunday of October (Summer Time Act 1972 as
amended by SI 2002/262): in 2026, 29 March and 25 October.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from rightplace.casework.events import EVENTS
from rightplace.errors import RefusedError
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.store.record import record

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
day = _PEOPLE["day"]


@pytest.fixture
def area(db: None) -> Any:
    with time_machine.travel("2025-06-02T10:00:00Z", tick=False):
        return _PEOPLE["area"]()


def _record(area: Any, kind: str, when: str, **facts: Any) -> Any:
    area.one.refresh_from_db()
    event = EVENTS[kind](day=day(when), **facts)
    return record(area.one, event, by=area.people["case_officer"], version=area.one.version)


def _pages(area: Any) -> list[str]:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    answers = [client.get(reverse("case", args=[area.one.reference])), client.get(reverse("today"))]
    assert [answer.status_code for answer in answers] == [200, 200]
    return [answer.content.decode() for answer in answers]


@pytest.mark.parametrize(
    ("moment", "today"),
    [
        ("2026-03-29T00:59:59Z", "29 March 2026"),
        ("2026-03-29T01:00:00Z", "29 March 2026"),
        ("2026-06-30T22:59:59Z", "30 June 2026"),
        ("2026-06-30T23:00:00Z", "1 July 2026"),
        ("2026-10-24T23:00:00Z", "25 October 2026"),
        ("2026-10-25T23:59:59Z", "25 October 2026"),
        ("2026-12-31T23:59:59Z", "31 December 2026"),
    ],
)
def test_a_day_ends_at_midnight_by_the_clocks_of_england(area: Any, moment: str, today: str) -> None:
    with time_machine.travel(moment, tick=False):
        assert f"My work today, {today}" in _pages(area)[1]


def test_an_event_of_the_day_that_has_just_begun_in_england_is_taken(area: Any) -> None:
    with time_machine.travel("2026-06-30T22:59:59Z", tick=False), pytest.raises(RefusedError, match="not come"):
        _record(area, "review_meeting_held", "2026-07-01")
    with time_machine.travel("2026-06-30T23:00:00Z", tick=False):
        assert _record(area, "review_meeting_held", "2026-07-01").number == 5


def test_the_hour_that_comes_twice_keeps_its_order(area: Any) -> None:
    """01:30 comes at 00:30 and again at 01:30 GMT on 25 October 2026."""
    with time_machine.travel("2026-10-25T00:30:00Z", tick=False):
        first = _record(area, "review_meeting_held", "2026-10-25")
    with time_machine.travel("2026-10-25T01:30:00Z", tick=False):
        second = _record(area, "review_report_sent", "2026-10-25")
        case, _ = _pages(area)
    assert (second.recorded_at - first.recorded_at).total_seconds() == 3600
    assert [row.kind for row in area.one.events.order_by("number")][-2:] == [
        "review_meeting_held",
        "review_report_sent",
    ]
    assert case.index("Review report sent") < case.index("Review meeting held")
    assert verify().broken == ()


def test_a_machine_whose_clock_goes_back_loses_and_reorders_nothing(area: Any) -> None:
    with time_machine.travel("2026-03-10T12:00:00Z", tick=False):
        _record(area, "review_meeting_held", "2026-03-10")
    with time_machine.travel("2026-03-09T12:00:00Z", tick=False):
        case, _ = _pages(area)
        assert "Events dated after today are recorded and not counted yet: 1." in case
        with pytest.raises(RefusedError, match="not come"):
            _record(area, "review_report_sent", "2026-03-10")
        with pytest.raises(RefusedError, match="cannot be recorded"):
            _record(area, "review_report_sent", "2026-03-09")
    with time_machine.travel("2026-03-11T12:00:00Z", tick=False):
        assert _record(area, "review_report_sent", "2026-03-11").number == 6
        assert "not counted yet" not in _pages(area)[0]
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    moments = list(Entry.objects.order_by("number").values_list("at", flat=True))
    assert moments != sorted(moments), "the log tells that the clock went back"
    assert verify().broken == ()
