"""Sufficiency: places shared by hand, and children counted apart from the code that counts them."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.forecast import rerun
from rightplace.forecast.run import forecast
from rightplace.places.bases import bases
from rightplace.places.sufficiency.cells import Cells
from rightplace.places.sufficiency.run import DIMENSIONS, Sufficiency, sufficiency
from rightplace.places.sufficiency.there import share, there
from rightplace.vocabulary.year_group import phase

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))


def _area():
    """An area whose children are in special schools and units, two Januaries running, in two neighbourhoods."""
    rows = []
    for number in range(160):
        kind = "special_state" if number % 3 else "sen_unit"
        group, need = number % 14, ("ASD", "SEMH", "SLD")[number % 3 if number % 5 else 0]
        common = {"need": need, "neighbourhood_id": "H1" if number % 4 else "H2"}
        setting = "1" if number % 3 else "2"
        if number % 7:
            rows.append(CASE.child(f"P{number}", group, kind, setting, census_year=2025, **common))
        if number % 6:
            rows.append(CASE.child(f"P{number}", group + 1, kind, setting, census_year=2026, **common))
    homes = [
        {"neighbourhood_id": name, "name": name, "easting": east, "northing": 0.0}
        for name, east in (("H1", 0.0), ("H2", 9e3))
    ]
    settings = [
        CASE.setting("1", "special_state", low_age=3, high_age=19, capacity=90, roll=90, needs=["ASD", "SLD"]),
        CASE.setting("2", "mainstream", unit_roll=20, unit_capacity=None, easting=9000.0),
        CASE.setting("3", "special_state", low_age=3, high_age=19, capacity=40, la_code="998"),
    ]
    latest = {row["person_id"]: row for row in rows}
    return CASE.area(settings, list(latest.values()), census=rows, neighbourhoods=homes)


@pytest.fixture(scope="module")
def made():
    area = _area()
    return area, forecast(area, years=3, futures=12, seed=3, mode="individual")


@pytest.fixture(scope="module")
def found(made) -> Sufficiency:
    area, ahead = made
    return sufficiency(area, ahead, futures=12)


def test_places_go_where_children_are_by_hand() -> None:
    """Base A (10) takes the first need alone, B (10) both. Children 15 and 5: 20 for 20, so B gives 5 to each."""
    takes = np.ones((2, 1, 2))
    takes[0, 0, 1] = 0
    split = share(np.array([10.0, 10.0]), takes, np.array([[15.0, 5.0]]))
    assert split[:, 0] == pytest.approx(np.array([[10.0, 0.0], [5.0, 5.0]]), abs=1e-3)


def test_places_short_are_short_in_the_same_share_where_bases_allow() -> None:
    """One base of 12 for children 20 and 10 (all year groups alike): 8 and 4, each 40% placed."""
    split = share(np.array([12.0]), np.ones((1, 1, 2)), np.array([[20.0, 10.0]]))
    assert split.sum(axis=0)[0] == pytest.approx([8.0, 4.0])


def test_a_base_for_whom_nobody_is_expected_keeps_its_places() -> None:
    split = share(np.array([6.0]), np.ones((1, 3, 1)), np.zeros((3, 1)))
    assert split.ravel() == pytest.approx([2.0, 2.0, 2.0])


def test_children_are_those_of_the_futures_followed_person_by_person(made, found: Sufficiency) -> None:
    """Against ``follow``, which writes everyone of a future down: by need, phase and kind, in every future and January."""
    _, ahead = made
    for future in (0, 7):
        people = rerun.follow(ahead, future=future).filter(pl.col("event") != "left")
        by = {int(group): str(phase(int(group))) for group in people["year_group"].unique()}
        counted = (
            people.with_columns(phase=pl.col("year_group").replace_strict(by))
            .group_by("year", "need", "phase", "setting_kind")
            .len()
        )
        names, mine = found.cells, found.children[future].sum(axis=1)
        for year, need, stage, kind, number in counted.iter_rows():
            at = (
                found.januaries.index(year),
                names.phases.index(stage),
                names.needs.index(need),
                names.kinds.index(kind),
            )
            assert mine[at] == number
        assert mine.sum() == counted["len"].sum()


def test_the_first_january_is_the_one_counted_where_children_live(made, found: Sufficiency) -> None:
    area, _ = made
    now = area["census"].filter(pl.col("census_year") == 2026)
    table = found.table("locality").filter(pl.col("year") == 2026)
    homes = now.group_by("neighbourhood_id").len().sort("len")["len"].to_list()
    assert sorted(table["children_p10"].to_list()) == homes == sorted(table["children_p90"].to_list())


@pytest.mark.parametrize("by", [("need",), ("phase", "setting"), ("locality", "need"), DIMENSIONS])
def test_children_and_places_add_up_however_the_table_is_cut(found: Sufficiency, by) -> None:
    whole, parts = (
        found.table(),
        found.table(*by).group_by("year").agg(pl.col("children_mean", "places").sum()).sort("year"),
    )
    assert parts["children_mean"].to_list() == pytest.approx(whole["children_mean"].to_list())
    assert parts["places"].to_list() == pytest.approx(whole["places"].to_list())


def test_places_are_those_of_the_area_and_unknown_ones_are_said(made, found: Sufficiency) -> None:
    """90 known at special school 1; the unit's places are unknown, with 20 on its roll; school 3 stands elsewhere."""
    rows = found.table("setting").filter(pl.col("year") == 2029)
    of = {row["setting"]: row for row in rows.iter_rows(named=True)}
    assert of["special_state"]["places"] == pytest.approx(90.0)
    assert of["special_state"]["bases_unknown"] == 0
    assert of["sen_unit"]["places"] is None
    assert of["sen_unit"]["short_p50"] is None
    assert (of["sen_unit"]["bases_unknown"], of["sen_unit"]["roll_unknown"]) == (1, pytest.approx(20.0))
    assert of["special_state"]["short_p90"] == pytest.approx(of["special_state"]["children_p90"] - 90.0)
    assert "1 of the 2 bases" in found.notes[0]


def test_places_serve_only_the_needs_and_ages_a_base_takes(made) -> None:
    area, _ = made
    cells = Cells(localities=("here",), phases=("early_years", "primary", "secondary", "post_16", "post_19"),
                  needs=("ASD", "SEMH", "SLD"), kinds=("special_state",))  # fmt: skip
    own = bases(area, september=2026).filter(pl.col("setting_id") == "1")
    places = there(own, np.zeros(own.height, np.int64), cells, np.ones((25, 3, 1))).places[0, :, :, 0]
    assert places[:, 1].sum() == 0
    assert places[4].sum() == 0
    assert places.sum() == pytest.approx(90.0)


def test_bad_asks_are_refused_in_words(made, found: Sufficiency) -> None:
    area, ahead = made
    with pytest.raises(UserError, match="at least one future"):
        sufficiency(area, ahead, futures=0)
    with pytest.raises(UserError, match="A table is by"):
        found.table("colour")  # type: ignore[arg-type]
