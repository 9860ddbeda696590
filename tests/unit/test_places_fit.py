"""What the tests of fit say in words, where a fact is missing or stands against."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rightplace.casework.placement import Result
from rightplace.places.bases import bases
from rightplace.places.children import cohort
from rightplace.places.fit.coded import code
from rightplace.places.fit.fit import Fit, fit
from rightplace.places.fit.outcome import BARS, Test
from rightplace.places.travel.travel import travel

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))


def against(setting: dict[str, Any], child: dict[str, Any] | None = None, **tables: Any) -> Fit:
    """A child of Year 6 who leaves another school, against a secondary special school with some facts."""
    there = CASE.setting("2", "special_state", **{"low_age": 11, "high_age": 16, "needs": ["ASD"], **setting})
    made = CASE.area(
        [CASE.setting("1", "mainstream"), there],
        [CASE.child("A", 6, "mainstream", "1", **(child or {}))],
        **tables,
    )
    every = bases(made, september=2026)
    coded = code(cohort(made, september=2026), every, travel(made, on=date(2026, 9, 1)))
    return fit(coded, 0, every["setting_id"].to_list().index("2"))


def said(found: Fit, test: Test) -> tuple[Result, str]:
    return found.tests[test].result, found.tests[test].evidence


def test_no_capacity_known_is_unknown_and_says_so() -> None:
    result, words = said(against({}), Test.PLACES)
    assert result is Result.UNKNOWN
    assert "not known: none is stated" in words
    assert said(against({"capacity": 50}), Test.PLACES) == (
        Result.UNKNOWN,
        "It has 50 places; how many are taken is not known.",
    )


def test_an_over_full_school_is_no_ground_by_itself() -> None:
    """Children and Families Act 2014, section 39(4): no exception there is that a school is full."""
    found = against({"capacity": 50, "roll": 56})
    result, words = said(found, Test.PLACES)
    assert result is Result.NOT_MET
    assert "6 over" in words
    assert "does not by itself make a refusal lawful" in words
    assert found.suitable
    assert not BARS & Test.PLACES.bit


def test_a_setting_without_coordinates() -> None:
    assert said(against({"easting": None}), Test.DISTANCE) == (
        Result.UNKNOWN,
        "The journey is not known, because its place on the map is not.",
    )
    assert "child's home" in said(against({}, {"neighbourhood_id": None}), Test.DISTANCE)[1]


def test_a_child_with_no_need_recorded_is_barred_nowhere_by_need() -> None:
    found = against({"needs": ["SLD"]}, {"need": None})
    assert said(found, Test.NEED) == (
        Result.UNKNOWN,
        "The primary need is not recorded on the plan, so this cannot be tested.",
    )
    assert found.suitable


@pytest.mark.parametrize(
    ("setting", "child", "test"),
    [
        ({"low_age": 16, "high_age": 19}, {}, Test.AGE),
        ({"needs": ["SLD", "PMLD"]}, {}, Test.NEED),
        ({"sex": "M"}, {}, Test.SEX),
    ],
)
def test_what_rules_a_setting_out(setting: dict[str, Any], child: dict[str, Any], test: Test) -> None:
    found = against(setting, child)
    assert [each.test for each in found.tests if each.bars] == [test]
    assert not found.suitable


def test_provision_of_section_f() -> None:
    asked = [{"plan_id": "A.1", "person_id": "A", "provision": word} for word in ("hydrotherapy", "nursing care")]
    silent = against({}, provision=asked)
    assert said(silent, Test.PROVISION)[0] is Result.UNKNOWN
    stated = [{"setting_id": "2", "base": "main", "setting_kind": "special_state", "provides": ["nursing care"]}]
    assert said(against({}, provision=asked, bases=stated), Test.PROVISION) == (
        Result.NOT_MET,
        "It does not say that it offers hydrotherapy, which section F names.",
    )
    both = [{**stated[0], "provides": ["hydrotherapy", "nursing care"]}]
    assert said(against({}, provision=asked, bases=both), Test.PROVISION)[0] is Result.MET


def test_a_long_journey_counts_against_and_does_not_bar() -> None:
    found = against({"easting": 60_000.0})
    result, words = said(found, Test.DISTANCE)
    assert result is Result.NOT_MET
    assert "over the 75 minutes" in words
    assert found.suitable


def test_a_code_no_register_uses_is_asked_about() -> None:
    """Down syndrome is a SEN2 code from 2025 and no GIAS type of need."""
    result, words = said(against({}, {"need": "DS"}), Test.NEED)
    assert result is Result.UNKNOWN
    assert "has to be asked" in words
