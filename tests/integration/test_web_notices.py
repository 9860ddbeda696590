"""Notices: who is told what and by when, each once, and nobody whom it does not concern.

The days to answer by are the law's: 15 days with the draft, beginning with the day it is served (SEND Regulations 2014,
regulation 13(1)); six weeks for advice (8(1)).
"""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.casework.terms import Adviser
from rightplace.web.accounts.models import Organisation
from rightplace.web.advice.save import ask, chase
from rightplace.web.cases.models import Case, Link
from rightplace.web.family.models import Explained
from rightplace.web.notices.each_day import every_day
from rightplace.web.notices.kinds import KINDS
from rightplace.web.notices.models import HowToTell, Mail, Notice

ROOT = Path(__file__).parents[2]
_PEOPLE = runpy.run_path(str(ROOT / "tests" / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
_NEWS = runpy.run_path(str(ROOT / "tests" / "made" / "web_notices.py"))
day = _PEOPLE["day"]
note, write, in_assessment = (_NEWS["note"], _NEWS["write"], _NEWS["in_assessment"])


@pytest.fixture
def area(db: None, settings: Any) -> Any:
    yield from _NEWS["area_with_addresses"](settings)


def told(area: Any, role: str) -> list[str]:
    return list(Notice.objects.filter(user=area.people[role]).order_by("pk").values_list("kind", flat=True))


def test_a_message_is_news_to_the_other_side_alone(area: Any) -> None:
    write(area)
    assert told(area, "parent") == told(area, "young_person") == ["message"]
    assert told(area, "case_officer") == told(area, "team_manager") == told(area, "school") == []
    write(area, by="parent", key="k2")
    assert told(area, "case_officer") == ["family_message"]
    assert told(area, "parent") == ["message"]


def test_a_draft_says_by_when_to_answer(area: Any) -> None:
    """Served on 4 May, the 15th day is 18 May, the day of service counted as the first."""
    case = in_assessment(area)
    note(area, case, "draft_plan_sent")
    made = Notice.objects.get(kind="draft")
    assert made.user == area.people["parent"]
    assert made.due == day("2026-05-18")


def test_a_decision_says_until_when_it_can_be_challenged(area: Any) -> None:
    """Two months from 4 May end on Saturday 4 July; Tribunal Procedure (HESC) Rules 2008, rule 12(2): the next working day."""
    case = in_assessment(area)
    note(area, case, "plan_refused")
    assert Notice.objects.get(kind="decision").due == day("2026-07-06")


def test_an_adviser_is_told_when_asked_and_reminded(area: Any) -> None:
    """Six weeks from 4 May is 15 June."""
    case = in_assessment(area)
    officer = area.people["case_officer"]
    made = ask(
        case, Adviser.PSYCHOLOGIST, user=area.people["psychologist"], asked_of="", day=day("2026-05-04"), note="",
        by=officer, version=case.version, key="a",
    )  # fmt: skip
    chase(made, day=day("2026-05-04"), how="by telephone", by=officer, key="c")
    notices = Notice.objects.filter(user=area.people["psychologist"]).order_by("pk")
    assert [(one.kind, one.due) for one in notices] == [
        ("advice_asked", day("2026-06-15")),
        ("advice_reminded", day("2026-06-15")),
    ]


def test_a_school_asked_about_a_place_is_told_without_a_name(area: Any) -> None:
    case = in_assessment(area)
    asked = _PEOPLE["person"]("school", area.elsewhere, name="other_senco")
    Link.objects.create(case=case, organisation=area.elsewhere, kind="setting_asked", since=day("2026-05-04"))
    assert Notice.objects.get(user=asked).kind == "consulted"
    page = _PAGES["whole"](_PEOPLE["signed_in"](asked).get(reverse("notices")))
    assert "You are asked about a place" in page
    assert "Cai" not in page


def test_a_trust_is_told_for_a_school_of_its_own_that_has_nobody(area: Any) -> None:
    trust = Organisation.objects.create(kind=Organisation.Kind.TRUST, code="T8", name="Hill Trust")
    Organisation.objects.filter(pk=area.elsewhere.pk).update(trust=trust)
    other = Organisation.objects.create(kind=Organisation.Kind.TRUST, code="T9", name="Dale Trust")
    asked, _ = (_PEOPLE["person"]("trust", one, name=f"of_{one.code}") for one in (trust, other))
    for forename in ("Cai", "Dot"):
        case = _PEOPLE["make_case"](area.people["team_manager"], ("2026-04-01", "request_received"), forename=forename)
        Link.objects.create(case=case, organisation=area.elsewhere, kind="setting_asked", since=day("2026-05-04"))
        if forename == "Cai":
            senco = _PEOPLE["person"]("school", area.elsewhere, name="other_senco")
    assert [one.user for one in Notice.objects.filter(kind="consulted").order_by("pk")] == [asked, senco]
    _PAGES["whole"](_PEOPLE["signed_in"](asked).get(reverse("notices")))


def test_a_school_asked_through_the_page_is_told_by_when_and_told_again_when_asked_again(area: Any) -> None:
    """The Code of Practice, 9.83, expects an answer within 15 days: asked on 4 May, by 19 May."""
    from rightplace.web.placement.save import consult

    case = in_assessment(area)
    note(area, case, "draft_plan_sent")
    asked = _PEOPLE["person"]("school", area.elsewhere, name="other_senco")
    for key in ("a", "b"):
        case.refresh_from_db()
        consult(
            case, name="Hill School", organisation=area.elsewhere, day=day("2026-05-04"), by=area.people["case_officer"],
            version=case.version, key=key,
        )  # fmt: skip
    assert [(one.kind, one.due) for one in Notice.objects.filter(user=asked)] == [("consulted", day("2026-05-19"))] * 2


def test_explaining_a_delay_is_news_to_the_family(area: Any) -> None:
    officer = area.people["case_officer"]
    Explained.objects.create(
        case=area.one,
        rule="review_due",
        text="Ill.",
        recorded_by=str(officer),
        recorder=officer.pk,
        recorded_at=clock.now(),
    )
    assert told(area, "parent") == ["explained"]


def test_a_parent_whose_rights_passed_is_not_told(area: Any) -> None:
    Case.objects.filter(pk=area.one.pk).update(parent_until=day("2026-05-03"))
    write(area)
    assert told(area, "parent") == []
    assert told(area, "young_person") == ["message"]


def test_history_entered_late_is_no_news(area: Any) -> None:
    case = in_assessment(area)
    with time_machine.travel("2026-06-02T12:00:00+01:00"):
        note(area, case, "draft_plan_sent", on="2026-05-04")
    assert not Notice.objects.filter(kind="draft").exists()


def test_what_is_undone_was_never_news(area: Any) -> None:
    """The outbox is written in the transaction of the event: neither is there without the other."""

    def then_fail() -> None:
        with transaction.atomic():
            write(area)
            raise IntegrityError

    with pytest.raises(IntegrityError):
        then_fail()
    assert not Notice.objects.exists()
    assert not Mail.objects.exists()


def test_a_form_sent_twice_is_news_once(area: Any) -> None:
    write(area)
    write(area)
    assert Notice.objects.filter(user=area.people["parent"]).count() == 1
    assert Mail.objects.filter(user=area.people["parent"]).count() == 1


def test_every_kind_leads_to_a_page_that_is_there(area: Any) -> None:
    for kind in KINDS.values():
        assert reverse(kind.page, args=[area.one.reference] if kind.of_case else [])


def test_a_link_leads_to_the_page_and_is_then_no_longer_new(area: Any) -> None:
    write(area)
    client = _PEOPLE["signed_in"](area.people["parent"])
    home = reverse("family_case", args=[area.one.reference])
    assert "A new message for you" in _PAGES["whole"](client.get(home))
    made = Notice.objects.get(user=area.people["parent"])
    answer = client.get(reverse("notice", args=[made.pk]))
    assert answer.headers["Location"] == reverse("messages", args=[area.one.reference])
    assert "A new message for you" not in client.get(home).content.decode()
    assert _PEOPLE["signed_in"](area.people["team_manager"]).get(reverse("notice", args=[made.pk])).status_code == 403


@pytest.mark.parametrize("role", ["parent", "case_officer", "psychologist", "school"])
def test_pages_are_whole_and_the_choice_is_kept(area: Any, role: str) -> None:
    client = _PEOPLE["signed_in"](area.people[role])
    assert "There is no news" in _PAGES["whole"](client.get(reverse("notices")))
    write(area, by="parent" if role == "case_officer" else "case_officer")
    _PAGES["whole"](client.get(reverse("notices")))
    how = reverse("notices_how")
    text = _PAGES["whole"](client.get(how))
    assert f"{role}@marlshire.example" in text
    wrong = client.post(how, {"key": "k", "version": 0, "choice": "pigeon"})
    assert "Select one of the three." in _PAGES["whole"](wrong)
    assert client.post(how, {"key": "k", "version": 0, "choice": "never"}).status_code == 302
    assert HowToTell.objects.get().choice == "never"
    assert client.post(reverse("notices")).status_code == 302
    assert not Notice.objects.filter(user=area.people[role], seen_at=None).exists()


def test_home_pages_with_news_stay_under_twenty_queries(area: Any, django_assert_max_num_queries: Any) -> None:
    write(area)
    write(area, by="parent", key="k2")
    for role, name, values in (
        ("parent", "family_case", [area.one.reference]), ("case_officer", "today", []), ("school", "school", []),
        ("psychologist", "advice_owed", []), ("parent", "notices", []),
    ):  # fmt: skip
        client = _PEOPLE["signed_in"](area.people[role])
        with django_assert_max_num_queries(20):
            assert client.get(reverse(name, args=values)).status_code == 200


def test_a_date_missed_is_news_once_and_an_old_one_is_none(area: Any) -> None:
    """Requested on 23 March, the decision to assess is due six weeks later, on 4 May: the day after it is missed."""
    with time_machine.travel("2026-05-01T12:00:00+01:00"):
        steps = (("2026-03-23", "request_received"),)
        case = _PEOPLE["make_case"](
            area.people["team_manager"], *steps, forename="Dee", officer=area.people["case_officer"]
        )
        Link.objects.create(case=case, user=area.people["parent"], kind="parent", since=day("2026-03-23"))
    Notice.objects.all().delete()
    assert every_day() == 0, "on the day itself it is in time"
    with time_machine.travel("2026-05-05T01:00:00+01:00"):
        assert every_day() == 2
        assert every_day() == 0
        assert (told(area, "parent"), told(area, "case_officer")) == (["late"], ["missed"])
    with time_machine.travel("2026-05-13T01:00:00+01:00"):
        Notice.objects.all().delete()
        assert every_day() == 0


def test_the_end_of_a_time_to_answer_is_told_three_days_before(area: Any) -> None:
    case = in_assessment(area)
    note(area, case, "draft_plan_sent")
    with time_machine.travel("2026-05-14T01:00:00+01:00"):
        assert every_day() == 0
    with time_machine.travel("2026-05-15T01:00:00+01:00"):
        assert every_day() == 1
        assert Notice.objects.get(kind="time_ends").due == day("2026-05-18")


def test_old_notices_are_cleared_and_what_they_were_about_stays(area: Any) -> None:
    write(area)
    kept = area.one.messages.count()
    with time_machine.travel(clock.now() + timedelta(days=365)):
        every_day()
        assert Notice.objects.filter(kind="message").count() == 2
    with time_machine.travel(clock.now() + timedelta(days=367)):
        every_day()
        assert not Notice.objects.filter(kind="message").exists()
    assert area.one.messages.count() == kept == 1
