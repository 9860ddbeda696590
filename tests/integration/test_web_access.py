"""Every route with the roles that may use it, tried by every role, on their own case and on somebody else's.

The expectations are the hand-written lists in ``tests/made/web_routes``; a route that none of them names fails the first test.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rightplace.calendar import clock
from rightplace.web.cases.models import Document
from rightplace.web.policy.foreign import FOREIGN
from rightplace.web.policy.role import Role

MADE = Path(__file__).parents[1] / "made"
_PEOPLE = runpy.run_path(str(MADE / "web_people.py"))
_LISTS = [runpy.run_path(str(path)) for path in sorted((MADE / "web_routes").glob("*.py"))]
EXPECTED: dict[str, Any] = {name: who for one in _LISTS for name, who in one["ROUTES"].items()}
OTHERS: dict[str, Any] = {name: one.get("OTHERS", set()) for one in _LISTS for name in one["ROUTES"]}
ADDRESS: dict[str, Any] = {name: values for one in _LISTS for name, values in one.get("ADDRESS", {}).items()}


def _routes(resolver: URLResolver) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern} has no name"
            found[pattern.name] = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        else:
            outer = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
            found |= {name: [*outer, *values] for name, values in _routes(pattern).items()}
    return found


ROUTES = _routes(get_resolver())


def test_every_route_is_listed_and_every_listed_route_is_there() -> None:
    assert set(ROUTES) == set(EXPECTED)


def test_every_listed_role_is_a_role() -> None:
    for who in [*EXPECTED.values(), *OTHERS.values()]:
        assert who == "public" or set(who) <= set(Role.values)


def filled(django_db_blocker: Any) -> Iterator[Any]:
    """The made-up area with what the pages of every subject need, for a whole file of tests."""
    for made in _PEOPLE["kept_area"](django_db_blocker):
        for case in (made.one, made.other):
            Document.objects.create(
                case=case, title="Report", name="report.pdf", kind="application/pdf", size=3, sha256="0" * 64,
                file=ContentFile(b"abc", name="x"), for_family=True, added_by="Case Officer", added_at=clock.now(),
            )  # fmt: skip
        for one in _LISTS:
            one.get("prepare", lambda _: None)(made)
        yield made


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    yield from filled(django_db_blocker)


@pytest.fixture
def area(kept: Any, db: None) -> Any:
    return kept


def address_of(name: str, case: Any) -> str:
    known = {"reference": case.reference, "provider_id": "council", **ADDRESS.get(name, {})}
    if name == "document":
        known["number"] = case.documents.get().pk
    for one in _LISTS:
        if name in one.get("NUMBERS", ()):
            known["number"] = one["number"](case)
    return reverse(name, kwargs={key: known[key] for key in ROUTES[name]})


def _opens(client: Client, address: str) -> bool:
    """Whether a page lets a person in: it shows itself, or sends them on to a page that is not the sign-in page."""
    response = client.get(address)
    response.getvalue()  # To close it would close the connection too, and with it the transaction of the test.
    assert response.status_code < 500, address
    if response.status_code == 302:
        return not response["Location"].startswith(reverse("account_login"))
    return response.status_code not in (403, 404)


@pytest.mark.parametrize("role", Role.values)
def test_each_role_opens_its_own_pages_and_no_other(area: Any, role: str) -> None:
    client = _PEOPLE["signed_in"](area.people[role])
    for name, who in EXPECTED.items():
        if name in FOREIGN:
            continue
        allowed = who == "public" or role in who
        assert _opens(client, address_of(name, area.one)) == allowed, f"{role} {name}"


@pytest.mark.parametrize("role", Role.values)
def test_no_role_opens_the_record_of_somebody_elses_child(area: Any, role: str) -> None:
    client = _PEOPLE["signed_in"](area.people[role])
    for name in ROUTES:
        if not {"reference", "number"} & set(ROUTES[name]):
            continue
        allowed = OTHERS[name] == "public" or role in OTHERS[name]
        assert _opens(client, address_of(name, area.other)) == allowed, f"{role} {name}"


def test_without_signing_in_only_public_pages_open(area: Any) -> None:
    for name, who in EXPECTED.items():
        if name in FOREIGN:
            continue
        response = Client().get(address_of(name, area.one))
        if who == "public":
            assert response.status_code == 200, name
        elif name in ("api_cases", "api_case", "api_deadlines", "api_pupils"):
            assert response.status_code == 401, name
        else:
            assert response.status_code == 302, name
            assert response["Location"].startswith(reverse("account_login")), name


def test_own_account_pages_ask_for_a_sign_in(db: None) -> None:
    for name, who in EXPECTED.items():
        if name not in FOREIGN or who == "public":
            continue
        response = Client().get(reverse(name))
        assert response.status_code == 302, name
        assert response["Location"].startswith(reverse("account_login")), name


def test_a_record_that_is_not_there_is_refused_in_the_words_of_one_that_is_not_yours(area: Any) -> None:
    """Guessing references tells a parent nothing about who has a record."""
    client = _PEOPLE["signed_in"](area.people["parent"])
    missing = client.get(reverse("family_case", args=["R999999"]))
    hers = client.get(reverse("family_case", args=[area.other.reference]))
    assert missing.status_code == hers.status_code == 403
    assert _main(missing) == _main(hers)


def _main(response: Any) -> str:
    return response.content.decode().split("<main")[1].split("</main>")[0]
