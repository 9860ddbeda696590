"""The example as files: made whole, the same every time, and readable by the commands that read real ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

import polars as pl
import pytest

from rightplace.area import store
from rightplace.errors import CancelledByUser, UserError
from rightplace.example.census.returned import return_at
from rightplace.example.life.record import make_life
from rightplace.example.make import MADE_UP, make_example
from rightplace.returns.sen2.layout import EDITIONS
from rightplace.returns.sen2.reader import read

TABLES = ("population", "neighbourhoods", "postcodes", "staff", "costs", "budget", "attendance", "learning")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "example"
    make_example(folder, plans=500, seed=4)
    return folder


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_what_is_there(example: Path) -> None:
    found = set(digest(example))
    assert {f"sen2/sen2_{year}.xml" for year in EDITIONS} <= found
    assert {f"{name}.csv" for name in TABLES} <= found
    assert len(list((example / "gias").glob("*.csv"))) == 1
    assert (example / "README.txt").read_text(encoding="utf-8").startswith(MADE_UP)
    assert not (example / "faults.csv").exists()
    assert not [path for path in example.parent.iterdir() if path != example]


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(example: Path, tmp_path: Path) -> None:
    again = make_example(tmp_path / "again", plans=500, seed=4)
    other = make_example(tmp_path / "other", plans=500, seed=5)
    assert digest(again.folder) == digest(example)
    assert digest(other.folder)["sen2/sen2_2026.xml"] != digest(example)["sen2/sen2_2026.xml"]


def test_the_files_hold_what_was_lived(example: Path) -> None:
    """Reading the XML gives the frames that were written, in every edition."""
    life = make_life(500, seed=4)
    for ret in read([example / "sen2" / f"sen2_{year}.xml" for year in EDITIONS]):
        made = return_at(life, ret.edition)
        assert not ret.problems
        for name, frame in made.tables.items():
            assert ret.tables[name].drop("line").equals(frame.drop("line")), name


@pytest.mark.parametrize("plans", [500, 640, 3000])
def test_the_number_of_plans_is_the_number_asked_for(plans: int, tmp_path: Path) -> None:
    made = make_example(tmp_path / "e", plans=plans, seed=2)
    assert made.plans[2026] == pytest.approx(plans, rel=0.03)
    assert list(made.plans) == list(EDITIONS)
    assert f"{made.plans[2026]:,} in January 2026" in made.sentences()[0]


def test_the_area_that_comes_with_it(example: Path) -> None:
    area = store.load(example / "area")
    assert area.la_code == "999"
    assert area.census_years() == list(EDITIONS)
    for name in (*TABLES, "people", "requests", "assessments", "plans", "placements", "needs", "reviews", "settings"):
        if name != "postcodes":
            assert area[name].height > 0, name
    latest = area["census"].filter(pl.col("census_year") == 2026)
    assert latest.height == 500
    for column in ("need", "setting_kind", "neighbourhood_id"):
        assert not latest[column].is_null().any()
        assert not (latest[column] == "not_recorded").any()
    assert not any(source.refused for source in area.lineage)


def test_people_in_the_extracts_are_people_of_the_returns(example: Path) -> None:
    """Pupils with a plan in the attendance extract are in the area record, and at a setting of the register."""
    area = store.load(example / "area")
    pupils = area["attendance"].filter(pl.col("sen_status") == "E")
    assert pupils["person_id"].is_in(area["people"]["person_id"].to_list()).mean() > 0.95
    assert area["attendance"]["setting_id"].is_in(area["settings"]["setting_id"].to_list()).all()
    assert (area["attendance"]["sessions_missed"] <= area["attendance"]["sessions_possible"]).all()
    people = area["population"].filter(pl.col("year") == 2025)["people"].sum()
    assert 30 < 1000 * 500 / people < 50


def test_planted_mistakes_are_listed(tmp_path: Path) -> None:
    made = make_example(tmp_path / "spoilt", plans=500, seed=4, faults=50)
    listed = pl.read_csv(made.folder / "faults.csv")
    assert listed.height == made.faults == 50
    assert set(listed["file"]) <= {f"sen2_{year}.xml" for year in EDITIONS}
    assert store.load(made.folder / "area").census_years() == list(EDITIONS)
    assert "50 known mistakes" in made.sentences()[-1]


def test_an_earlier_example_is_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "e"
    make_example(folder, plans=500, seed=1, faults=3)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    make_example(folder, plans=500, seed=2)
    assert not (folder / "faults.csv").exists()
    assert not (folder / "notes.txt").exists()


def test_anything_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "work.xlsx").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="not an example"):
        make_example(tmp_path, plans=500)
    with pytest.raises(UserError, match="a file of that name"):
        make_example(tmp_path / "work.xlsx", plans=500)
    assert [path.name for path in tmp_path.iterdir()] == ["work.xlsx"]


@pytest.mark.parametrize(("plans", "seed", "faults"), [(499, 1, 0), (100_001, 1, 0), (500, -1, 0), (500, 1, -1)])
def test_numbers_out_of_range_are_refused(plans: int, seed: int, faults: int, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        make_example(tmp_path / "e", plans=plans, seed=seed, faults=faults)
    assert not list(tmp_path.iterdir())


def test_stopping_half_way_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, asked: int, what: str) -> None:
        assert 0 <= done <= asked
        if "2025" in what:
            raise CancelledByUser("Stopped.")

    with pytest.raises(CancelledByUser):
        make_example(tmp_path / "e", plans=500, progress=stop)
    assert not list(tmp_path.iterdir())
