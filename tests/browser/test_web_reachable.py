"""Whatever a person may open can be reached by links and buttons from their first page: no address need ever be typed."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest
from django.urls import Resolver404, resolve

MADE = Path(__file__).parents[1] / "made"
EVERY = runpy.run_path(str(MADE / "web_every_page.py"))
PEOPLE = runpy.run_path(str(MADE / "web_people.py"))
TABLE = EVERY["TABLE"]
ROLES = (
    "case_officer",
    "team_manager",
    "psychologist",
    "school",
    "panel",
    "planner",
    "parent",
    "auditor",
    "administrator",
)
FOR_PROGRAMS = frozenset({"health", "calendar_feed", "openid_connect_callback"})
"""Read by programs; ``api_*`` too."""
BY_THE_STATE = {
    "account_inactive": "where one is sent whose account has ended",
    "account_reauthenticate": "asked for when the sign-in is old",
    "mfa_authenticate": "the second step of signing in",
    "mfa_reauthenticate": "asked for when the sign-in is old",
    "openid_connect_login": "shown where there is an identity provider",
    "socialaccount_login_cancelled": "where an identity provider sends one back",
    "socialaccount_login_error": "where an identity provider sends one back",
    "account_login": "where one is sent to sign in",
    "advice_chase": "shown while advice is awaited",
    "advice_give": "shown while advice is awaited (test_web_whole_journey.py)",
    "advice_received": "shown while advice is awaited",
    "school_advice": "shown while advice is awaited (test_web_whole_journey.py)",
    "family_prefer": "shown while a draft is with the family",
    "family_reply": "shown while a draft is with the family (test_web_whole_journey.py)",
    "placement_answer": "shown once a setting is consulted",
    "transfers_expect": "shown where somebody moves this school year (test_web_whole_journey.py)",
    "mfa_deactivate_totp": "shown once there is a second step",
    "mfa_generate_recovery_codes": "shown once there is a second step",
    "mfa_view_recovery_codes": "shown once there is a second step",
    "planning_data": "shown on a forecast that has figures",
    "planning_stop": "shown on a forecast that runs",
    "return_download": "shown once the header of the return is set",
    "record_propose": "shown for a record kept long enough",
    "record_remove": "shown for a record that is proposed for removal",
}
MOST = 90


@pytest.fixture(scope="module")
def area(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    yield from TABLE["filled"](django_db_blocker)


def _led_to(client: Any) -> set[str]:
    """Names of the routes to which links and forms lead, followed from the first page; one address of each is opened."""
    todo, named, opened = ["/"], set(), set()
    while todo and len(opened) < MOST:
        address = todo.pop(0)
        try:
            name = resolve(urlsplit(address).path).url_name
        except Resolver404:
            pytest.fail(f"a link leads to {address}, where there is nothing")
        key = name + ("?" if urlsplit(address).query else "")
        named.add(name)
        if key in opened or name == "account_logout":
            continue
        opened.add(key)
        response = client.get(address, follow=True)
        text = response.getvalue()
        if response.status_code == 200 and "text/html" in response.headers.get("content-type", ""):
            here = response.redirect_chain[-1][0] if response.redirect_chain else address
            todo += _links(lxml.html.fromstring(text), here)
    return named


def _links(page: Any, here: str) -> Iterator[str]:
    found = [*page.xpath("//a/@href"), *page.xpath("//form/@action")]
    for one in found:
        if not urlsplit(one).netloc and not one.startswith("#"):
            yield urljoin(here, one)


def test_every_route_is_reached_by_links_by_somebody_who_may_open_it(area: Any, db: None) -> None:
    reached = {role: _led_to(PEOPLE["signed_in"](area.people[role])) for role in ROLES}
    nowhere = set(TABLE["ROUTES"]) - set().union(*reached.values()) - FOR_PROGRAMS - set(BY_THE_STATE)
    assert ", ".join(sorted(name for name in nowhere if not name.startswith("api_"))) == ""
