"""Keeping accounts: what an administrator does, what is noted of it, and what it does to who is signed in."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from rightplace.web.accounts.models import User
from rightplace.web.audit.models import Entry

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
PARSER = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
FACTS = {
    "key": "k",
    "version": 0,
    "name": "Nia New",
    "role": "planner",
    "organisation": "",
    "email": "",
    "telephone": "",
}


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    yield from _PEOPLE["kept_area"](django_db_blocker)


@pytest.fixture
def area(kept: Any, db: None) -> Any:
    return kept


@pytest.fixture
def keeper(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["administrator"])


def _last() -> str:
    return Entry.objects.order_by("-number")[0].words


def _text(response: Any) -> str:
    text = response.content.decode()
    PARSER.parse(text)
    return text


def test_pages_are_valid_and_few_queries(area: Any, keeper: Client, django_assert_max_num_queries: Any) -> None:
    for name, values in (("people", []), ("account_add", []), ("account_change", [area.people["planner"].pk])):
        with django_assert_max_num_queries(20):
            assert "<h1" in _text(keeper.get(reverse(name, args=values)))


def test_a_new_person_signs_in_with_the_password_that_is_shown(keeper: Client) -> None:
    text = _text(keeper.post(reverse("account_add"), {**FACTS, "username": "nia"}))
    password = text.split('class="rp-codes">')[1].split("<")[0]
    assert _last() == "Made the account nia for Nia New: planner."
    assert password not in _last()
    Client().post(reverse("account_login"), {"login": "nia", "password": password})
    assert User.objects.get(username="nia").last_login is not None
    assert "Somebody has this user name" in _text(keeper.post(reverse("account_add"), {**FACTS, "username": "NIA"}))


def test_a_senco_needs_a_school_and_not_a_trust(area: Any, keeper: Client) -> None:
    wrong = {**FACTS, "username": "s", "role": "school", "organisation": area.trust.pk}
    text = _text(keeper.post(reverse("account_add"), wrong | {"username": "senco"}))
    assert "Select the school or other setting this person works for." in text
    right = wrong | {"username": "senco", "organisation": area.school.pk}
    assert "Account made" in _text(keeper.post(reverse("account_add"), right))


def test_a_change_of_role_is_noted_with_what_it_was(area: Any, keeper: Client) -> None:
    planner = area.people["planner"]
    keeper.post(reverse("account_change", args=[planner.pk]), {**FACTS, "name": planner.name, "role": "auditor"})
    planner.refresh_from_db()
    assert planner.role == "auditor"
    assert _last() == "Changed the account planner: role from planner to auditor."


def test_who_is_signed_in_is_out_when_their_account_ends_or_their_password_changes(area: Any, keeper: Client) -> None:
    planner = area.people["planner"]
    for what in ("end", "password"):
        client = _PEOPLE["signed_in"](planner)
        assert client.get(reverse("planning")).status_code == 200
        keeper.post(reverse("account_act", args=[planner.pk]), {"do": what})
        assert client.get(reverse("planning")).status_code == 302
        keeper.post(reverse("account_act", args=[planner.pk]), {"do": "open"})
        planner.refresh_from_db()
    assert planner.is_active


def test_nobody_changes_their_own_account(area: Any, keeper: Client) -> None:
    mine = area.people["administrator"]
    assert keeper.post(reverse("account_act", args=[mine.pk]), {"do": "end"}).status_code == 403
    mine.refresh_from_db()
    assert mine.is_active


def test_a_link_alone_does_nothing(area: Any, keeper: Client) -> None:
    planner = area.people["planner"]
    keeper.get(reverse("account_act", args=[planner.pk]), {"do": "end"})
    planner.refresh_from_db()
    assert planner.is_active
