"""Who needs a place, and why."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from rightplace.errors import DataError
from rightplace.places.children import CHILDREN, cohort

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))
PRIMARY = CASE.setting("1", "mainstream")
SECONDARY = CASE.setting("2", "mainstream", low_age=11, high_age=16)
THROUGH = CASE.setting("3", "special_state", low_age=4, high_age=19)


def why(children: list[dict[str, object]], **tables: list[dict[str, object]]) -> dict[str, str]:
    made = cohort(CASE.area([PRIMARY, SECONDARY, THROUGH], children, **tables), september=2026)
    return dict(made.select("person_id", "why").iter_rows())


def asks(person: str, setting: str, base: str | None = None, rank: int = 1) -> dict[str, object]:
    return {"person_id": person, "academic_year": 2026, "rank": rank, "setting_id": setting, "base": base}


def test_those_whose_school_ends_change_phase_and_others_stay() -> None:
    """Year 6 of a primary school moves; Year 6 of an all-through school does not (SI 2014/1530, regulation 18)."""
    found = why([
        CASE.child("A", 6, "mainstream", "1"), CASE.child("B", 5, "mainstream", "1"),
        CASE.child("C", 6, "special_state", "3"), CASE.child("D", 11, "mainstream", "2"),
        CASE.child("E", -1, "early_years", None), CASE.child("F", -2, "early_years", None),
    ])  # fmt: skip
    assert found == {
        "A": "phase_transfer", "B": "staying", "C": "staying", "D": "phase_transfer", "E": "phase_transfer", "F": "staying",
    }  # fmt: skip


def test_at_a_school_the_register_lacks_the_usual_age_of_transfer_decides() -> None:
    assert why([CASE.child("A", 6, "mainstream", "99"), CASE.child("B", 7, "mainstream", "99")]) == {
        "A": "phase_transfer",
        "B": "staying",
    }


def test_those_with_nowhere_wait_and_families_who_teach_at_home_are_left_alone_unless_they_ask() -> None:
    children = [
        CASE.child("A", 8, "not_in_education", None), CASE.child("B", 8, "not_recorded", None),
        CASE.child("C", 8, "home_education", None), CASE.child("D", 8, "home_education", None),
        CASE.child("E", 15, "not_in_education", None), CASE.child("F", 15, "not_in_education", None),
        CASE.child("G", 8, "otherwise_than_at_school", None),
    ]  # fmt: skip
    found = why(children, preferences=[asks("D", "2"), asks("F", "3")])
    assert found == {
        "A": "waiting", "B": "waiting", "C": "staying", "D": "waiting", "E": "staying", "F": "waiting", "G": "staying",
    }  # fmt: skip


def test_a_move_is_asked_for_when_the_first_preference_is_elsewhere() -> None:
    children = [CASE.child("A", 8, "special_state", "3"), CASE.child("B", 8, "special_state", "3")]
    found = why(children, preferences=[asks("A", "2"), asks("A", "3", rank=2), asks("B", "3"), asks("B", "2", rank=2)])
    assert found == {"A": "asked_to_move", "B": "staying"}


def test_a_year_older_with_home_needs_provision_and_preferences() -> None:
    made = cohort(
        CASE.area(
            [PRIMARY, SECONDARY],
            [CASE.child("A", 6, "mainstream", "1")],
            needs=[{"plan_id": "A.1", "person_id": "A", "census_year": 2026, "rank": 2, "need": "SLCN"}],
            provision=[{"plan_id": "A.1", "person_id": "A", "provision": word} for word in ("hydrotherapy", "a lift")],
            preferences=[asks("A", "2", "unit", 2), asks("A", "3")],
        ),
        september=2026,
    )
    assert made.schema == pl.Schema(CHILDREN)
    (row,) = made.to_dicts()
    assert (row["year_group"], row["second_need"], row["provision"]) == (7, "SLCN", ["a lift", "hydrotherapy"])
    assert (row["preferences"], row["preference_settings"]) == (["3/", "2/unit"], ["3", "2"])
    assert (row["easting"], row["deprivation_decile"], row["now_base"], row["sex"]) == (0.0, 3, "main", "F")


def test_brothers_and_sisters_are_those_who_stay() -> None:
    children = [
        CASE.child("A", 6, "mainstream", "1"), CASE.child("B", 3, "special_state", "3"), CASE.child("C", 11, "mainstream", "2"),
    ]  # fmt: skip
    home = [{"person_id": person, "family_id": "H"} for person in "ABC"]
    made = cohort(CASE.area([PRIMARY, SECONDARY, THROUGH], children, families=home), september=2026)
    assert dict(made.select("person_id", "sibling_settings").iter_rows()) == {"A": ["3"], "B": [], "C": ["3"]}


def test_plans_that_cease_before_and_people_over_25_are_left_out() -> None:
    children = [
        CASE.child("A", 5, "mainstream", "1"),
        CASE.child("B", 5, "mainstream", "1"),
        CASE.child("C", 20, "other", None),
    ]
    plans = [
        {"plan_id": "A.1", "person_id": "A", "cease_date": date(2026, 7, 31)},
        {"plan_id": "B.1", "person_id": "B", "cease_date": date(2026, 12, 31)},
        {"plan_id": "C.1", "person_id": "C"},
    ]
    assert why(children, plans=plans) == {"B": "staying"}


def test_a_plan_with_no_need_is_kept_as_not_recorded() -> None:
    made = cohort(CASE.area([PRIMARY], [CASE.child("A", 6, "mainstream", "1", need=None)]), september=2026)
    assert made["need"].to_list() == ["not_recorded"]


def test_an_area_of_counts_or_a_september_too_early_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="yearly counts and no people"):
        cohort(CASE.area([PRIMARY], []), september=2026)
    with pytest.raises(DataError, match="before September 2025"):
        cohort(CASE.area([PRIMARY], [CASE.child("A", 6, "mainstream", "1")]), september=2025)


def test_read_about_one_child_that_one_is_the_same_and_so_is_why_of_everyone() -> None:
    """Reading less is quicker and changes nothing that is asked: the row of the child, and who stays where."""
    children = [
        CASE.child("A", 6, "mainstream", "1"),
        CASE.child("B", 8, "special_state", "3"),
        CASE.child("C", 5, "special_state", "3"),
    ]
    families = [{"person_id": person, "family_id": "F1"} for person in ("A", "B")]
    families.append({"person_id": "C", "family_id": "F2"})
    made = CASE.area([PRIMARY, SECONDARY, THROUGH], children, families=families, preferences=[asks("A", "3")])
    full, some = cohort(made, september=2026), cohort(made, september=2026, about="A")
    mine = pl.col("person_id") == "A"
    assert some.filter(mine).equals(full.filter(mine), null_equal=True)
    assert some.filter(mine)["sibling_settings"].to_list() == [["3"]]
    same = ["person_id", "year_group", "need", "now_setting_id", "now_base", "why", "preferences"]
    assert some.select(same).equals(full.select(same), null_equal=True)
