"""The first plan from end to end, through the commands: example, check, load, forecast, report."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from rightplace.area import store


def _run(*words: str | Path, expect: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "rightplace", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan") / "example"
    _run("example", folder, "--plans", "500", "--seed", "3", "--faults", "12")
    return folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan") / "clean"
    _run("example", folder, "--plans", "500", "--seed", "3")
    return folder


def test_the_clean_example_has_no_error(clean: Path) -> None:
    _run("check", *sorted((clean / "sen2").glob("*.xml")), "--gias", *(clean / "gias").glob("*.csv"))


def test_every_planted_fault_is_found_at_its_place(example: Path, tmp_path: Path) -> None:
    out, page = tmp_path / "findings.csv", tmp_path / "findings.html"
    files = sorted((example / "sen2").glob("*.xml"))
    _run("check", *files, "--csv", out, "--html", page, "--gias", *(example / "gias").glob("*.csv"), expect=3)
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:5] == ["rule", "severity", "person", "location", "message"]
    with (example / "faults.csv").open(encoding="utf-8") as file:
        planted = list(csv.DictReader(file))
    assert len(planted) == 12
    for fault in planted:
        found = [row for row in rows if row["rule"] == fault["rule"] and row["person"] == fault["person"]]
        assert any(Path(fault["file"]).name in row["location"] for row in found), fault
    assert "<html" in page.read_text(encoding="utf-8")


def test_loading_the_files_gives_the_area_that_came_with_them(clean: Path, tmp_path: Path) -> None:
    extracts = [
        path for path in clean.glob("*.csv") if path.stem in ("population", "neighbourhoods", "postcodes", "staff")
    ]
    _run(
        "load", tmp_path / "area", "--sen2", *sorted((clean / "sen2").glob("*.xml")),
        "--gias", *(clean / "gias").glob("*.csv"), "--extracts", *extracts,
    )  # fmt: skip
    loaded, given = store.load(tmp_path / "area"), store.load(clean / "area")
    order = ["census_year", "person_id"]
    assert loaded["census"].sort(order).equals(given["census"].sort(order))
    assert loaded.census_years() == [2023, 2024, 2025, 2026]


def test_forecast_and_report_from_the_loaded_area(clean: Path, tmp_path: Path) -> None:
    _run("forecast", clean / "area", "--years", "3", "--futures", "50", "--out", tmp_path / "forecast")
    summary = pl.read_csv(tmp_path / "forecast" / "summary.csv")
    assert {"year", "dimension", "value", "mean", "p10", "p50", "p90"} <= set(summary.columns)
    assert sorted(summary["year"].unique()) == [2026, 2027, 2028, 2029]
    page = tmp_path / "report.html"
    book = tmp_path / "report.xlsx"
    _run("report", clean / "area", "--years", "3", "--futures", "50", "--out", page, "--workbook", book)
    text = page.read_text(encoding="utf-8")
    assert text.count("<h1") == 1
    assert not re.search(r'(src|href)="https?://', text.replace('href="https://www.', 'cited="'))
    assert book.read_bytes()[:2] == b"PK"


def test_one_return_alone_is_enough_for_a_forecast(clean: Path, tmp_path: Path) -> None:
    _run("load", tmp_path / "area", "--sen2", clean / "sen2" / "sen2_2026.xml")
    assert store.load(tmp_path / "area").census_years() == [2025, 2026]
    _run("forecast", tmp_path / "area", "--years", "2", "--futures", "20", "--out", tmp_path / "forecast")


def test_a_return_for_another_authority_is_refused_by_name(clean: Path, tmp_path: Path) -> None:
    other = tmp_path / "other_2025.xml"
    text = (clean / "sen2" / "sen2_2025.xml").read_text(encoding="utf-8")
    other.write_text(text.replace("<LEA>999</LEA>", "<LEA>302</LEA>"), encoding="utf-8")
    done = _run("load", tmp_path / "area", "--sen2", clean / "sen2" / "sen2_2026.xml", other, expect=3)
    assert "not of one authority" in done.stderr
    assert not (tmp_path / "area").exists()


def test_an_unmatched_setting_is_counted_not_dropped(clean: Path, tmp_path: Path) -> None:
    done = _run("load", tmp_path / "area", "--sen2", *sorted((clean / "sen2").glob("*.xml"))[-2:])
    assert "no register of settings was given" in done.stdout
    with_register = store.load(clean / "area")["census"].filter(pl.col("census_year") == 2026).height
    assert store.load(tmp_path / "area")["census"].filter(pl.col("census_year") == 2026).height == with_register


def test_published_statistics_alone_give_an_authority_a_forecast(open_data: Path, tmp_path: Path) -> None:
    _run("load", tmp_path / "area", "--statistics", open_data, "--authority", "Barnet")
    _run("forecast", tmp_path / "area", "--years", "5", "--futures", "100", "--out", tmp_path / "forecast")
    total = pl.read_csv(tmp_path / "forecast" / "summary.csv").filter(pl.col("dimension") == "total")
    assert total.height == 6
    assert (total["p10"] <= total["p90"]).all()
