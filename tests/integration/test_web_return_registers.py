"""The yearly return's questions, answered from the registers: items 4.4a to 4.4c and 4.2 of DfE's SEN2 guide of 2026."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from typing import Any

import html5lib
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from rightplace.web.registers.models import Budget, Contract
from rightplace.web.return_items.models import ReturnAnswers

_PEOPLE = runpy.run_path(str(Path(__file__).parents[1] / "made" / "web_people.py"))
DAY = date(2026, 5, 4)
BOXES = ("pb", "oa", "dp", "sen_unit", "resourced", "plan_res")


@pytest.fixture
def area(db: None) -> Any:
    with time_machine.travel("2026-05-04T12:00:00+01:00", tick=False):
        yield _PEOPLE["area"]()


@pytest.fixture
def officer(area: Any) -> Client:
    return _PEOPLE["signed_in"](area.people["case_officer"])


def budget(area: Any, **more: Any) -> Budget:
    facts = {"asked_on": date(2026, 2, 2), "occasion": "draft", "decision": "agreed", "how": "direct", "pays_for": "E"}
    return Budget.objects.create(case=area.one, **facts | {"starts": date(2026, 4, 1)} | more)


def contract(area: Any, **more: Any) -> Contract:
    facts = {"kind": "sen_unit", "payer": "authority", "setting_name": "A school", "starts": date(2025, 9, 1)}
    return Contract.objects.create(case=area.one, **facts | more)


def opened(area: Any, officer: Client) -> tuple[str, dict[str, str]]:
    """The page, and the answers that its boxes hold."""
    text = officer.get(reverse("return_items", args=[area.one.reference])).content.decode()
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    chosen = {
        select.get("name"): next((one.get("value") for one in select.iter("option") if "selected" in one.attrib), "")
        for select in tree.iter("select")
    }
    return text, {name: chosen[name] for name in BOXES if chosen[name]}


@pytest.mark.parametrize(
    ("entries", "answers"),
    [
        ([], {}),
        ([{}], {"pb": "1", "oa": "0", "dp": "E"}),
        ([{"how": "arranged", "pays_for": ""}], {"pb": "1", "oa": "1"}),
        ([{"how": "mixed", "pays_for": "H"}], {"pb": "1", "oa": "1", "dp": "H"}),
        ([{"how": "third_party", "pays_for": ""}], {"pb": "1"}),
        ([{}, {"pays_for": "S"}], {"pb": "1", "oa": "0", "dp": "I"}),
        ([{"decision": "refused", "starts": None}], {}),
        ([{"decision": "waiting", "starts": None}], {}),
        ([{"ends": date(2026, 5, 3)}], {}),
        ([{"starts": date(2026, 5, 5)}], {}),
        ([{"mistaken": True}], {}),
    ],
)
def test_a_budget_that_runs_answers_the_three_items(
    area: Any, officer: Client, entries: list[dict[str, Any]], answers: dict[str, str]
) -> None:
    for more in entries:
        budget(area, **more)
    text, held = opened(area, officer)
    assert held == answers
    assert ("Filled in below from the" in text) == bool(answers)


@pytest.mark.parametrize(
    ("entries", "answers"),
    [
        ([{}], {"sen_unit": "1", "resourced": "0"}),
        ([{"kind": "resourced_provision"}], {"sen_unit": "0", "resourced": "1"}),
        ([{}, {"kind": "resourced_provision"}], {}),
        ([{"kind": "special_state", "residential": "B"}], {"plan_res": "B"}),
        ([{"kind": "special_state"}], {}),
        ([{"ends": date(2026, 5, 3)}], {}),
    ],
)
def test_a_place_that_runs_answers_its_base_and_its_boarding(
    area: Any, officer: Client, entries: list[dict[str, Any]], answers: dict[str, str]
) -> None:
    for more in entries:
        contract(area, **more)
    assert opened(area, officer)[1] == answers


def test_nothing_is_kept_until_an_officer_saves_it(area: Any, officer: Client) -> None:
    budget(area)
    opened(area, officer)
    assert not ReturnAnswers.objects.exists()


def test_an_answer_that_differs_from_the_registers_stays_and_is_pointed_out(area: Any, officer: Client) -> None:
    address = reverse("return_items", args=[area.one.reference])
    kept = {"key": "k", "version": "0", "need": "ASD", "pb": "1", "oa": "1", "dp": "S"}
    assert officer.post(address, kept).status_code == 302
    budget(area)
    text, held = opened(area, officer)
    assert {name: held[name] for name in ("pb", "oa", "dp")} == {"pb": "1", "oa": "1", "dp": "S"}
    said = text.split("say otherwise than the answers below:", 1)[1].split("</ul>", 1)[0]
    assert "Direct payments: Education" in said
    assert "organised arrangements: No" in said
    assert "Filled in below from the" not in text
