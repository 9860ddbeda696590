"""The e-mails of notices: nothing about the child in them, as people chose, and how they are sent."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core import mail as post
from django.core.management import call_command
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.cases.models import Case
from rightplace.web.notices.each_day import every_day
from rightplace.web.notices.kinds import FAMILY
from rightplace.web.notices.models import HowToTell, Mail, Notice
from rightplace.web.notices.send import send_waiting

ROOT = Path(__file__).parents[2]
_PEOPLE = runpy.run_path(str(ROOT / "tests" / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
_NEWS = runpy.run_path(str(ROOT / "tests" / "made" / "web_notices.py"))
day = _PEOPLE["day"]
note, write, in_assessment = (_NEWS["note"], _NEWS["write"], _NEWS["in_assessment"])


@pytest.fixture
def area(db: None, settings: Any) -> Any:
    yield from _NEWS["area_with_addresses"](settings)


def test_an_e_mail_says_what_kind_and_by_when_and_nothing_about_the_child(area: Any) -> None:
    case = in_assessment(area)
    note(area, case, "draft_plan_sent")
    done = send_waiting()
    assert (done.sent, done.put_off, done.failed, done.unsure) == (1, 0, 0, 0)
    (letter,) = post.outbox
    assert letter.to == ["parent@marlshire.example"]
    assert letter.subject == "A draft plan for you to check, by 18 May – Marlshire"
    assert "Please tell us what you think by Monday 18 May 2026." in letter.body
    number = Notice.objects.get(kind="draft").pk
    assert f"https://plans.marlshire.example/notices/{number}/" in letter.body
    _says_nothing(letter, case)


def test_no_kind_of_news_says_anything_about_the_child_in_an_e_mail(area: Any) -> None:
    parent = area.people["parent"]
    HowToTell.objects.create(user=parent, choice="daily")
    for kind in FAMILY:
        Notice.objects.create(
            user=parent, case=area.one, kind=kind, key=kind, gather=True, made_at=clock.now(), due=day("2026-06-01")
        )
    every_day()
    assert send_waiting().sent == 1
    (letter,) = post.outbox
    assert letter.subject == f"{len(FAMILY)} things to look at – Marlshire"
    for kind in FAMILY.values():
        assert kind.title in letter.body
    _says_nothing(letter, area.one)


def _says_nothing(letter: Any, case: Case) -> None:
    whole = letter.message().as_string()
    for secret in (case.person.forename, case.person.surname, case.reference, "Pike", "hearing", str(case.setting)):
        assert not re.search(rf"\b{secret}\b", whole), secret


def test_reading_the_messages_themselves_is_enough(area: Any) -> None:
    write(area)
    client = _PEOPLE["signed_in"](area.people["parent"])
    client.get(reverse("messages", args=[area.one.reference]))
    assert Notice.objects.get(user=area.people["parent"]).seen_at is not None
    assert send_waiting().sent == 1, "the young person's alone: what was read needs no e-mail"
    assert Mail.objects.get(user=area.people["parent"]).state == Mail.State.NOT_NEEDED


def test_who_wants_none_gets_none_and_who_wants_one_a_day_gets_one(area: Any) -> None:
    HowToTell.objects.create(user=area.people["parent"], choice="never")
    HowToTell.objects.create(user=area.people["young_person"], choice="daily")
    write(area)
    write(area, key="k2")
    assert send_waiting().sent == 0
    for _ in range(2):
        every_day()
        send_waiting()
    (letter,) = post.outbox
    assert letter.to == ["young_person@marlshire.example"]
    assert letter.subject.startswith("2 things")


def test_a_change_of_mind_before_it_is_sent_counts(area: Any) -> None:
    write(area)
    HowToTell.objects.create(user=area.people["parent"], choice="never")
    area.people["young_person"].is_active = False
    area.people["young_person"].save()
    assert send_waiting().sent == 0
    assert set(Mail.objects.values_list("state", flat=True)) == {Mail.State.NOT_NEEDED}


def test_the_command_sends_and_says_so(area: Any, capsys: pytest.CaptureFixture[str]) -> None:
    write(area)
    call_command("send_notices")
    assert "2 e-mails were sent" in capsys.readouterr().out
    assert len(post.outbox) == 2


def test_without_e_mail_set_up_none_is_made(area: Any, settings: Any) -> None:
    settings.MAIL_ON = False
    write(area)
    assert Notice.objects.exists()
    assert not Mail.objects.exists()
