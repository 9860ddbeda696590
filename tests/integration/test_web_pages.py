"""Every page as a whole: valid HTML, one heading, a title that matches it, the headers of a careful service.

Valid: html5lib in strict mode, a parser of its own of the WHATWG HTML standard, finds no error.
"""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
PAGES = [
    ("", "account_login", []),
    ("", "account_inactive", []),
    ("", "accessibility", []),
    ("", "socialaccount_login_cancelled", []),
    ("case_officer", "account_logout", []),
    ("case_officer", "account_change_password", []),
    ("case_officer", "mfa_index", []),
    ("case_officer", "today", []),
    ("case_officer", "cases", []),
    ("case_officer", "case", ["ONE"]),
    ("case_officer", "record_event", ["ONE", "review_meeting_held"]),
    ("case_officer", "record_event", ["ONE", "review_decided"]),
    ("case_officer", "record_event", ["ONE", "setting_answered"]),
    ("case_officer", "strike_out", ["ONE", 4]),
    ("parent", "family_case", ["ONE"]),
    ("young_person", "family_case", ["ONE"]),
    ("auditor", "audit_log", []),
    ("planner", "planning", []),
]
PARSER = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    yield from _PEOPLE["kept_area"](django_db_blocker)


@pytest.fixture
def area(kept: Any, db: None) -> Any:
    return kept


def whole(response: Any) -> str:
    """The text of a page, after the rules that hold for every page."""
    text = response.content.decode()
    tree = PARSER.parse(text)
    headings = ["".join(heading.itertext()).strip() for heading in tree.iter("h1")]
    assert len(headings) == 1, headings
    title = "".join(next(tree.iter("title")).itertext())
    assert title.endswith(" – Rightplace")
    first = re.sub(r"[^a-z ]", "", title.removeprefix("Error: ").split(" – ")[0].lower()).split(" ")[0]
    assert first in headings[0].lower(), (title, headings[0])
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    assert not re.search(r"<[^>]+\s(style|onclick|onload)=", text), "style or script in a line"
    for field in [*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")]:
        if field.get("type") not in ("hidden", "submit"):
            labels = [one for one in tree.iter("label") if one.get("for") == field.get("id")]
            assert labels, f"{field.get('name')} has no label"
    return text


@pytest.mark.parametrize(("role", "name", "values"), PAGES)
def test_a_page_is_valid_and_has_one_heading_that_its_title_matches(
    area: Any, role: str, name: str, values: list[Any]
) -> None:
    client = _PEOPLE["signed_in"](area.people[role]) if role else Client()
    address = reverse(name, args=[area.one.reference if value == "ONE" else value for value in values])
    response = client.get(address)
    assert response.status_code == 200, address
    whole(response)


def test_the_pages_of_errors_are_whole_too(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["parent"])
    for address, status in (("/nowhere/", 404), (reverse("today"), 403), (reverse("socialaccount_login_error"), 401)):
        response = client.get(address)
        assert response.status_code == status
        whole(response)


def test_a_mistake_is_told_at_the_top_and_at_its_place(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    address = reverse("record_event", args=[area.one.reference, "review_meeting_held"])
    form = {"key": "k1", "version": area.one.version, "day_day": "31", "day_month": "2", "day_year": "2026"}
    text = whole(client.post(address, form))
    assert "<title>Error: " in text
    assert 'href="#id_day-day"' in text
    assert 'value="31"' in text
    assert "There is no such day" in text


def test_no_page_makes_more_than_twenty_queries(area: Any, django_assert_max_num_queries: Any) -> None:
    for role, name, values in PAGES:
        if role:
            client = _PEOPLE["signed_in"](area.people[role])
            address = reverse(name, args=[area.one.reference if value == "ONE" else value for value in values])
            with django_assert_max_num_queries(20):
                client.get(address)


def test_headers_are_those_of_the_owasp_list(area: Any) -> None:
    """OWASP Secure Headers Project: the headers that it recommends for a site that serves HTML."""
    response = Client().get(reverse("account_login"))
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in response.headers["Cache-Control"]
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_nothing_of_the_vendored_look_claims_to_be_gov_uk() -> None:
    """GOV.UK's licence terms: the crest and the typeface GDS Transport are for services on GOV.UK only."""
    folder = Path(__file__).parents[2] / "src" / "rightplace" / "web" / "static"
    for file in folder.rglob("*.css"):
        text = file.read_text(encoding="utf-8")
        assert "GDS Transport" not in text
        assert "crest" not in text
        assert "url(" not in text
