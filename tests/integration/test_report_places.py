"""The pages of places: the plan of a September, and the investment paper. One model, a page and a workbook that agree."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import html5lib
import openpyxl
import polars as pl
import pytest

from rightplace.disclosure.published import Published
from rightplace.places.assign.run import assign
from rightplace.places.bring_home import bring_home
from rightplace.places.invest.closing import EVERYONE
from rightplace.places.invest.result import CLOSURES, FRONTIER, SCHEMES, YEARS, Investment
from rightplace.places.siting.proof import Proof
from rightplace.report import html, investment_report, placement_report, workbook
from rightplace.report.model import Figure, Report

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "places_case.py")))
XHTML = "{http://www.w3.org/1999/xhtml}"


def _area():
    """Forty Year 6 children. School 2, special, takes 12 of them; 3 and 4 are independent, 4 in another area and far away."""
    older = {"low_age": 11, "high_age": 16, "roll": 0, "needs": ["ASD"]}
    settings = [
        CASE.setting("1", "mainstream"),
        CASE.setting("2", "special_state", **older, capacity=12, easting=3000.0),
        CASE.setting("3", "special_independent", **older, capacity=11, easting=9000.0),
        CASE.setting("4", "special_independent", **older, capacity=13, easting=40000.0, la_code="998"),
    ]
    children = [CASE.child(f"P{number:02}", 6, "mainstream", "1") for number in range(40)]
    children.append(CASE.child("P90", 8, "special_independent", "4"))
    wishes = [
        {"person_id": f"P{number:02}", "academic_year": 2026, "rank": 1, "setting_id": "2", "base": "main"}
        for number in range(20)
    ]
    return CASE.area(settings, children, preferences=wishes)


@pytest.fixture(scope="module")
def made():
    area = _area()
    return area, assign(area, september=2026)


@pytest.fixture(scope="module", params=[False, True], ids=["inside", "publish"])
def report(request, made) -> Report:
    area, plan = made
    return placement_report.build(area, plan, september=2026, publish=request.param)


def _table(report: Report, key: str):
    return next(table for table in report.tables() if table.key == key)


def _words(report: Report) -> str:
    return re.sub(r"\s+", " ", "".join(html5lib.HTMLParser(strict=True).parse(html.render(report)).itertext()))


def test_children_away_have_the_suitable_base_nearer_home_by_hand(made) -> None:
    """Homes at 0 and schools at 3, 9 and 40 km. Of 12 at school 3 and 4, and P90 who stays at 4, all are nearer school 2."""
    area, plan = made
    away = bring_home(plan, area, september=2026)
    assert away.height == plan.assignments.filter(pl.col("setting").is_in(["3", "4"])).height + 1
    assert away["local_setting"].to_list() == ["2"] * away.height
    assert (away["local_km"] < away["km"]).all()
    assert away["local_full"].all()
    assert away.filter(~pl.col("cohort"))["person"].to_list() == ["P90"]
    outside = dict(away.group_by("setting").agg(pl.col("outside").all()).iter_rows())
    assert outside == {"3": False, "4": True}


def test_a_base_further_than_where_the_child_is_brings_nobody_home() -> None:
    settings = [
        CASE.setting("1", "mainstream"),
        CASE.setting("2", "special_state", low_age=11, capacity=9, easting=30000.0),
        CASE.setting("3", "special_independent", low_age=11, capacity=9, easting=2000.0),
    ]
    settings = [{**row, "high_age": 16} if row["setting_id"] != "1" else row for row in settings]
    wish = [{"person_id": "P1", "academic_year": 2026, "rank": 1, "setting_id": "3", "base": "main"}]
    area = CASE.area(settings, [CASE.child("P1", 6, "mainstream", "1")], preferences=wish)
    away = bring_home(assign(area, september=2026), area, september=2026)
    assert away.select("setting", "local_setting").rows() == [("3", None)]


def test_the_inside_version_holds_the_numbers_of_the_plan(made) -> None:
    area, plan = made
    report = placement_report.build(area, plan, september=2026, publish=False)
    (row,) = [row for row in _table(report, "settings-table").rows if row[0] == "School 2"]
    assert [cell.value for cell in row[3:8]] == [12, 0, 0, 12, 12]
    assert len(_table(report, "unplaced-table").rows) == plan.unplaced.height == 40 - 12 - 11 - (13 - 1)
    words = _words(report)
    assert "35 of 40 children and young people" in words
    assert all(person in words for person in plan.unplaced["person"])


def test_the_published_version_names_nobody_and_shows_no_small_count(made) -> None:
    """No count of 1 to 4 or off a multiple of 5 (the usual rule for counts of pupils in England), and no person's number."""
    area, plan = made
    report = placement_report.build(area, plan, september=2026, publish=True)
    assert not re.search(r"\bP\d\d\b", _words(report))
    assert "unplaced-table" not in {table.key for table in report.tables()}
    for table in report.tables():
        for row in table.rows:
            for cell, column in zip(row, table.columns, strict=True):
                people = isinstance(cell, Published) and cell.value and column.name != "Places"
                assert not people or cell.value % 5 == 0
    assert any(cell == "c" for table in report.tables() for row in table.rows for cell in map(str, row))


