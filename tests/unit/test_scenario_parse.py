"""Scenario files: what they may say, and what is said of each mistake."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rightplace.errors import DataError
from rightplace.forecast.scenario import words
from rightplace.forecast.scenario.parse import from_values
from rightplace.vocabulary.year_group import YEAR_GROUPS, label

GOOD: dict[str, Any] = {
    "rate": "moving",
    "from": "2028-09-01",
    "year groups": "into Year 7",
    "settings": "mainstream",
    "to": ["State special school", "special_independent"],
    "by": {"low": "-30%", "high": "-10%"},
    "reason": "Resourced provision opens in four secondary schools",
    "source": "Sufficiency strategy 2027, page 12",
}


def changed(**facts: Any) -> dict[str, Any]:
    """A scenario of the good change with facts changed; None leaves one out."""
    entry = GOOD | {key.replace("_", " "): value for key, value in facts.items()}
    return {"scenario": "Test", "changes": [{key: value for key, value in entry.items() if value is not None}]}


def told(values: object) -> DataError:
    with pytest.raises(DataError) as caught:
        from_values(values, "plan.yaml")
    return caught.value


def test_a_good_change_is_read_as_it_is_meant() -> None:
    """The change of the issue: from September 2028, moves from mainstream to special on the way to Year 7 fall by 10 to 30%."""
    (change,) = from_values(changed()).changes
    assert (change.rate, change.start, change.until) == ("moving", date(2028, 9, 1), None)
    assert change.year_groups == (6,)
    assert change.settings == ("mainstream",)
    assert change.to_settings == ("special_state", "special_independent")
    assert (change.low, change.high) == pytest.approx((0.7, 0.9))
    assert change.needs == ()
    assert not change.every_year
    assert from_values(changed(every_year="yes")).changes[0].every_year


@pytest.mark.parametrize(
    ("given", "groups"),
    [
        ("Year 6 to Year 7", (6, 7)),
        ("Year 6 - Year 7", (6, 7)),
        ("6-7", (6, 7)),
        ("6 to 9", (6, 7, 8, 9)),
        ("-4 to -2", (-4, -3, -2)),
        (-1, (-1,)),
        ("Reception", (0,)),
        ("Nursery 2 to Year 1", (-1, 0, 1)),
        ("Aged 19", (15,)),
        ("post_16", (12, 13, 14)),
        ("Primary", (0, 1, 2, 3, 4, 5, 6)),
        (["into Year 7", "into Year 12"], (6, 11)),
        ("into Reception", (-1,)),
    ],
)
def test_year_groups_are_read_as_people_write_them(given: object, groups: tuple[int, ...]) -> None:
    """Numbers, names, ranges and phases."""
    assert words.year_groups(given) == groups


def test_every_year_group_can_be_named() -> None:
    """By its label and by its number."""
    for group in YEAR_GROUPS:
        assert words.year_groups(label(group)) == words.year_groups(group) == (group,)


@pytest.mark.parametrize(
    ("facts", "what", "action"),
    [
        ({"rate": "leavers"}, "no rate is called 'leavers'", "leaving"),
        ({"from": "2028-02-30"}, "'2028-02-30' is not a date", "2028-09-01"),
        ({"from": None}, "“from” is missing", "the day it starts"),
        ({"until": "2028-09-01"}, "ends (2028-09-01) before it starts", "later day"),
        ({"year_groups": "Year 9 to Year 6"}, "ends before it starts", '"Year 6 to Year 9"'),
        ({"year_groups": "Year 26"}, "year group 26 is outside", "-4"),
        ({"year_groups": "Recepton"}, "is not a year group", "Reception"),
        ({"year_groups": []}, "the list is empty", "leave it out"),
        ({"needs": "autism"}, "'autism' is not known", "ASD"),
        ({"settings": "mainstrem"}, "'mainstrem' is not known", "mainstream"),
        ({"to": "special stat"}, "'special stat' is not known", "special_state"),
        ({"to": "mainstream"}, "nobody moves from mainstream to itself", "another"),
        ({"by": {"low": "-10%", "high": "-30%"}}, "upside down", "{low: -0.3, high: -0.1}"),
        ({"by": {"low": -0.1}}, "a range has a low and a high end", "{low: -30%"),
        ({"by": "much"}, "'much' is not a number", "-20%"),
        ({"by": "nan"}, "'nan' is not a number", "-20%"),
        ({"by": -30}, "cannot fall below nothing", "-30% for a fall of 30%"),
        ({"by": 30}, "multiplied by 31", "30% for a rise of 30%"),
        ({"by": None}, "one of “by” and “times”", "by: -20%"),
        ({"times": 0.8}, "one of “by” and “times”", "by: -20%"),
        ({"every_year": "often"}, "'often' is neither yes nor no", "yes or no"),
        ({"every_year": "yes", "by": "150%"}, "multiplied by 2.5 every year", "at most 2 times"),
        ({"reason": None}, "“reason” is missing", "why"),
        ({"source": " "}, "is not a sentence", "few words"),
        ({"setting": "mainstream"}, "'setting' is not known here", "settings"),
        ({"rate": "joining", "year_groups": None}, "“to” is where people move", "Leave out"),
        ({"rate": "joining", "to": None}, "“into” is not clear", "Name that year group"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_do(facts: dict[str, Any], what: str, action: str) -> None:
    """What is wrong, in which change of which file, and what to write instead."""
    error = told(changed(**facts))
    assert what.casefold() in error.what.casefold()
    assert error.where == "plan.yaml, change 1"
    assert action in error.action


def test_all_mistakes_are_told_at_once() -> None:
    """Two changes with three mistakes."""
    values = changed(rate="movin", until="2020-01-01")
    values["changes"].append({**GOOD, "name": "other", "needs": "XYZ"})
    error = told(values)
    assert "3 mistakes" in error.what
    assert all(part in error.action for part in ("change 1", "change 2", "movin", "XYZ", "2020-01-01"))


@pytest.mark.parametrize("values", [None, [], "text", {}, {"changes": []}, {"changes": {"rate": "joining"}}, 3])
def test_what_is_no_scenario_is_refused(values: object) -> None:
    """A sentence that says what a scenario is."""
    assert "list of changes" in told(values).what


def test_an_entry_that_is_no_change_is_refused() -> None:
    """A word where facts should be."""
    assert "not a change" in told({"changes": ["joining"]}).what


def test_an_unknown_part_of_the_file_is_refused() -> None:
    """A slip in a heading must not lose what stands beneath it."""
    assert "'chnages'" in told(changed() | {"chnages": []}).what


def _pair(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    base = {"rate": "joining", "from": "2028-09-01", "reason": "because", "source": "us"}
    return {"changes": [{"name": "one", **base, **first}, {"name": "two", **base, **second}]}


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ({"by": "-20%"}, {"by": "10%"}, "one raises and the other lowers joining"),
        ({"by": "-20%"}, {"by": "10%", "from": "2030-01-01", "needs": "ASD"}, "one raises and the other lowers"),
        ({"times": 0}, {"by": "-10%"}, "one stops joining"),
        ({"by": "-20%"}, {"by": "-20%"}, "written twice"),
        ({"by": "-20%", "name": "a"}, {"by": "-5%", "name": "a"}, "both are called 'a'"),
    ],
)
def test_a_scenario_that_contradicts_itself_is_refused(
    first: dict[str, Any], second: dict[str, Any], what: str
) -> None:
    """Opposite directions, a rate stopped and changed, the same change twice, one name twice."""
    error = told(_pair(first, second))
    assert what in error.what.casefold() or what in error.what
    assert error.where == "plan.yaml, changes 1 and 2"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"by": "-20%", "until": "2029-09-01"}, {"by": "10%", "from": "2029-09-01"}),
        ({"by": "-20%", "needs": "ASD"}, {"by": "10%", "needs": "SEMH"}),
        ({"by": "-20%", "year groups": "primary"}, {"by": "10%", "year groups": "secondary"}),
        ({"by": "-20%"}, {"by": "10%", "rate": "leaving"}),
        ({"by": "-20%"}, {"by": {"low": "-5%", "high": "5%"}}),
        ({"by": "-20%"}, {"by": "-5%"}),
    ],
)
def test_changes_that_can_both_hold_are_kept(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Other dates, people, rates; an unsure direction; two of the same direction, which multiply."""
    assert len(from_values(_pair(first, second)).changes) == 2
