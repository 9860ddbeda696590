"""Advice asked for, chased, written in a form that is saved and come back to, given, and used again.

Six weeks from the day the adviser receives the request: SEND Regulations 2014, regulation 8(1). The worked dates are counted
by hand on a calendar: six weeks from Monday 16 February 2026 is Monday 30 March 2026.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from rightplace.errors import RefusedError
from rightplace.web.advice import save
from rightplace.web.advice.models import Request
from rightplace.web.audit.models import Entry
from rightplace.web.audit.verify import verify
from rightplace.web.cases.models import Case, Link
from rightplace.web.plans.save import in_hand

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
whole = _PAGES["whole"]
UNDER_WAY = (("2026-01-05", "request_received"), ("2026-02-09", "assessment_agreed"))
TEXTS = {"needs": "Loses the thread.", "provision": "30 minutes daily.", "outcomes": "Retells a story."}


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def case(area: Any) -> Case:
    return _PEOPLE["make_case"](area.people["case_officer"], *UNDER_WAY, forename="Cy")


@pytest.fixture
def officer(area: Any) -> Any:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def _day(text: str) -> dict[str, str]:
    year, month, day = text.split("-")
    return {"day_day": day, "day_month": month, "day_year": year}


def _ask(client: Any, case: Case, key: str = "ask", **more: str) -> Any:
    case.refresh_from_db()
    form = {"key": key, "version": str(case.version), **_day("2026-02-16"), "user": "", "asked_of": "", "note": ""}
    return client.post(reverse("advice", args=[case.reference]), form | more)


def _asked(area: Any, case: Case, client: Any) -> Request:
    who = str(area.people["psychologist"].pk)
    assert _ask(client, case, adviser="psychologist", user=who).status_code == 302
    return Request.objects.get(case=case)


def test_asking_records_the_event_links_the_adviser_and_starts_six_weeks(area: Any, case: Case, officer: Any) -> None:
    asked = _asked(area, case, officer)
    assert asked.due == _PEOPLE["day"]("2026-03-30")
    assert case.events.get(number=asked.event).kind == "advice_requested"
    assert Link.objects.get(case=case, kind="adviser").user == area.people["psychologist"]
    page = whole(officer.get(reverse("advice", args=[case.reference])))
    assert "due 30 March 2026" in page
    for still in ("Health care professional", "Social care", "Child&#39;s parent or the young person"):
        assert f"<li>{still}</li>" in page
    assert "<li>Educational psychologist</li>" not in page


def test_from_year_9_preparation_for_adulthood_is_among_what_must_be_sought(area: Any, officer: Any) -> None:
    """Regulation 6(1)(g). Born 2 May 2012: Year 9 is 2025/26."""
    for born, wanted in (("2012-05-02", True), ("2012-09-01", False)):
        case = _PEOPLE["make_case"](area.people["case_officer"], *UNDER_WAY, forename="Di", born=born)
        from rightplace.web.advice.ask_page import missing
        from rightplace.web.cases.store.read import stand

        found = missing(stand(case, _PEOPLE["day"]("2026-03-01")), case.person.born)
        assert ("Preparation for adulthood, from Year 9" in found) is wanted


def test_advice_is_saved_come_back_to_and_given(area: Any, case: Case, officer: Any) -> None:
    asked = _asked(area, case, officer)
    adviser = _PEOPLE["signed_in"](area.people["psychologist"])
    assert "Cy Marsh" in whole(adviser.get(reverse("advice_owed")))
    address = reverse("advice_give", args=[asked.pk])
    whole(adviser.get(address))
    first = {"key": "g1", "version": "0", "needs": "Loses the thread.", "provision": "", "outcomes": ""}
    assert adviser.post(address, first).status_code == 302
    again = whole(adviser.get(address))
    assert "Loses the thread." in again
    assert "Loses the thread." not in whole(officer.get(reverse("advice_read", args=[asked.pk])))
    lacking = adviser.post(address, {"key": "g2", "version": "1", **TEXTS, "outcomes": "", "give": "yes"})
    assert "Enter the outcomes" in whole(lacking)
    asked.refresh_from_db()
    assert (asked.provision, asked.given_on) == ("30 minutes daily.", None), "what was written is kept"
    given = adviser.post(address, {"key": "g3", "version": str(asked.revision), **TEXTS, "give": "yes"})
    assert given.status_code == 302
    asked.refresh_from_db()
    assert asked.given_on is not None
    assert case.events.order_by("number").last().kind == "advice_received"
    assert [entry.section for entry in in_hand(case)] == ["K"]
    assert "Retells a story." in whole(officer.get(reverse("advice_read", args=[asked.pk])))
    assert verify().broken == ()


def test_given_advice_never_changes_and_is_given_once(area: Any, case: Case, officer: Any) -> None:
    asked = _asked(area, case, officer)
    psychologist = area.people["psychologist"]
    save.give(asked, TEXTS, revision=0, by=psychologist, key="one")
    with pytest.raises(RefusedError, match="no longer changes"):
        save.save_draft(asked, TEXTS | {"needs": "Other"}, revision=1, by=psychologist)
    assert case.events.filter(kind="advice_received").count() == 1


def test_two_windows_of_one_adviser_lose_nothing(area: Any, case: Case, officer: Any) -> None:
    asked = _asked(area, case, officer)
    adviser = _PEOPLE["signed_in"](area.people["psychologist"])
    address = reverse("advice_give", args=[asked.pk])
    adviser.post(address, {"key": "a", "version": "0", **TEXTS})
    lost = adviser.post(address, {"key": "b", "version": "0", **TEXTS, "needs": "Another window."})
    assert lost.status_code == 409
    text = whole(lost)
    assert "Loses the thread." in text
    assert "Another window." in text
    asked.refresh_from_db()
    assert asked.needs == "Loses the thread."


def test_only_the_adviser_asked_may_give_it(area: Any, case: Case, officer: Any) -> None:
    asked = _asked(area, case, officer)
    address = reverse("advice_give", args=[asked.pk])
    for role in ("health", "case_officer", "parent"):
        assert _PEOPLE["signed_in"](area.people[role]).get(address).status_code == 403
    Link.objects.filter(case=case, kind="adviser").update(until=_PEOPLE["day"]("2026-03-01"))
    assert _PEOPLE["signed_in"](area.people["psychologist"]).get(address).status_code == 403


def test_a_reminder_is_recorded_and_does_not_start_the_time_again(area: Any, case: Case, officer: Any) -> None:
    """The six weeks run from the request (regulation 8(1))."""
    asked = _asked(area, case, officer)
    form = {"key": "c", "version": "3", **_day("2026-03-20"), "how": "Telephone: it will come on Monday"}
    for _ in range(2):
        assert officer.post(reverse("advice_chase", args=[asked.pk]), form).status_code == 302
    assert asked.chasers.count() == 1
    page = whole(officer.get(reverse("advice", args=[case.reference])))
    assert "20 March 2026: Telephone" in page
    assert "due 30 March 2026" in page
    assert Entry.objects.filter(action="advice_chased").count() == 1


def test_advice_on_paper_is_put_on_record_by_the_officer(case: Case, officer: Any) -> None:
    assert _ask(officer, case, adviser="education", asked_of="Head, Marsh School").status_code == 302
    asked = Request.objects.get(case=case)
    case.refresh_from_db()
    form = {"key": "r", "version": str(case.version), **_day("2026-03-31")}
    assert officer.post(reverse("advice_received", args=[asked.pk]), form).status_code == 302
    page = whole(officer.get(reverse("advice", args=[case.reference])))
    assert "Received 31 March 2026, late (due 30 March 2026)" in page


def test_asking_twice_with_one_form_asks_once_and_nobody_is_a_mistake(area: Any, case: Case, officer: Any) -> None:
    assert "Enter whom it is asked of" in whole(_ask(officer, case, adviser="health"))
    for _ in range(2):
        assert _ask(officer, case, adviser="health", asked_of="Dr Reed").status_code == 302
    assert (Request.objects.count(), case.events.count()) == (1, 3)


def test_earlier_advice_is_used_again_only_where_all_three_agree(case: Case, officer: Any) -> None:
    """Regulation 6(4)."""
    address = reverse("record_event", args=[case.reference, "advice_reused"])
    form = {"key": "u", "version": "2", **_day("2026-02-16"), "adviser": "psychologist", "provider_agrees": "yes",
            "authority_agrees": "yes", "family_agrees": "no"}  # fmt: skip
    assert "all say it is sufficient" in officer.post(address, form).content.decode()
    assert officer.post(address, form | {"family_agrees": "yes"}).status_code == 302
    assert "<li>Educational psychologist</li>" not in whole(officer.get(reverse("advice", args=[case.reference])))


def test_the_pages_hold_to_the_rules(area: Any, case: Case, officer: Any, django_assert_max_num_queries: Any) -> None:
    asked = _asked(area, case, officer)
    adviser = _PEOPLE["signed_in"](area.people["psychologist"])
    for client, name, value in (
        (officer, "advice", case.reference), (officer, "advice_chase", asked.pk), (officer, "advice_received", asked.pk),
        (officer, "advice_read", asked.pk), (adviser, "advice_give", asked.pk), (adviser, "advice_owed", None),
    ):  # fmt: skip
        with django_assert_max_num_queries(20):
            response = client.get(reverse(name, args=[value] if value else []))
        whole(response)


def test_advice_known_from_events_alone_is_outstanding_too_and_can_be_taken_on(area: Any, officer: Any) -> None:
    from rightplace.casework.terms import Adviser
    from rightplace.web.advice.from_events import take_on

    steps = (*UNDER_WAY, ("2026-02-16", "advice_requested", {"adviser": Adviser.HEALTH}))
    case = _PEOPLE["make_case"](area.people["case_officer"], *steps, forename="Di")
    page = whole(officer.get(reverse("advice", args=[case.reference])))
    assert "Asked for in another way" in page
    assert "due 30 March 2026" in page
    assert take_on(case, area.people["psychologist"]) is None
    taken = take_on(case, area.people["health"])
    assert (taken.due, taken.user) == (_PEOPLE["day"]("2026-03-30"), area.people["health"])
    assert take_on(case, area.people["health"]) is None
    assert "Asked for in another way" not in whole(officer.get(reverse("advice", args=[case.reference])))
