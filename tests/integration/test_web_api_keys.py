"""Keys for programs: made by an administrator, shown once, kept as a hash, within a scope and a time, logged, and ended."""

from __future__ import annotations

import re
import runpy
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.api.models import Key
from rightplace.web.audit.models import Entry

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_PAGES = runpy.run_path(str(Path(__file__).with_name("test_web_pages.py")))


@pytest.fixture
def area(db: None) -> Any:
    return _PEOPLE["area"]()


@pytest.fixture
def administrator(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["administrator"])


def form(**more: str) -> dict[str, str]:
    last = clock.today() + timedelta(days=30)
    days = {"until_day": str(last.day), "until_month": str(last.month), "until_year": str(last.year)}
    return {
        "key": "k",
        "version": "0",
        "name": "Marsh records",
        "username": "school",
        "scope": "pupils",
        **days,
        **more,
    }


def made(administrator: Client, **more: str) -> str:
    page = _PAGES["whole"](administrator.post(reverse("api_keys"), form(**more)))
    return re.search(r"rp_[A-Za-z0-9_-]{43}", page).group()


def ask(secret: str, name: str = "api_pupils", *values: Any) -> Any:
    return Client().get(reverse(name, args=values), headers={"Authorization": f"Bearer {secret}"})


def test_a_schools_program_reads_its_own_pupils_and_what_is_owed(area: Any, administrator: Client) -> None:
    secret = made(administrator)
    answer = ask(secret)
    assert answer.status_code == 200
    (pupil,) = answer.json()["pupils"]
    assert (pupil["reference"], pupil["setting"]) == (area.one.reference, "Marsh School")
    assert [row["due"] for row in pupil["owed"]] == [
        row.due.isoformat() for row in area.one.open_deadlines.filter(rule="review_due")
    ]
    said = Entry.objects.order_by("-number")[0]
    assert (said.who, said.action) == ("School", "read")
    assert "Marsh records" in said.words
    assert area.one.reference in said.words


def test_only_the_hash_is_kept_and_the_secret_is_shown_once(area: Any, administrator: Client) -> None:
    secret = made(administrator)
    held = Key.objects.get()
    assert held.secret == sha256(secret.encode()).hexdigest()
    page = _PAGES["whole"](administrator.get(reverse("api_keys")))
    assert secret not in page
    assert secret[-4:] in page
    assert not Entry.objects.filter(words__contains=secret).exists()


@pytest.mark.parametrize(("name", "values"), [("api_cases", ()), ("api_case", ("R000001",)), ("api_deadlines", ())])
def test_a_key_opens_nothing_outside_its_scope(area: Any, administrator: Client, name: str, values: Any) -> None:
    assert ask(made(administrator), name, *values).status_code == 403


def test_a_key_is_no_more_than_its_account(area: Any, administrator: Client) -> None:
    secret = made(administrator, username="team_manager", scope="cases")
    assert ask(secret, "api_case", area.one.reference).status_code == 200
    area.people["team_manager"].role = "planner"
    area.people["team_manager"].save()
    assert ask(secret, "api_case", area.one.reference).status_code == 403


def test_a_key_opens_no_page(area: Any, administrator: Client) -> None:
    secret = made(administrator)
    answer = Client().get(reverse("school"), headers={"Authorization": f"Bearer {secret}"})
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_an_ended_key_an_ended_account_and_a_time_that_is_up_open_nothing(area: Any, administrator: Client) -> None:
    ended, late = made(administrator), made(administrator, key="k2")
    assert ask(ended).status_code == 200
    first = Key.objects.order_by("pk")[0]
    assert administrator.post(reverse("api_key_end", args=[first.pk])).status_code == 302
    assert ask(ended).status_code == 401
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert ask(late).status_code == 401
    area.people["school"].is_active = False
    area.people["school"].save()
    assert ask(late).status_code == 401
    assert "Opens nothing" in _PAGES["whole"](administrator.get(reverse("api_keys")))
    assert Entry.objects.filter(words__startswith="Ended the key").count() == 1


@pytest.mark.parametrize("secret", ["", "rp_", "rp_" + "x" * 43, "\u00e9", "a b"])
def test_a_secret_that_is_none_opens_nothing(area: Any, secret: str) -> None:
    assert ask(secret).status_code == 401


def test_last_used_is_shown(area: Any, administrator: Client) -> None:
    secret = made(administrator)
    assert "not yet" in administrator.get(reverse("api_keys")).content.decode()
    ask(secret)
    assert Key.objects.get().used_at is not None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"name": ""}, "Enter the name of the program"),
        ({"username": "nobody"}, "There is no open account"),
        ({"scope": "cases"}, "does not have this to read"),
        ({"scope": "everything"}, "Select one of the three"),
        ({"until_year": "2020"}, "Enter a day from today to a year from now"),
        ({"until_year": str(clock.today().year + 3)}, "Enter a day from today to a year from now"),
        ({"until_day": "32"}, "There is no such day"),
    ],
)
def test_what_is_wrong_is_told_and_no_key_is_made(
    area: Any, administrator: Client, more: dict[str, str], said: str
) -> None:
    assert said in _PAGES["whole"](administrator.post(reverse("api_keys"), form(**more)))
    assert not Key.objects.exists()
