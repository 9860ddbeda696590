"""How right such forecasts have been, in the report: what the files say, or how to make them."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import html5lib
import polars as pl
import pytest

from rightplace.errors import UserError
from rightplace.forecast.backtest import averages
from rightplace.forecast.backtest.result import OURS
from rightplace.forecast.backtest.scores import scored
from rightplace.forecast.backtest.sizes import size
from rightplace.report import first_plan, html, workbook
from rightplace.report.backtest_summary import BacktestSummary
from rightplace.report.csv_files import write_backtest
from rightplace.report.model import Figure, Section

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "report_case.py")))
SMALL = re.compile(r"(?<![\w.,/])[-+\N{MINUS SIGN}]?[1-4](?![\w/]|[.,]\d)")


def folder(path: Path, *, ours: float = 104.0, areas: int = 12) -> Path:
    """Results of a back-test in which no change is out by 10% and Rightplace by ``ours`` less 100, one and two years ahead."""
    rows = []
    for horizon in (1, 2):
        for number in range(areas):
            truth = 40.0 * (number + 5)
            for method, percent in (("no change", 90.0), (OURS, ours + horizon - 1)):
                middle = truth * percent / 100
                reach = (None,) * 4 if method != OURS else (middle * 0.9, middle * 0.97, middle * 1.03, middle * 1.1)
                place = (
                    str(301 + number),
                    f"Area {number}",
                    2022,
                    2022 + horizon,
                    horizon,
                    "total",
                    "total",
                    method,
                    size(truth),
                )
                rows.append((*place, truth * 0.9, truth, *reach[:2], middle, *reach[2:]))
    columns = ["la_code", "area", "origin", "target", "horizon", "dimension", "value", "method", "size", "now", "truth", "p2_5", "p10", "p50", "p90", "p97_5"]  # fmt: skip
    frame = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
    about = "authorities in England" if areas > 1 else "Marlshire (made-up)"
    write_backtest(averages.of(scored(frame), about, ()), path)
    return path


def build(results: BacktestSummary | None, *, publish: bool = False):
    area = CASE.area()
    return first_plan.build(area, CASE.forecast(area), backtest=results, publish=publish)


def section(results: BacktestSummary | None) -> Section:
    return next(one for one in build(results).sections if one.key == "how-right")


def figure(found: Section) -> Figure:
    return next(block for block in found.blocks if isinstance(block, Figure))


def test_without_results_the_report_says_how_to_make_them() -> None:
    (only,) = section(None).blocks
    assert "rightplace backtest --statistics" in only.text
    assert "--backtest DIR" in only.text


def test_numbers_are_those_of_the_files(tmp_path: Path) -> None:
    found = section(BacktestSummary.read(folder(tmp_path / "b")))
    drawn = figure(found)
    assert drawn.table.rows == (("No change", "10.0", "10.0"), ("Rightplace", "4.0", "5.0"))
    bars = {(panel, bar.label): bar.value for panel, held in drawn.chart.panels for bar in held}
    assert bars == pytest.approx(
        {("One year ahead", "No change"): 10.0, ("One year ahead", "Rightplace"): 4.0,
         ("Two years ahead", "No change"): 10.0, ("Two years ahead", "Rightplace"): 5.0}
    )  # fmt: skip
    assert "came nearer than every" in drawn.title
    opening = found.blocks[0].text
    assert "12 authorities in England were forecast from January 2022" in opening
    assert "by 4.0% one year ahead and by 5.0% two years ahead" in opening
    assert "held 0% and 0%" in opening
    assert "this area is one of 100 to 1,499 plans. Forecasts for areas of that size missed by 4.0%" in " ".join(
        getattr(block, "text", "") for block in found.blocks
    )


def test_a_rival_that_was_nearer_is_in_the_title(tmp_path: Path) -> None:
    found = section(BacktestSummary.read(folder(tmp_path / "b", ours=115.0)))
    assert (
        figure(found).title == "A simpler method came nearer: No change, one year ahead and No change, two years ahead"
    )
    scores = next(table for table in found.tables() if table.key == "past-scores")
    assert any(note.startswith("Lower than Rightplace: No change") for note in scores.notes)


def test_results_of_one_area_are_named_as_such(tmp_path: Path) -> None:
    found = section(BacktestSummary.read(folder(tmp_path / "b", areas=1)))
    assert "Plans of Marlshire (made-up) were forecast" in found.blocks[0].text
    assert {table.key for table in found.tables()} == {"past-errors-table", "past-scores"}


def test_results_of_one_area_are_not_published(tmp_path: Path) -> None:
    """Per cents of one area's total, with the total of another January, would give an exact count."""
    report = build(BacktestSummary.read(folder(tmp_path / "b", areas=1)), publish=True)
    (note,) = next(one for one in report.sections if one.key == "how-right").blocks
    assert "not in a version made to be published" in note.text


def test_page_and_workbook_show_it_and_a_published_page_has_no_small_number(tmp_path: Path) -> None:
    results = BacktestSummary.read(folder(tmp_path / "b"))
    report = build(results, publish=True)
    page = html5lib.parse(html.render(report))
    workbook.write(report, tmp_path / "r.xlsx")
    (part,) = [one for one in page.iter() if one.get("aria-labelledby") == "how-right"]
    texts = [" ".join(text.split()) for text in part.itertext()]
    assert "Mean absolute error, per cent" in texts
    assert [text for text in texts if SMALL.search(text)] == []


@pytest.mark.parametrize(
    ("file", "spoil"),
    [
        ("summary.csv", lambda text: "name,value\na,1\n"),
        ("summary.csv", lambda text: text.replace(OURS, "Other")),
        ("summary.csv", lambda text: text.splitlines()[0] + "\n"),
        ("summary.csv", lambda text: text.replace(",10.0,", ",-10.0,", 1)),
        ("by_size.csv", lambda text: text.replace(",10.0,", ",ten,", 1)),
        ("by_size.csv", None),
    ],
)
def test_a_folder_that_holds_no_back_test_is_refused(tmp_path: Path, file: str, spoil) -> None:
    path = folder(tmp_path / "b") / file
    if spoil is None:
        path.unlink()
    else:
        changed = spoil(path.read_text())
        assert changed != path.read_text()
        path.write_text(changed)
    with pytest.raises(UserError, match="not a result of a back-test"):
        BacktestSummary.read(tmp_path / "b")
