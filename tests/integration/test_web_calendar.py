"""The calendar feed, held to RFC 5545 (Internet Calendaring and Scheduling Core Object Specification)."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from rightplace.web.calendar_feed.ics import escaped, folded
from rightplace.web.calendar_feed.models import Feed
from rightplace.web.cases.models import OpenDeadline

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    yield from _PEOPLE["kept_area"](django_db_blocker)


@pytest.fixture
def area(kept: Any, db: None) -> Any:
    return kept


def unfolded(text: str) -> list[str]:
    """Content lines by section 3.1: a line end followed by one space or tab is taken out."""
    return text.replace("\r\n ", "").replace("\r\n\t", "").split("\r\n")


def test_text_is_escaped_as_in_the_rfcs_example() -> None:
    """Section 3.3.11, the example of a DESCRIPTION."""
    meant = "Project XYZ Final Review\nConference Room - 3B\nCome Prepared."
    assert escaped(meant) == r"Project XYZ Final Review\nConference Room - 3B\nCome Prepared."
    assert escaped("a;b,c\\d") == r"a\;b\,c\\d"


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=400))
def test_a_folded_line_is_short_enough_and_unfolds_to_itself(text: str) -> None:
    """Section 3.1: no line over 75 octets without its end, and no letter broken."""
    made = folded(f"SUMMARY:{text}")
    lines = made.encode().split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() for line in lines)
    assert unfolded(made) == [f"SUMMARY:{text}", ""]


def _address(client: Client) -> str:
    text = client.post(reverse("calendar")).content.decode()
    return text.split("<code>")[1].split("</code>")[0].removeprefix("http://testserver")


def test_an_officers_feed_holds_their_deadlines_and_nobodys_name(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    address = _address(client)
    response = Client().get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.decode()
    lines = unfolded(text)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    due = OpenDeadline.objects.filter(
        case__officer=area.people["case_officer"], duty=True, excused=False, due__isnull=False
    )
    assert due.count() > 0
    assert sum(line == "BEGIN:VEVENT" for line in lines) == due.count() == sum(line == "END:VEVENT" for line in lines)
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(set(uids)) == len(uids)
    days = sorted(line.removeprefix("DTSTART;VALUE=DATE:") for line in lines if line.startswith("DTSTART"))
    assert days == sorted(f"{row.due:%Y%m%d}" for row in due)
    for name in ("Ada", "Ben", "Marsh"):
        assert name not in text
    assert area.one.reference in text
    assert [line for line in unfolded(Client().get(address).content.decode()) if line.startswith("UID:")] == uids


def test_a_new_address_ends_the_old_and_ending_ends_both(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    first = _address(client)
    second = _address(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert second.split("/")[2] not in Feed.objects.get().secret
    client.post(reverse("calendar"), {"end": "1"})
    assert Client().get(second).status_code == 404


def test_a_feed_ends_with_the_account(area: Any) -> None:
    user = area.people["case_officer"]
    address = _address(_PEOPLE["signed_in"](user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert Client().get(address).status_code == 404


def test_an_advisers_feed_holds_what_they_owe_in_cases_they_are_linked_to(area: Any) -> None:
    from rightplace.calendar import clock
    from rightplace.web.advice.models import Request

    user = area.people["psychologist"]
    for case in (area.one, area.other):
        Request.objects.create(
            case=case, adviser="psychologist", user=user, asked_of="x", asked_on=clock.today(), event=1
        )
    text = Client().get(_address(_PEOPLE["signed_in"](user))).content.decode()
    assert area.one.reference in text
    assert area.other.reference not in text
