"""Candidates: what is always there, what never is, and what is left null."""

from __future__ import annotations

import runpy
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.places.bases import bases
from rightplace.places.candidates import CANDIDATES, candidates
from rightplace.places.children import cohort
from rightplace.places.travel.travel import travel

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))
ON = date(2026, 9, 1)


def found(area: Area, **options: Any) -> pl.DataFrame:
    """Candidates with the setting and person in place of rows."""
    every, children = bases(area, september=2026), cohort(area, september=2026)
    frame = candidates(children, every, travel(area, on=ON), **options)
    assert frame.schema == pl.Schema(CANDIDATES)
    return frame.with_columns(
        setting_id=every["setting_id"].gather(frame["base"]),
        base_name=every["base"].gather(frame["base"]),
        person_id=children["person_id"].gather(frame["child"]),
    )


def asks(setting: str, rank: int, base: str | None = None) -> dict[str, object]:
    return {"person_id": "A", "academic_year": 2026, "rank": rank, "setting_id": setting, "base": base}


def test_the_familys_preferences_are_there_however_far_and_dear() -> None:
    near = [CASE.setting(f"{at:02d}", "special_state", high_age=16, easting=100.0 * at) for at in range(10, 20)]
    far = CASE.setting("99", "special_independent", high_age=16, easting=200_000.0)
    area = CASE.area([*near, far], [CASE.child("A", 6, "mainstream", "50")], preferences=[asks("99", 1)])
    rows = found(area, most=2)
    assert rows.height == 2
    assert rows.filter(pl.col("setting_id") == "99")["preference"].to_list() == [1]


def test_a_preference_that_takes_no_child_of_the_age_is_left_out() -> None:
    area = CASE.area(
        [CASE.setting("1", "special_state", high_age=16), CASE.setting("2", "special_state", low_age=16, high_age=19)],
        [CASE.child("A", 6, "mainstream", "50")],
        preferences=[asks("2", 1), asks("1", 2)],
    )
    assert found(area).select("setting_id", "preference").rows() == [("1", 2)]


def test_a_setting_asked_for_stands_for_its_bases_and_a_base_for_itself() -> None:
    school = CASE.setting("1", "mainstream", high_age=16, unit_capacity=9, unit_roll=3)
    child = CASE.child("A", 6, "mainstream", "50")
    whole = found(CASE.area([school], [child], preferences=[asks("1", 1)]))
    assert whole.select("base_name", "preference").rows() == [("main", 1), ("unit", 1)]
    unit = found(CASE.area([school], [child], preferences=[asks("1", 1, "unit")]))
    assert unit.select("base_name", "preference").rows() == [("main", None), ("unit", 1)]


def test_where_the_child_is_stays_a_candidate() -> None:
    settings = [CASE.setting(str(at), "special_state", high_age=16, easting=50_000.0 * (at == 5)) for at in range(1, 6)]
    rows = found(CASE.area(settings, [CASE.child("A", 5, "special_state", "5")]), most=1)
    assert rows.select("setting_id", "stays").rows() == [("5", True)]


def test_unknown_is_null_and_not_nothing() -> None:
    area = CASE.area(
        [CASE.setting("1", "special_state", easting=None), CASE.setting("2", "alternative_provision")],
        [CASE.child("A", 4, "special_state", None)],
    )
    rows = {row["setting_id"]: row for row in found(area).to_dicts()}
    assert (rows["1"]["km"], rows["1"]["transport_gbp"], rows["1"]["cost_gbp"]) == (None, None, None)
    assert rows["2"]["km"] == 0
    assert rows["2"]["transport_gbp"] is not None
    assert rows["2"]["cost_gbp"] is None


def test_costs_follow_the_need_when_the_area_has_them() -> None:
    costs = [
        {"financial_year": 2026, "setting_kind": "special_state", "need": need, "annual_cost_pence": pence}
        for need, pence in (("ASD", 2_000_000), ("PMLD", 3_500_000))
    ]
    children = [CASE.child("A", 4, "other", None), CASE.child("B", 4, "other", None, need="PMLD")]
    area = CASE.area([CASE.setting("1", "special_state")], children, costs=costs)
    rows = found(area, costs=area["costs"], on=ON)
    place = dict(rows.select("person_id", pl.col("cost_gbp") - pl.col("transport_gbp")).iter_rows())
    assert place == {"A": pytest.approx(20_000), "B": pytest.approx(35_000)}


def test_nothing_to_choose_from_gives_no_rows_and_most_is_at_least_one() -> None:
    area = CASE.area([], [CASE.child("A", 4, "other", None)])
    assert found(area).is_empty()
    with pytest.raises(UserError, match="at least one candidate"):
        found(area, most=0)
