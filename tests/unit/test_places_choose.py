"""One child's choice: the family first, every test shown, the law's own order, and nothing decided."""

from __future__ import annotations

import json
import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer

from rightplace.area import store
from rightplace.area.record import Area
from rightplace.casework.placement import REFUSALS, Result, placement_tests
from rightplace.casework.placement_facts import PlacementFacts
from rightplace.casework.terms import RightsHolder
from rightplace.cli import choose as command
from rightplace.errors import DataError, UserError
from rightplace.places.choose.choice import Choice
from rightplace.places.choose.choose import choose
from rightplace.places.choose.prepare import prepare
from rightplace.places.choose.values import as_values
from rightplace.places.fit.outcome import Test

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))
SECONDARY = {"low_age": 11, "high_age": 16}
COSTS = [
    {"financial_year": 2026, "setting_kind": kind, "need": "ASD", "annual_cost_pence": pounds * 100}
    for kind, pounds in (("mainstream", 9_000), ("special_state", 24_000), ("special_independent", 61_500))
]


def asks(setting: str, rank: int, person: str = "A123456789012") -> dict[str, object]:
    return {"person_id": person, "academic_year": 2026, "rank": rank, "setting_id": setting}


def made(*wishes: dict[str, object], **more: Any) -> Area:
    """A child leaving Year 6 with a mainstream, a full special and two independent special schools to go to."""
    settings = [
        CASE.setting("1", "mainstream"),
        CASE.setting("2", "mainstream", **SECONDARY, easting=2_000.0),
        CASE.setting("3", "special_state", **SECONDARY, needs=["ASD"], capacity=50, roll=55, easting=5_000.0),
        CASE.setting(
            "4", "special_independent", **SECONDARY, needs=["ASD"], section_41=True, gias_type=10, easting=9_000.0
        ),
        CASE.setting("5", "special_independent", **SECONDARY, needs=["SEMH"], section_41=False, gias_type=10),
        CASE.setting("6", "mainstream", low_age=11, high_age=16, gias_type=11, easting=3_000.0),
    ]
    children = [
        CASE.child("A123456789012", 6, "mainstream", "1"),
        CASE.child("B123456789012", 6, "mainstream", "1", need=None),
    ]
    return CASE.area(settings, children, **{"costs": COSTS, "preferences": list(wishes), **more})


def chosen(*wishes: dict[str, object], person: str = "A123456789012", **more: Any) -> Choice:
    return choose(made(*wishes, **more), person)


def test_the_familys_preferences_come_first_in_its_order_whatever_stands_against_them() -> None:
    choice = chosen(asks("5", 1), asks("3", 2))
    assert [(option.setting_id, option.preference) for option in choice.options[:2]] == [("5", 1), ("3", 2)]
    assert not choice.options[0].suitable
    assert choice.options[1].suitable
    assert all(option.suitable and option.preference is None for option in choice.options[2:])
    assert {option.setting_id for option in choice.options} == {"5", "3", "2", "4", "6"}
    assert choice.left_out == {"age": 1, "need": 1, "provision": 0, "sex": 0}


def test_every_option_has_every_test_with_evidence() -> None:
    for option in chosen(asks("3", 1)).options:
        assert [test.test for test in option.tests] == list(Test)
        assert all(test.evidence for test in option.tests)


def test_the_tests_of_law_are_those_of_casework_in_their_order_and_no_finding_is_made_up() -> None:
    """Children and Families Act 2014, sections 39(4), 33 and Education Act 1996, section 9; the authority has the burden."""
    option = chosen(asks("3", 1)).options[0]
    assert [outcome.id for outcome in option.law] == [outcome.id for outcome in placement_tests(PlacementFacts())]
    results = {outcome.id: outcome.result for outcome in option.law}
    assert results["listed"] is Result.MET
    assert all(results[ground] is Result.UNKNOWN for ground in (*REFUSALS, "duty_to_name", "consulted", "appropriate"))
    assert len(option.to_refuse) == len(REFUSALS)
    others = option.to_refuse[1]
    assert "(b)(i)" in others.ground
    assert any("Being full does not by itself" in sentence for sentence in others.known)


def test_an_independent_school_off_the_list_gives_no_right_and_needs_no_refusal() -> None:
    """Section 41: no right to ask for one that is not approved, so section 9 is what is left for a parent."""
    option = chosen(asks("5", 1)).options[0]
    results = {outcome.id: outcome.result for outcome in option.law}
    assert (results["section_41"], results["listed"]) == (Result.NOT_MET, Result.NOT_MET)
    assert option.to_refuse == ()
    approved = {outcome.id: outcome for outcome in chosen(asks("4", 1)).options[0].law}
    assert approved["listed"].result is Result.MET
    independent = {outcome.id: outcome.result for outcome in chosen(asks("6", 1)).options[0].law}
    assert independent["listed"] is Result.NOT_MET


