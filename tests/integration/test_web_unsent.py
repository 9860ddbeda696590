"""A form that is sent after the sign-in ended: whoever wrote it finds it filled in, nobody else does, and nothing is done."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rightplace.web.advice.models import Request
from rightplace.web.kept.models import Kept

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_TABLE = runpy.run_path(str(Path(__file__).with_name("test_web_access.py")))
_NOTE = "Ring the grandmother first."


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


def _hidden(page: Any, name: str) -> str:
    return str(page.content.decode().split(f'name="{name}" value="')[1].split('"')[0])


def _too_late(user: Any, address: str, **entered: str) -> Client:
    """A browser whose sign-in ends between opening a form and sending it."""
    browser = _PEOPLE["signed_in"](user)
    page = browser.get(address)
    del browser.cookies["sessionid"]
    sent = {name: _hidden(page, name) for name in ("key", "version", "whose")} | entered
    answer = browser.post(address, sent)
    assert answer["Location"].startswith(reverse("account_login"))
    return browser


def _sign_in(browser: Client, name: str) -> Client:
    browser.post(reverse("account_login"), {"login": name, "password": _PEOPLE["PASSWORD"]})
    return browser


def _form(area: Any) -> tuple[str, dict[str, str]]:
    chosen = str(area.people["team_manager"].pk)
    return reverse("hand_over", args=[area.one.reference]), {"before": "", "officer": chosen, "note": _NOTE}


def test_it_is_there_after_signing_in_again_and_can_be_sent(area: Any) -> None:
    address, entered = _form(area)
    browser = _sign_in(_too_late(area.people["case_officer"], address, **entered), "case_officer")
    page = browser.get(address)
    text = page.content.decode()
    assert _NOTE in text
    assert "You were signed out before this was sent." in text
    assert _NOTE in browser.get(address).content.decode(), "also when the page is loaded again"
    assert area.one.handovers.count() == 0
    before = str(area.people["case_officer"].pk)
    names = {name: _hidden(page, name) for name in ("key", "version", "whose")}
    assert browser.post(address, entered | names | {"before": before}).status_code == 302
    assert area.one.handovers.get().note == _NOTE
    assert not Kept.objects.exists()
    assert _NOTE not in browser.get(address).content.decode().split("<form")[2].split("</form>")[0]


def test_nobody_else_finds_it(area: Any) -> None:
    address, entered = _form(area)
    browser = _sign_in(_too_late(area.people["case_officer"], address, **entered), "team_manager")
    assert _NOTE not in browser.get(address).content.decode()


def test_a_mark_of_another_address_or_none_keeps_nothing(area: Any) -> None:
    address, entered = _form(area)
    browser = _PEOPLE["signed_in"](area.people["case_officer"])
    other = browser.get(reverse("intake"))
    del browser.cookies["sessionid"]
    for mark in (_hidden(other, "whose"), "", "made-up:1:2"):
        browser.post(address, entered | {"key": "k", "version": "1", "whose": mark})
    assert not Kept.objects.exists()


def test_a_button_that_does_more_than_send_is_not_pressed_again(area: Any) -> None:
    """ "Give this advice" is for the adviser to press: what comes back is the text."""
    runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_routes" / "advice.py"))["prepare"](area)
    asked = area.one.advice_requests.get()
    Request.objects.filter(pk=asked.pk).update(given_on=None, given_by="", source="")
    address = reverse("advice_give", args=[asked.pk])
    texts = {"needs": "Loses the thread.", "provision": "45 minutes weekly.", "outcomes": "Retells a story."}
    browser = _too_late(area.people["psychologist"], address, give="yes", **texts)
    text = _sign_in(browser, "psychologist").get(address).content.decode()
    asked.refresh_from_db()
    assert asked.given_on is None
    assert all(words in text for words in texts.values())


@pytest.mark.parametrize(
    "name", ["intake", "record_event", "plan_add", "letter_write", "placement_findings", "account_add"]
)
def test_every_keyed_form_says_whose_it_is(area: Any, name: str) -> None:
    who = area.people["administrator" if name == "account_add" else "case_officer"]
    address = reverse(name) if not _TABLE["ROUTES"][name] else _TABLE["address_of"](name, area.one)
    page = _PEOPLE["signed_in"](who).get(address)
    assert _hidden(page, "whose")
