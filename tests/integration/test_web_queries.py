"""No page of any role asks the database more than twenty times, with many cases behind it, so that none asks once for each row."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rightplace.web.cases.models import Link
from rightplace.web.policy.foreign import FOREIGN
from rightplace.web.policy.role import Role

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
_ACCESS = runpy.run_path(str(Path(__file__).with_name("test_web_access.py")))
MOST = 20
MORE = 12


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The area of the access tests, and more cases that everyone who may see one case may see too."""
    for made in _ACCESS["filled"](django_db_blocker):
        officer, links = made.people["case_officer"], list(made.one.links.all())
        for number in range(MORE):
            case = _PEOPLE["make_case"](
                officer, *_PEOPLE["PLAN"], forename=f"Child{number}", officer=officer, setting=made.school
            )
            Link.objects.bulk_create(
                Link(case=case, user=link.user, organisation=link.organisation, kind=link.kind, since=link.since)
                for link in links
            )
        yield made


@pytest.fixture
def area(kept: Any, db: None) -> Any:
    return kept


@pytest.mark.parametrize("role", Role.values)
def test_no_page_of_any_role_makes_more_than_twenty_queries(area: Any, role: str) -> None:
    client = _PEOPLE["signed_in"](area.people[role])
    over = {}
    for name, who in _ACCESS["EXPECTED"].items():
        if name in FOREIGN or not (who == "public" or role in who):
            continue
        address = _ACCESS["address_of"](name, area.one)
        with CaptureQueriesContext(connection) as asked:
            client.get(address).getvalue()
        made = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
        if len(made) > MOST:
            over[name] = (len(made), made[-3:])
    assert over == {}
