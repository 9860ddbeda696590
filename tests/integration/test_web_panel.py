"""Panels: the agenda opens the papers to its members for a time, and recommendations are kept with their reasons."""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.errors import RefusedError
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Link
from rightplace.web.panel.models import Item, Meeting, Recommendation

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
whole = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))["whole"]


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _set(client: Any, member: Any) -> Meeting:
    on = clock.today()
    form = {
        "key": "m", "version": "0", "name": "Tuesday panel", "day_day": str(on.day), "day_month": str(on.month),
        "day_year": str(on.year), "member_1": str(member.pk), "member_2": "", "member_3": "", "member_4": str(member.pk),
    }  # fmt: skip
    for _ in range(2):
        assert client.post(reverse("panel_set"), form).status_code == 302
    return Meeting.objects.get()


def _put(client: Any, meeting: Meeting, reference: str) -> Any:
    form = {"key": "i", "version": "0", "reference": reference, "question": "plan", "note": "Second request."}
    return client.post(reverse("panel_meeting", args=[meeting.pk]), form)


def test_a_member_sees_the_papers_of_the_agenda_and_for_a_time_only(area: Any, officer: Any) -> None:
    member = _PEOPLE["person"]("panel", name="new_member")
    meeting = _set(officer, member)
    client = _PEOPLE["signed_in"](member)
    for _ in range(2):
        assert _put(officer, meeting, area.other.reference).status_code == 302
    item = Item.objects.get()
    link = Link.objects.get(user=member)
    assert (link.case, link.until) == (area.other, meeting.day + timedelta(days=28))
    assert "Ben Marsh" in whole(client.get(reverse("panel_meeting", args=[meeting.pk])))
    assert "Second request." in whole(client.get(reverse("panel_item", args=[item.pk])))
    read = Entry.objects.filter(who_id=member.pk, action="read").order_by("number")
    assert [entry.case for entry in read] == ["", area.other.reference]
    assert area.other.reference in read[0].words
    Link.objects.filter(user=member).update(until=clock.today() - timedelta(days=1))
    assert client.get(reverse("panel_item", args=[item.pk])).status_code == 403


def test_a_member_of_another_panel_sees_no_agenda_and_changes_none(area: Any, officer: Any) -> None:
    meeting = _set(officer, area.people["panel"])
    other = _PEOPLE["signed_in"](_PEOPLE["person"]("panel", name="other_member"))
    assert other.get(reverse("panel_meeting", args=[meeting.pk])).status_code == 403
    member = _PEOPLE["signed_in"](area.people["panel"])
    _put(member, meeting, area.other.reference)
    assert Item.objects.count() == 0


def test_a_recommendation_is_kept_once_with_its_reasons_and_decides_nothing(area: Any, officer: Any) -> None:
    meeting = _set(officer, area.people["panel"])
    _put(officer, meeting, area.one.reference.lower())
    address = reverse("panel_item", args=[Item.objects.get().pk])
    form = {
        "key": "r",
        "version": "0",
        "words": "Issue a plan",
        "reasons": "The advice agrees.",
        "present": "Pat Novak",
    }
    for _ in range(2):
        assert officer.post(address, form).status_code == 302
    made = Recommendation.objects.get()
    made.words = "Other"
    with pytest.raises(RefusedError):
        made.save()
    assert "The advice agrees." in whole(officer.get(address))
    assert area.one.events.count() == 4
    member = _PEOPLE["signed_in"](area.people["panel"])
    member.post(address, form | {"key": "r2"})
    assert Recommendation.objects.count() == 1


def test_mistakes_are_told(area: Any, officer: Any) -> None:
    meeting = _set(officer, area.people["panel"])
    assert "There is no case with this reference" in whole(_put(officer, meeting, "R999999"))
    assert "Enter the name of the panel." in whole(officer.post(reverse("panel_set"), {"key": "x", "version": "0"}))


def test_the_pages_hold_to_the_rules(area: Any, officer: Any, django_assert_max_num_queries: Any) -> None:
    meeting = _set(officer, area.people["panel"])
    _put(officer, meeting, area.one.reference)
    values = {"panel": [], "panel_set": [], "panel_meeting": [meeting.pk], "panel_item": [Item.objects.get().pk]}
    for name, args in values.items():
        with django_assert_max_num_queries(20):
            response = officer.get(reverse(name, args=args))
        whole(response)
