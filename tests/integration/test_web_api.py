"""The API: what it gives, to whom, and that nothing sent to it makes it fall over."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck
from hypothesis import settings as sized
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection

from rightplace.web.api.service import api
from rightplace.web.audit.models import Entry
from rightplace.web.cases.models import Case, OpenDeadline

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
SCHEMA = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/"))
SCHEMA.app = get_wsgi_application()
SCHEMA.config.update(base_url="http://localhost/")


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    yield from _PEOPLE["kept_area"](django_db_blocker)


@pytest.fixture
def area(kept: Any, db: None) -> Any:
    return kept


@pytest.fixture
def connected() -> Iterator[None]:
    """Requests through WSGI end by closing the connection to the database, and with it the transaction of a test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@SCHEMA.parametrize()
@sized(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_gets_an_answer_that_the_description_allows(area: Any, connected: None, case: Any) -> None:
    """schemathesis makes requests from the OpenAPI document, right and wrong, and checks each answer against it."""
    cookies = _PEOPLE["signed_in"](area.people["case_officer"]).cookies
    # The sign-in is always there, so whether it is asked for is tested below; and what an address does not know is let be.
    case.call_and_validate(
        cookies={settings.SESSION_COOKIE_NAME: cookies[settings.SESSION_COOKIE_NAME].value},
        excluded_checks=[ignored_auth, negative_data_rejection],
    )


def test_an_officer_reads_every_case_page_by_page(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    found: list[str] = []
    after = ""
    while after is not None:
        answer = client.get(reverse("api_cases"), {"most": 1, "after": after}).json()
        found += [case["reference"] for case in answer["cases"]]
        after = answer["after"]
    assert found == sorted(Case.objects.values_list("reference", flat=True))


def test_one_case_has_its_events_and_deadlines_and_the_look_is_noted(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    answer = client.get(reverse("api_case", args=[area.one.reference])).json()
    assert [event["kind"] for event in answer["events"]] == [step[1] for step in _PEOPLE["PLAN"]]
    assert [event["day"] for event in answer["events"]] == [step[0] for step in _PEOPLE["PLAN"]]
    assert {row["rule"] for row in answer["deadlines"]} == set(area.one.open_deadlines.values_list("rule", flat=True))
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.action, entry.case) == ("read", area.one.reference)
    assert "API" in entry.words


def test_deadlines_are_those_of_the_work_list(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["team_manager"])
    answer = client.get(reverse("api_deadlines")).json()
    rows = OpenDeadline.objects.filter(duty=True, excused=False, due__isnull=False)
    assert answer["found"] == rows.count() > 0
    assert [row["due"] for row in answer["deadlines"]] == [row.due.isoformat() for row in rows.order_by("due")]


def test_refusals_are_json_with_a_reason(area: Any) -> None:
    parent = _PEOPLE["signed_in"](area.people["parent"])
    officer = _PEOPLE["signed_in"](area.people["case_officer"])
    mine, missing = (reverse("api_case", args=[name]) for name in (area.one.reference, "R999999"))
    assert Client().get(mine).status_code == 401
    refused = parent.get(mine)
    assert refused.status_code == 403
    assert refused.json() == parent.get(missing).json()
    assert officer.get(missing).status_code == 404
    wrong = officer.get(reverse("api_cases"), {"most": "many"})
    assert wrong.status_code == 422
    assert "most" in wrong.json()["reason"]
    assert officer.post(reverse("api_cases")).status_code in (403, 405)


def test_the_description_names_what_every_address_may_answer(area: Any) -> None:
    client = _PEOPLE["signed_in"](area.people["case_officer"])
    paths = client.get(reverse("api_description")).json()["paths"]
    assert set(paths) == {"/api/cases", "/api/cases/{reference}", "/api/deadlines", "/api/pupils"}
    for path in paths.values():
        assert {"200", "401", "403", "404", "422"} <= set(path["get"]["responses"])