def test_the_page_is_valid_stands_alone_and_agrees_with_the_workbook(report: Report, tmp_path: Path) -> None:
    page = html.render(report)
    root = html5lib.HTMLParser(strict=True).parse(page)
    assert {f"{XHTML}{name}" for name in ("script", "link", "img")}.isdisjoint({one.tag for one in root.iter()})
    assert not re.search(r"\b(src|srcset|onclick)=|@import", page)
    figures = [block for section in report.sections for block in section.blocks if isinstance(block, Figure)]
    assert len(list(root.iter(f"{XHTML}figure"))) == len(figures) == 1
    workbook.write(report, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    for table in report.tables():
        sheet = book[workbook.sheet_name(table)]
        (name,) = sheet.tables
        held = [[cell.value for cell in row] for row in sheet[sheet.tables[name].ref]][1:]
        for cells, row in zip(held, table.rows, strict=True):
            assert [str(value) for value in cells] == [
                str(cell.value) if isinstance(cell, Published) and cell.value is not None else
                str(cell.percent / 100 if cell.percent else cell.text) if hasattr(cell, "percent") else str(cell)
                for cell in row
            ]  # fmt: skip


def _investment(**changed) -> Investment:
    scheme = {
        "scheme": "a", "name": "A unit", "kind": "sen_unit", "setting_id": "1", "opens": 2028, "places": 10,
        "capital_gbp": 2_000_000.0, "staff_fte": 5.0, "children": 8.5, "serves": "autism (8)", "replaces": "School 3 (8.5)",
        "pays_share": 0.8, "without_gbp": 300_000.0, "without_left_out": 1.5, "reason": "Without it the plan costs more.",
    }  # fmt: skip
    year = {"september": 2028, "children_mean": 100.0, "children_p90": 120.0, "places": 115.0, "new_places": 10.0,
            "capital_gbp": 0.0, "left_out_mean": 0.2, "kept": 0.92}  # fmt: skip
    points = [
        {"promise": promise, "travel_weight": 1.0, "cost_gbp": cost, "capital_gbp": 2e6, "transport_gbp": 1e5, "km": 5.0,
         "left_out": left, "kept": kept, "schemes": 1, "gap": 0.004, "meets": True}
        for promise, cost, left, kept in ((None, 9e6, 3.0, 0.5), (0.9, 10e6, 0.2, 0.92))
    ]  # fmt: skip
    known = {
        "schemes": pl.DataFrame([scheme], schema=SCHEMES), "years": pl.DataFrame([year], schema=YEARS),
        "frontier": pl.DataFrame(points, schema=FRONTIER), "considered": pl.DataFrame(), "proof": Proof(incumbent=10e6, bound=9.96e6),
        "promise": 0.9, "promise_from": 2030, "kept": 0.92, "kept_elsewhere": 0.91, "meets": True, "in_the_way": (),
        "least_budget_gbp": None, "cost_now_gbp": 12e6, "futures": 60, "doubts": ("School 2: places not known",), "method": "Made so.",
    }  # fmt: skip
    return Investment(**known | changed)


def test_the_paper_says_what_is_promised_kept_and_how_far_from_the_best(made) -> None:
    """The gap by hand: (10.00 - 9.96) / 10.00 is 0.4%."""
    paper = investment_report.build(made[0], _investment())
    words = _words(paper)
    assert "1 schemes" not in words
    assert "every child has a place in 90% of futures" in words
    assert "Kept in 92% of the 60 futures planned for, and in 91%" in words
    assert "at most 0.4% from the best" in words
    assert "£2.0 million less than with nothing new" in words
    assert "School 2: places not known" in words
    assert _table(paper, "frontier-table").rows[1][0] == "90% of futures"
    figure = next(block for section in paper.sections for block in section.blocks if isinstance(block, Figure))
    assert figure.chart.main == "90% of futures"


def test_a_plan_that_cannot_be_names_what_stands_in_the_way(made) -> None:
    plan = _investment(meets=False, in_the_way=("capital in 2027",), least_budget_gbp=5e6)
    words = _words(investment_report.build(made[0], plan))
    assert "In the way: capital in 2027" in words
    assert "£5.0 million" in words


def test_a_plan_with_nothing_to_open_says_so(made) -> None:
    none = {"schemes": pl.DataFrame(schema=SCHEMES), "frontier": pl.DataFrame(schema=FRONTIER)}
    assert "opens nothing" in _words(investment_report.build(made[0], _investment(**none)))


def _closure(**changed) -> pl.DataFrame:
    row = {
        "setting_id": "1", "base": "unit", "name": "An old unit", "action": "close", "september": 2028, "places_now": 14.0,
        "places_last": 4.0, "saved_gbp": 250_040.0, "duty": f"First publish proposals. {EVERYONE}",
    }  # fmt: skip
    return pl.DataFrame([row | changed], schema=CLOSURES)


def test_what_is_closed_is_told_with_what_must_come_first_and_that_nobody_moves(made) -> None:
    for publish in (False, True):
        paper = investment_report.build(made[0], _investment(closures=_closure()), publish=publish)
        words = _words(paper)
        assert "No child is moved" in words
        assert "First publish proposals." in words
        (row,) = _table(paper, "closures").rows
        assert row[:3] == ("An old unit", "Close", 2028)
    assert "closures" not in {table.key for table in investment_report.build(made[0], _investment()).tables()}


def test_a_paper_to_publish_has_no_number_of_single_children(made) -> None:
    """Means of few children (8.5 served, 0.2 left out) and the names of who is short are left out; totals go to the nearest 5."""
    plan = _investment(meets=False, in_the_way=("places for autism: 3.2 children a year without one",))
    words = _words(investment_report.build(made[0], plan, publish=True))
    for hidden in ("8.5", "autism (8)", "3.2 children", "Left out a year"):
        assert hidden not in words
        assert hidden in _words(investment_report.build(made[0], plan)) or hidden == "Left out a year"
    (row,) = _table(investment_report.build(made[0], plan, publish=True), "budget").rows
    assert [cell.value for cell in row[1:4]] == [100, 120, 115]
