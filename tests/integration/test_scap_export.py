"""``rightplace export-scap``: the sheet adds up, is the forecast's, says what is not verified, and opens as a workbook."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import openpyxl
import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from rightplace.area import store
from rightplace.cli import export_scap as command
from rightplace.errors import DataError, UserError
from rightplace.example.make import make_example
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.run import forecast
from rightplace.places.pathways.specialist import ALL, PHASES, PROVISION, Specialist, specialist, tables
from rightplace.returns.scap.layout import COLUMNS
from rightplace.returns.scap.sheet import sheet
from rightplace.returns.scap.write import files

FUTURES = 15


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("example") / "made"
    make_example(made)
    return made / "area"


@pytest.fixture(scope="module")
def found(folder: Path) -> Specialist:
    return specialist(store.load(folder), futures=FUTURES, seed=4)


def _invoke(*words: str) -> str:
    app = typer.Typer()
    app.command()(command.run)
    told = CliRunner().invoke(app, list(words), catch_exceptions=False)
    assert told.exit_code == 0, told.output
    return " ".join(told.output.split())


def test_years_and_phases_are_those_of_the_guide(found: Specialist) -> None:
    """Five academic years for primary and seven for secondary specialist placements (SCAP survey 2026 guide, section 1)."""
    years = found.cells.group_by("phase").agg(pl.col("academic_year").unique().sort()).sort("phase")
    start = found.start
    assert dict(years.iter_rows()) == {
        "primary": list(range(start, start + 5)), "secondary": list(range(start, start + 7)),
    }  # fmt: skip


def test_the_first_year_can_be_later_and_not_earlier(folder: Path, found: Specialist) -> None:
    """Its years begin where they are asked to; before the first, and far beyond the forecast, there is none."""
    area = store.load(folder)
    later = specialist(area, first=found.start + 2, futures=FUTURES, seed=4)
    assert later.ranges.filter(phase="primary")["academic_year"].unique().sort().to_list() == list(
        range(found.start + 2, found.start + 7)
    )
    for first in (found.start - 1, found.start + 11):
        with pytest.raises(UserError, match="cannot start in September"):
            specialist(area, first=first, futures=FUTURES)


def test_the_sheet_adds_up_to_the_middle_of_the_futures(found: Specialist) -> None:
    """Each phase and year: whole cells add up to the rounded median of all provision; each is within one of its part of it."""
    middle = found.ranges.filter(provision=ALL).select("academic_year", "phase", "middle", whole_mean="mean")
    sums = (
        found.cells.group_by("academic_year", "phase")
        .agg(pl.col("pupils").sum())
        .join(middle, on=["academic_year", "phase"])
    )
    assert ((sums["pupils"] - sums["middle"]).abs() <= 0.5).all()
    part = found.cells.join(middle, on=["academic_year", "phase"]).with_columns(
        exact=(pl.col("middle") + 0.5).floor() * pl.col("mean") / pl.col("whole_mean")
    )
    assert ((part["pupils"] - part["exact"]).abs() < 1).all()
    assert found.cells["pupils"].sum() > 0


def test_means_are_the_forecasts_own(folder: Path, found: Specialist) -> None:
    """Of every year group together, provision by provision: no more than the forecast has of those kinds, and near it.

    The forecast's plans by kind are margins of its engine; pupils here are those in reception to year 14, counted one by one.
    """
    made = forecast(store.load(folder), years=7, futures=FUTURES, seed=4, mode="individual")
    year = found.start + 1
    kinds = made.summary.filter(pl.col("year") == year, pl.col("dimension") == "setting")
    for provision in set(PROVISION.values()):
        of = [str(kind) for kind, name in PROVISION.items() if name == provision]
        every = kinds.filter(pl.col("value").is_in(of))["mean"].sum()
        ours = found.ranges.filter(provision=provision, academic_year=year - 1)["mean"].sum()
        assert 0.75 * every <= ours <= every + 1e-9


def test_cells_by_hand() -> None:
    """Two futures of 10 and 14 pupils: the middle, 12, divided 2:1 as the means are; other kinds and ages are left out."""
    kinds = ("mainstream", "special_state", "sen_unit")
    places = np.zeros((2, 10, GROUPS, 3), np.int32)
    places[0, 1, 4 + 3, 1:] = [6, 4]
    places[1, 1, 4 + 3, 1:] = [10, 4]
    places[:, 1, 4 + 3, 0] = 99
    places[:, 1, 4 - 1, 1] = 50
    cells, ranges = tables(places, kinds, 2026)
    here = cells.filter(academic_year=2026, phase="primary").filter(pl.col("pupils") > 0)
    assert here.select("provision", "year_group", "pupils").rows() == [("special_school", 3, 8), ("sen_unit", 3, 4)]
    whole = ranges.filter(academic_year=2026, phase="primary", provision=ALL)
    assert whole.select("low", "middle", "high", "mean").row(0) == pytest.approx((10.4, 12.0, 13.6, 12.0))
    assert cells.filter(phase="secondary")["pupils"].sum() == 0
    sooner, _ = tables(np.roll(places, 2, axis=1), kinds, 2024, skip=2)
    assert sooner.filter(academic_year=2026, phase="primary").equals(cells.filter(academic_year=2026, phase="primary"))


def test_the_workbook_and_the_csv_say_the_same(folder: Path, tmp_path: Path) -> None:
    said = _invoke(str(folder), "--out", str(tmp_path / "scap.xlsx"), "--futures", "5")
    assert "template was not seen" in said
    _invoke(str(folder), "--out", str(tmp_path / "scap.csv"), "--futures", "5")
    flat = pl.read_csv(tmp_path / "scap.csv", schema_overrides={"la_code": pl.String})
    assert flat.columns == [column.name for column in COLUMNS]
    book = openpyxl.load_workbook(tmp_path / "scap.xlsx")
    assert book.sheetnames == ["Primary", "Secondary", "Ranges", "Layout", "Notes"]
    for name, phase in (("Primary", "primary"), ("Secondary", "secondary")):
        head, *rows = book[name].iter_rows(values_only=True)
        first, last, ahead = PHASES[phase]
        assert len(rows) == ahead * len(set(PROVISION.values()))
        assert len(head) == 5 + (last - first + 1) + 1
        wanted = flat.filter(phase=phase).select([str(each) for each in head])
        assert [tuple(row) for row in rows] == wanted.rows()
        assert all(row[-1] == sum(row[5:-1]) for row in rows)
    assert {row[2] for row in book["Layout"].iter_rows(min_row=2, values_only=True)} == {"yes", "no"}
    assert all(path.is_file() for path in files(tmp_path / "scap.csv"))
    before = (tmp_path / "scap.xlsx").read_bytes()
    _invoke(str(folder), "--out", str(tmp_path / "scap.xlsx"), "--futures", "5")
    assert (tmp_path / "scap.xlsx").read_bytes() == before


def test_bad_names_and_bad_cells_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"neither a workbook nor a CSV"):
        files(tmp_path / "scap.ods")
    cell = {"academic_year": 2026, "phase": "primary", "provision": "sen_unit", "year_group": 3, "pupils": 2}
    for rows in ([cell, cell], [{**cell, "pupils": -1}], [{**cell, "year_group": 15}]):
        with pytest.raises(DataError, match="year group"):
            sheet(pl.DataFrame(rows), la_code="999", name="Testshire")
    one = sheet(pl.DataFrame([cell]), la_code="999", name="Testshire")
    assert one.select("la_code", "academic_year", "year_3", "year_4", "total").row(0) == ("999", "2026/27", 2, None, 2)
