"""``rightplace assign`` on a small area: the files, their columns, and what is said when it cannot be done."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from rightplace.area import store
from rightplace.cli import assign as command
from rightplace.errors import DataError, UserError

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))
SPECIAL = "special_state"


@pytest.fixture
def area(tmp_path: Path) -> Path:
    """Year 6 children at primary 1 and two special schools from 11, of which 3 has one place and takes nobody with SEMH."""
    older = {"low_age": 11, "high_age": 16, "capacity": 1, "roll": 0}
    settings = [
        CASE.setting("1", "mainstream"),
        CASE.setting("2", SPECIAL, **{**older, "capacity": 2}, needs=["ASD"], easting=3000.0),
        CASE.setting("3", SPECIAL, **older, needs=["ASD"], easting=6000.0),
    ]
    children = [CASE.child(f"P{number}", 6, "mainstream", "1") for number in range(1, 5)]
    children += [CASE.child("P5", 6, "mainstream", "1", need="SEMH"), CASE.child("P6", 3, "mainstream", "1")]
    wishes = [
        {"person_id": f"P{number}", "academic_year": 2026, "rank": 1, "setting_id": "3", "base": "main"}
        for number in (1, 2, 5)
    ]
    made = CASE.area(settings, children, preferences=wishes)
    store.save(made, tmp_path / "area")
    return tmp_path / "area"


def run(*words: object) -> object:
    app = typer.Typer()
    app.command()(command.run)
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_files_have_the_columns_that_other_scripts_rely_on(area: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = run(area, "--september", 2026, "--out", out, "--stable")
    assert said.exit_code == 0, said.output
    assigned, unplaced, settings = (
        pl.read_csv(out / f"{name}.csv") for name in ("assignments", "unplaced", "settings")
    )
    assert assigned.columns == ["person", "setting", "base", "preference", "km", "minutes", "cost_gbp", "reason"]
    assert unplaced.columns == ["person", "reason"]
    assert settings.columns == ["setting", "base", "capacity", "kept", "assigned", "value_of_one_more_place"]
    people = assigned["person"].to_list() + unplaced["person"].to_list()
    assert sorted(people) == ["P1", "P2", "P3", "P4", "P5"]
    assert "No plan is better" in said.output
    assert "0 pairs of a child and a base would both rather" in said.output


def test_reasons_name_the_full_base_and_the_test_that_is_not_met(area: Path, tmp_path: Path) -> None:
    """Three places for four children with ASD; P5's need is taken nowhere, the primary's years are over."""
    out = tmp_path / "out"
    run(area, "--september", 2026, "--out", out)
    unplaced = dict(pl.read_csv(out / "unplaced.csv").iter_rows())
    assert unplaced.pop("P5") == (
        "No base is suitable on what is known. Of 3 in the area, 1 do not take the year group, 2 are not set up for the primary need."
    )
    (reason,) = unplaced.values()
    assert reason.startswith("All 2 suitable bases have no place left:")
    assigned = pl.read_csv(out / "assignments.csv")
    assert assigned.filter(pl.col("preference") == 1).height == 1
    assert assigned.filter(pl.col("preference") == 1)["setting"].to_list() == [3]


def test_a_pin_a_bar_and_kept_places_from_the_command_line(area: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said = run(
        area, "--september", 2026, "--out", out, "--pin", "P4=3/main", "--bar", "P1=2/main", "--keep", "2/main=1"
    )
    assert said.exit_code == 0, said.output
    placed = dict(pl.read_csv(out / "assignments.csv").select("person", "setting").iter_rows())
    assert placed["P4"] == 3
    assert "P1" not in placed
    assert len(placed) == 2


def test_what_cannot_be_done_is_said_and_no_file_is_touched(area: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(area, "--september", 2026, "--out", out)
    before = (out / "assignments.csv").read_bytes()
    for words, kind, what in (
        (("--pin", "P1=3/main", "--pin", "P2=3/main"), DataError, "2 are pinned to 3/main"),
        (("--pin", "nobody"), UserError, "does not name a person"),
        (("--keep", "3/main"), UserError, "how many places"),
        (("--weights", "unplaced=x"), UserError, "not a number"),
        (("--bar", "P9=3/main"), UserError, "P9 does not need a place"),
    ):
        said = run(area, "--september", 2026, "--out", out, *words)
        assert isinstance(said.exception, kind), said.output
        assert what in str(said.exception)
    assert isinstance(run(area, "--september", 2020, "--out", out).exception, DataError)
    assert (out / "assignments.csv").read_bytes() == before
