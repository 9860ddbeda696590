"""Bases: what follows from the register, what the area states, and what stays unknown."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import polars as pl

from rightplace.places.bases import BASES, bases

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))


def row(frame: pl.DataFrame, setting_id: str, base: str = "main") -> dict[str, object]:
    (found,) = frame.filter(pl.col("setting_id") == setting_id, pl.col("base") == base).to_dicts()
    return found


def test_a_special_schools_capacity_is_all_its_places_and_a_mainstream_schools_is_unknown() -> None:
    """The register's SchoolCapacity is for all pupils: those with plans are all of a special school's (DfE, GIAS)."""
    settings = [
        CASE.setting("1", "special_state", capacity=80, roll=90),
        CASE.setting("2", "mainstream", capacity=400, roll=380),
        CASE.setting("3", "special_independent"),
    ]
    found = bases(CASE.area(settings, []), september=2026)
    assert found.schema == pl.Schema(BASES)
    assert (row(found, "1")["capacity"], row(found, "1")["roll"]) == (80, 90)
    assert row(found, "2")["capacity"] is None
    assert "not known" in str(row(found, "2")["capacity_basis"])
    assert row(found, "3")["capacity"] is None
    assert "none is stated" in str(row(found, "3")["capacity_basis"])


def test_units_and_resourced_provision_are_bases_of_their_own_only_where_they_are() -> None:
    settings = [
        CASE.setting("1", "mainstream", unit_capacity=12, unit_roll=10, resourced_capacity=0, resourced_roll=0),
        CASE.setting("2", "mainstream", resourced_roll=7),
    ]
    found = bases(CASE.area(settings, []), september=2026)
    assert found.select("setting_id", "base").rows() == [
        ("1", "main"),
        ("1", "unit"),
        ("2", "main"),
        ("2", "resourced"),
    ]
    assert (row(found, "1", "unit")["capacity"], row(found, "1", "unit")["setting_kind"]) == (12, "sen_unit")
    assert row(found, "2", "resourced")["capacity"] is None


def test_year_groups_follow_from_statutory_ages() -> None:
    """Ages 4 to 11 are Reception to Year 6 and 11 to 16 Year 7 to Year 11 (national curriculum year groups by age)."""
    settings = [
        CASE.setting("1", "mainstream"),
        CASE.setting("2", "mainstream", low_age=11, high_age=16),
        CASE.setting("3", "further_education", low_age=None, high_age=None),
        CASE.setting("4", "special_state", low_age=None, high_age=None),
    ]
    found = bases(CASE.area(settings, []), september=2026)
    years = {each["setting_id"]: (each["low_year_group"], each["high_year_group"]) for each in found.to_dicts()}
    assert years == {"1": (0, 6), "2": (7, 11), "3": (12, 20), "4": (None, None)}


def test_what_the_area_states_comes_before_the_register() -> None:
    settings = [CASE.setting("1", "mainstream", unit_capacity=12, unit_roll=10)]
    stated = [{"setting_id": "1", "base": "Lighthouse", "setting_kind": "sen_unit", "needs": ["ASD"], "capacity": 16}]
    found = bases(CASE.area(settings, [], bases=stated), september=2026)
    assert found["base"].to_list() == ["Lighthouse", "main"]
    unit = row(found, "1", "Lighthouse")
    assert (unit["capacity"], unit["name"], unit["high_year_group"]) == (16, "School 1, Lighthouse", 6)


def test_a_base_at_a_setting_the_register_lacks_is_kept_with_what_is_known() -> None:
    stated = [{"setting_id": "9", "base": "main", "setting_kind": "special_state", "needs": ["SLD"]}]
    (only,) = bases(CASE.area([], [], bases=stated), september=2026).to_dicts()
    assert (only["name"], only["easting"], only["capacity"], only["status"]) == ("9", None, None, "maintained_school")


def test_closed_settings_and_those_not_open_yet_are_left_out() -> None:
    settings = [
        CASE.setting("1", "mainstream", close_date=date(2026, 8, 31)),
        CASE.setting("2", "mainstream", open_date=date(2026, 9, 2)),
        CASE.setting("3", "mainstream", open_date=date(2026, 9, 1), close_date=date(2026, 9, 2)),
    ]
    assert bases(CASE.area(settings, []), september=2026)["setting_id"].to_list() == ["3"]


def test_a_cost_is_the_bases_own_then_the_areas_then_a_published_one_then_unknown() -> None:
    settings = [CASE.setting(str(number), kind) for number, kind in enumerate(
        ("special_state", "special_state", "special_independent", "alternative_provision"), start=1
    )]  # fmt: skip
    own = [{"setting_id": "1", "base": "main", "setting_kind": "special_state", "annual_cost_pence": 3_000_000}]
    costs = [
        {"financial_year": 2026, "setting_kind": "special_state", "need": need, "annual_cost_pence": pence}
        for need, pence in (("ASD", 2_000_000), ("SLD", 2_600_000))
    ]
    found = bases(CASE.area(settings, [], bases=own, costs=costs), september=2026)
    known = {each["setting_id"]: (each["annual_cost_gbp"], each["cost_basis"]) for each in found.to_dicts()}
    assert known["1"] == (30_000.0, "the area's table of bases")
    assert known["2"] == (23_000.0, "the area's costs, 2026-27")
    # DfE, February 2026: 63,000 pounds a place in an independent special school.
    assert known["3"][0] == 63_000.0
    assert "Department for Education" in known["3"][1]
    assert known["4"] == (None, "not known")


def test_what_a_setting_is_in_law() -> None:
    """Children and Families Act 2014, section 38(3); section 83(2) for pupil referral units, which are not in it."""
    kinds = {
        1: ("mainstream", "maintained_school"), 34: ("mainstream", "academy"), 11: ("mainstream", "other"),
        7: ("special_state", "maintained_school"), 8: ("special_non_maintained", "non_maintained_special"),
        10: ("special_independent", "independent_special"), 14: ("alternative_provision", "other"),
        42: ("alternative_provision", "academy"), 15: ("early_years", "maintained_nursery"),
        18: ("further_education", "further_education"), 32: ("specialist_post_16", "independent_special"),
    }  # fmt: skip
    settings = [CASE.setting(f"{code:03d}", kind, gias_type=code) for code, (kind, _) in kinds.items()]
    found = bases(CASE.area(settings, []), september=2026)
    assert dict(found.select("setting_id", "status").iter_rows()) == {
        f"{code:03d}": status for code, (_, status) in kinds.items()
    }
