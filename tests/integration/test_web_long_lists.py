"""Lists longer than a page: everything in them is reached by their own links, each thing once."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
import time_machine
from django.urls import reverse

from rightplace.calendar import clock
from rightplace.web.api.models import Key
from rightplace.web.cases.models import OpenDeadline
from rightplace.web.planning.models import Run
from rightplace.web.records.models import Removal
from rightplace.web.school.models import Delivered
from rightplace.web.transfer_pack.models import PackIn

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
MANY = 55
NAMED = re.compile(r"Q\d{3}Q")
_FACTS: dict[str, Any] = {"recorded_by": "A", "recorder": 1}


def _name(number: int) -> str:
    return f"Q{number:03}Q"


def _runs(area: Any) -> None:
    for number in range(MANY):
        Run.objects.create(title=_name(number), state="done", asked_by="A", asked_at=clock.now(), years=1, futures=100)


def _keys(area: Any) -> None:
    for number in range(MANY):
        Key.objects.create(
            user=area.people["school"], name=_name(number), scope="pupils", secret=str(number), mark="abcd", made_by="A",
            made_at=clock.now(), until=date(2027, 1, 1),
        )  # fmt: skip


def _packs(area: Any) -> None:
    for number in range(MANY):
        PackIn.objects.create(
            name=_name(number), authority="Hill", state="dropped", received_by="A", received_at=clock.now(),
            decided_by="A", decided_at=clock.now(),
        )  # fmt: skip


def _removals(area: Any) -> None:
    for number in range(MANY):
        Removal.objects.create(
            reference=_name(number), reason="r", proposed_by="A", proposer=1, proposed_at=clock.now(), removed_by="B",
            removed_at=clock.now(),
        )  # fmt: skip


def _delivered(area: Any) -> None:
    for number in range(MANY):
        Delivered.objects.create(
            case=area.one, entry=1, promised="p", day=date(2026, 4, 1), given=False, why_not=_name(number),
            recorded_at=clock.now(), **_FACTS,
        )  # fmt: skip


def _deadlines(rule: str, about: str = "") -> Callable[[Any], None]:
    """Open deadlines of as many cases as the list must show."""

    def make(area: Any) -> None:
        for number in range(MANY):
            case = _PEOPLE["make_case"](
                area.people["team_manager"], ("2026-04-01", "request_received"), forename=_name(number),
                officer=area.people["case_officer"], setting=area.school,
            )  # fmt: skip
            OpenDeadline.objects.create(
                case=case, rule=rule, about=about, owner="setting", duty=True, started=date(2026, 4, 1),
                due=clock.today() + timedelta(days=number % 30),
            )  # fmt: skip

    return make


LISTS = [
    ("planner", "planning", "page", _runs),
    ("administrator", "api_keys", "page", _keys),
    ("team_manager", "packs", "page", _packs),
    ("team_manager", "records_kept", "done", _removals),
    ("case_officer", "provision", "page", _delivered),
    ("trust", "school", "owed", _deadlines("review_report")),
    ("trust", "school", "soon", _deadlines("review_due")),
    ("case_officer", "disputes", "due", _deadlines("order_name")),
]
"""Who reads which list, and what its pages are called in the address."""


@pytest.fixture
def area(db: None) -> Any:
    with time_machine.travel("2026-05-04T12:00:00+01:00", tick=False):
        yield _PEOPLE["area"]()


def _next(tree: Any, pages: str) -> list[str]:
    links = [one.get("href") for one in tree.iter("a") if one.get("rel") == "next"]
    return [one for one in links if one.startswith(f"?{pages}=")]


@pytest.mark.parametrize(("role", "name", "pages", "make"), LISTS)
def test_every_row_is_reached_by_the_links_of_its_list(
    area: Any, role: str, name: str, pages: str, make: Callable[[Any], None]
) -> None:
    make(area)
    client = _PEOPLE["signed_in"](area.people[role])
    start = reverse(name, args=[area.one.reference] if name == "provision" else [])
    waiting, read, found = [""], set(), set()
    while waiting:
        address = waiting.pop()
        if address in read:
            continue
        read.add(address)
        text = client.get(start + address).content.decode()
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
        labels = [one.get("aria-label") for one in tree.iter("nav")]
        assert len(labels) == len(set(labels)), "two landmarks of one name"
        found |= set(NAMED.findall("".join(tree.find("body").itertext())))
        waiting += _next(tree, pages)
    assert found == {_name(number) for number in range(MANY)}
    assert len(read) > 1