def test_a_request_for_mainstream_is_not_against_mainstream() -> None:
    wishes = {outcome.id: outcome.result for outcome in chosen(asks("2", 1)).options[0].law}
    assert wishes["mainstream_wishes"] is Result.NOT_MET
    wishes = {outcome.id: outcome.result for outcome in chosen(asks("3", 1)).options[0].law}
    assert wishes["mainstream_wishes"] is Result.UNKNOWN


def test_cost_is_set_against_the_cheapest_with_nothing_known_against_it() -> None:
    choice = chosen(asks("4", 1))
    assert choice.cheapest == "School 2"
    independent = choice.options[0].cost
    least = next(option.cost for option in choice.options if option.name == choice.cheapest)
    assert least.more_than_cheapest_gbp == 0
    assert independent.total_gbp is not None and least.total_gbp is not None  # noqa: PT018
    assert independent.more_than_cheapest_gbp == pytest.approx(independent.total_gbp - least.total_gbp)
    assert independent.place_gbp == 61_500
    transport = (independent.transport_low_gbp, independent.transport_gbp, independent.transport_high_gbp)
    assert list(transport) == sorted(transport)  # type: ignore[type-var]


def test_whose_rights_they_are() -> None:
    """Compulsory school age ends on the last Friday in June of the year a person is 16 (Education Act 1996, section 8)."""
    assert chosen().child.decided_for is RightsHolder.PARENT
    old = [{"person_id": person, "birth_date": date(2010, 3, 1)} for person in ("A123456789012", "B123456789012")]
    assert chosen(people=old).child.decided_for is RightsHolder.YOUNG_PERSON


def test_what_is_missing_is_said() -> None:
    said = " ".join(chosen(person="B123456789012").missing)
    for fact in ("No need is recorded", "section F", "brothers or sisters", "No preference"):
        assert fact in said
    homeless = [{"neighbourhood_id": "H2", "name": "Elsewhere"}]
    assert "home is not known" in " ".join(chosen(neighbourhoods=homeless).missing)


def test_a_preference_the_register_lacks_is_named() -> None:
    choice = chosen(asks("777", 1), asks("3", 2))
    assert choice.not_found == ("777",)
    assert choice.options[0].preference == 2


def test_outcomes_carry_their_range_and_those_without_one_are_left_out() -> None:
    rows = [
        {"setting_id": "3", "measure": "attendance", "academic_year": year, "value": value, "low": low, "high": high, "source": "x"}
        for year, value, low, high in ((2023, 1.0, 0.9, 1.1), (2024, 1.2, 1.0, 1.4), (2025, 1.5, None, None))
    ]  # fmt: skip
    choice = chosen(asks("3", 1), setting_outcomes=rows)
    (outcome,) = choice.options[0].outcomes
    assert (outcome.academic_year, outcome.low, outcome.value, outcome.high) == (2024, 1.0, 1.2, 1.4)
    assert any("1 outcomes of these settings are left out" in doubt for doubt in choice.doubts)


def test_nobody_of_that_number_gets_the_numbers_like_it() -> None:
    with pytest.raises(UserError, match="A123456789012") as raised:
        chosen(person="A123456789021")
    assert raised.value.exit_code == 2
    with pytest.raises(UserError, match="census table"):
        chosen(person="")


def test_an_area_without_settings_or_people_says_which() -> None:
    with pytest.raises(DataError, match="No setting is open"):
        choose(CASE.area([], [CASE.child("A", 6, "mainstream", "1")]), "A")
    with pytest.raises(DataError, match="no people"):
        choose(CASE.area([CASE.setting("1", "mainstream")], []), "A")


def test_an_area_made_ready_gives_the_same_choice() -> None:
    area = made(asks("3", 1))
    assert choose(area, "A123456789012", prepared=prepare(area)) == choose(area, "A123456789012")


def run(folder: Path, *words: str) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(command.run)
    app([str(folder), *words], standalone_mode=False)


def test_the_command_says_it_and_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    area = made(asks("3", 1), asks("777", 2))
    store.save(area, tmp_path / "area")
    run(tmp_path / "area", "--person", "A123456789012", "--json")
    printed = capsys.readouterr().out
    assert json.loads(printed) == json.loads(json.dumps(as_values(choose(area, "A123456789012"))))
    run(tmp_path / "area", "--person", "A123456789012")
    text = capsys.readouterr().out
    for words in (
        "1. School 3 (State special school) - the family's first preference",
        "777: check its number",
        "To refuse it the authority would have to show one of these",
        "This decides nothing.",
        "Year 7",
    ):
        assert words in text
    with pytest.raises(UserError, match="Nobody with an EHC plan"):
        run(tmp_path / "area", "--person", "A123456789000")
