"""Who helps families in this area: entered once, named on pages and in letters; and the clearing of old texts each night."""

from __future__ import annotations

import runpy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.audit.models import Entry
from rightplace.web.kept.keep import CLEARED_AFTER, clear_old
from rightplace.web.kept.models import Kept
from rightplace.web.letters.make import services_before
from rightplace.web.notices.models import Mail

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))
FORM = {
    "key": "k", "version": "0", "name": "Marlshire SENDIASS", "telephone": "01632 960 123", "email": "help@sendiass.example",
    "web": "https://sendiass.example/", "hours": "Monday to Friday, 9 to 5",
}  # fmt: skip


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def administrator(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["administrator"])


def test_families_and_letters_name_who_was_entered(area: Any, administrator: Client) -> None:
    parent = _PEOPLE["signed_in"](area.people["parent"])
    pages = [reverse(name, args=[area.one.reference]) for name in ("family_case", "family_rights")]
    for page in pages:
        assert "free help" in _PAGES["whole"](parent.get(page))
    assert services_before() == {}
    assert administrator.post(reverse("area_contact", args=["advice"]), FORM).status_code == 302
    for page in pages:
        text = _PAGES["whole"](parent.get(page))
        assert "Marlshire SENDIASS" in text
        assert "01632 960 123" in text
        assert "https://sendiass.example/" in text
    assert services_before()["advice"].startswith("Marlshire SENDIASS, telephone 01632 960 123, help@sendiass.example")
    assert "from “nothing” to “Marlshire SENDIASS" in Entry.objects.filter(action="settings").get().words


def test_pages_are_whole_before_and_after(area: Any, administrator: Client) -> None:
    for kind in ("advice", "mediation", "disagreement"):
        page = reverse("area_contact", args=[kind])
        _PAGES["whole"](administrator.get(page))
        administrator.post(page, FORM)
        assert "Marlshire SENDIASS" in _PAGES["whole"](administrator.get(page))
    assert _PAGES["whole"](administrator.get(reverse("area_contacts"))).count("Change<") == 3
    assert administrator.get(reverse("area_contact", args=["other"])).status_code == 404


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": ""}, "Enter the name of the service"),
        ({"telephone": "", "email": "", "web": ""}, "Enter a telephone number, an e-mail address or a page on the web"),
        ({"email": "help"}, "Enter an address like help@example.org"),
        ({"web": "javascript:alert(1)"}, "Enter an address like https://www.example.org"),
        ({"web": "ftp://sendiass.example"}, "Enter an address like https://www.example.org"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_saved(
    area: Any, administrator: Client, more: dict[str, str], said: str
) -> None:
    text = _PAGES["whole"](administrator.post(reverse("area_contact", args=["advice"]), {**FORM, **more}))
    assert said in text
    assert services_before() == {}


def test_e_mails_that_did_not_go_are_shown_to_the_administrator(area: Any, administrator: Client) -> None:
    page = reverse("post")
    assert "None failed" in _PAGES["whole"](administrator.get(page))
    facts = {"user": area.people["parent"], "made_at": clock.now(), "next_try": clock.now()}
    Mail.objects.create(key="a", state="failed", trouble="550 SMTPRecipientsRefused", **facts)
    text = _PAGES["whole"](administrator.get(page))
    assert "550 SMTPRecipientsRefused" in text
    assert "Ada" not in text


def test_a_text_that_nobody_came_back_to_is_cleared_at_night_and_no_other(area: Any) -> None:
    parent, gone = area.people["parent"], area.people["therapist"]
    gone.is_active = False
    gone.save()
    now = clock.now()
    for user, address, saved in (
        (parent, "/old/", now - CLEARED_AFTER - timedelta(minutes=1)),
        (parent, "/young/", now - CLEARED_AFTER + timedelta(minutes=1)),
        (gone, "/of-one-who-left/", now - timedelta(days=3)),
    ):
        Kept.objects.create(user=user, address=address, entered={"text": ["Words"]}, saved_at=saved)
    with time_machine.travel(now, tick=False):
        call_command("nightly")
        assert list(Kept.objects.values_list("address", flat=True)) == ["/young/"]
        assert clear_old() == 0
