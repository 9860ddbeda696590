"""Attacks on a report made to be published: read what came out, and look for what must not be there."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import html5lib
import numpy as np
import openpyxl
import polars as pl
import pytest
from scipy.optimize import linprog

from rightplace.report import first_plan, html, workbook
from rightplace.report.counted_flows import counted_flows
from rightplace.report.inputs import FindingsSummary
from rightplace.report.labels import label
from rightplace.report.model import Report
from rightplace.vocabulary.year_group import YEAR_GROUPS, phase

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "report_case.py")))
LABELS = re.compile(
    r"\b(Year|Nursery|Aged) \d+\b|\b\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b"
)
SMALL = re.compile(r"(?<![\w.,/])[-+\N{MINUS SIGN}]?[1-4](?![\w/]|[.,]\d)")
PERSON = re.compile(r"\b[A-Z]\d{11}[A-Z0-9]\b|\b[pqs]\d+\b|person \d+ in")


def published(people: int, seed: int) -> tuple[Report, object]:
    area = CASE.area(people, seed)
    told = FindingsSummary.of(CASE.findings())
    return first_plan.build(area, CASE.forecast(area), told, reasons=CASE.reasons(area), publish=True), area


def readable(page: str) -> Iterator[str]:
    """Every text of a page that a reader, a screen reader or a copied picture could give."""
    root = html5lib.parse(page)
    for element in root.iter():
        if str(element.tag).endswith("}style"):
            continue
        yield from (part for part in (element.text,) if part)
        yield from (
            value for name, value in element.attrib.items() if name in ("title", "alt", "aria-label", "content")
        )
    yield from (element.tail for element in root.iter() if element.tail)


@pytest.mark.parametrize(("people", "seed"), [(30, 3), (300, 4)])
def test_no_number_from_1_to_4_can_be_read_on_the_page(people: int, seed: int) -> None:
    """Not in a sentence, a cell, a chart's label or axis, nor in a text for screen readers."""
    report, _ = published(people, seed)
    texts = [LABELS.sub("", one) for one in readable(html.render(report)) if "initial-scale" not in one]
    assert [one for one in texts if SMALL.search(one)] == []
    assert [one for one in texts if PERSON.search(one)] == []
    assert "c" in texts


def test_the_search_would_find_them_in_a_report_for_inside() -> None:
    area = CASE.area(300, 4)
    report = first_plan.build(area, CASE.forecast(area), publish=False)
    assert any(SMALL.search(LABELS.sub("", one)) for one in readable(html.render(report)))


@pytest.mark.parametrize(("people", "seed"), [(30, 3), (80, 7), (300, 4)])
def test_no_number_from_1_to_4_is_in_the_workbook(people: int, seed: int, tmp_path: Path) -> None:
    report, _ = published(people, seed)
    workbook.write(report, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(tmp_path / "plan.xlsx")
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for value in cells:
        if isinstance(value, str):
            assert not SMALL.search(LABELS.sub("", value)), value
            assert not PERSON.search(value), value
        elif not 2000 < value < 2100:
            assert value == 0 or abs(value) >= 5 or 0.05 <= value <= 1, value
            assert abs(value) <= 1 or value % 5 == 0, value
    assert not [name for name in book.sheetnames if SMALL.search(name)]


@pytest.mark.parametrize("seed", range(12))
def test_no_small_count_can_be_worked_out_from_the_workbook(seed: int, tmp_path: Path) -> None:
    """Every table of counts is read back, joined by all the sums there are, and attacked by linear programming.

    The attacker knows the rule, each January's exact total, and whether each mark hides a small count.
    """
    report, area = published(25 * (seed + 1), seed)
    workbook.write(report, tmp_path / "plan.xlsx")
    shown = read_counts(openpyxl.load_workbook(tmp_path / "plan.xlsx"))
    truth = true_counts(area)
    sums = known_sums(truth)
    bounds = what_is_known(truth, shown, sums)
    small = [cell for cell, count in truth.items() if 0 < count < 5 and cell[1] != "total"]
    assert small
    for cell in small:
        assert shown.get(cell, "c") == "c", cell
    for cell in small[:: max(1, len(small) // 12)]:
        least, greatest = extremes(bounds, sums, cell)
        assert least <= 1.001, (cell, least)
        assert greatest >= 3.999, (cell, greatest)


Cell = tuple[int, str, str]


def read_counts(book) -> dict[Cell, int | str]:
    found: dict[Cell, int | str] = {}
    for dimension in ("need", "setting", "phase", "year_group"):
        sheet = book[f"{dimension.replace('_', ' ').capitalize()} every year"]
        (name,) = sheet.tables
        for row in list(sheet[sheet.tables[name].ref])[1:]:
            value, year, how, low, middle, high = (cell.value for cell in row)
            if how == "Counted":
                assert low == middle == high
                found[year, dimension, value] = middle
    return found


def true_counts(area) -> dict[Cell, int]:
    return {
        (year, dimension, "total" if dimension == "total" else label(dimension, value)): int(people)
        for year, dimension, value, people in CASE.counts(area).iter_rows()
    }


def known_sums(truth: dict[Cell, int]) -> list[tuple[Cell, list[Cell]]]:
    sums = []
    for year in CASE.YEARS:
        for dimension in ("need", "setting", "phase", "year_group"):
            sums.append(((year, "total", "total"), [cell for cell in truth if cell[:2] == (year, dimension)]))
        groups = {label("year_group", str(group)): label("phase", str(phase(group))) for group in YEAR_GROUPS}
        for cell in truth:
            if cell[:2] == (year, "phase"):
                inner = [one for one in truth if one[:2] == (year, "year_group") and groups[one[2]] == cell[2]]
                sums.append((cell, inner))
    return sums


def what_is_known(truth: dict[Cell, int], shown: dict[Cell, int | str], sums) -> dict[Cell, tuple[int, int]]:
    limit = 2 * max(truth.values()) + 50
    marked = {cell for cell in truth if cell[1] != "total" and not isinstance(shown.get(cell, "c"), int)}
    nothing_shown = {
        cell
        for total, parts in sums
        if marked.union(one for one in truth if one[1] == "total") >= {total, *parts}
        for cell in parts
    }
    bounds = {}
    for cell, count in truth.items():
        number = shown.get(cell, "c")
        if cell[1] == "total":
            bounds[cell] = (count, count)
        elif isinstance(number, int):
            bounds[cell] = (max(5, number - 2), number + 2) if number else (0, 0)
        elif cell in nothing_shown:
            bounds[cell] = (0, limit)
        else:
            bounds[cell] = (1, 4) if count < 5 else (5, limit)
    return bounds


def extremes(bounds, sums, cell: Cell) -> tuple[float, float]:
    cells = list(bounds)
    place = {one: number for number, one in enumerate(cells)}
    rows = np.zeros((len(sums), len(cells)))
    for number, (total, parts) in enumerate(sums):
        rows[number, [place[part] for part in parts]] = 1
        rows[number, place[total]] = -1
    cost = np.zeros(len(cells))
    cost[place[cell]] = 1
    ends = [
        linprog(sign * cost, A_eq=rows, b_eq=np.zeros(len(sums)), bounds=[bounds[one] for one in cells])
        for sign in (1, -1)
    ]
    assert all(end.status == 0 for end in ends)
    return ends[0].fun, -ends[1].fun


def test_a_hidden_count_leaves_no_trace_in_the_report() -> None:
    """Two areas that differ only in a count that is hidden give the same report, of which page and workbook are made."""
    area = CASE.area(150, 5)
    forecast = CASE.forecast(area)
    small = forecast.summary.filter(
        (pl.col("year") == 2026) & (pl.col("dimension") == "need") & pl.col("mean").is_between(2, 3)
    )
    assert not small.is_empty()
    this = (pl.col("dimension") == "need") & (pl.col("value") == small["value"][0])
    now = float(small["mean"][0])
    # The made forecast grows from the count, so every year of the hidden series changes with it.
    ends = ("mean", "p10", "p50", "p90")
    more = [pl.when(this).then(pl.col(name) * (now + 1) / now).otherwise(pl.col(name)).alias(name) for name in ends]
    counted = pl.col("people") + pl.when(this & (pl.col("year") == 2026)).then(1).otherwise(0)
    changed = replace(
        forecast, summary=forecast.summary.with_columns(more), history=forecast.history.with_columns(counted)
    )
    reports = [first_plan.build(area, one, publish=True) for one in (forecast, changed)]
    assert reports[0] == reports[1]
    inside = [first_plan.build(area, one, publish=False) for one in (forecast, changed)]
    assert inside[0] != inside[1]


@pytest.mark.parametrize("seed", range(6))
def test_no_small_flow_can_be_worked_out_from_the_exact_totals(seed: int) -> None:
    """Joiners less leavers is the change between two totals that anyone can look up, so each betrays the other."""
    report, area = published(8 + 4 * seed, seed)
    table = next(table for table in report.tables() if table.key == "flow-table")
    rows = {row[0]: (row[2], row[5]) for row in table.rows if row[1] == "Counted"}
    real = {(year, flow): people for year, flow, people in counted_flows(area).iter_rows()}
    looked_at = 0
    for year, numbers in rows.items():
        true = (real[year, "joiners"], real[year, "leavers"])
        net = true[0] - true[1]
        everything = {(joiners, joiners - net) for joiners in range(max(0, net), 400)}
        whole = all(number.value is None for number in numbers)
        possible = {
            pair
            for pair in everything
            if all(
                fits(value, count, number.value, whole)
                for value, count, number in zip(pair, true, numbers, strict=True)
            )
        }
        for place, count in enumerate(true):
            if 0 < count < 5:
                looked_at += 1
                before = {pair[place] for pair in everything}
                assert {pair[place] for pair in possible} >= before & {1, 2, 3, 4}, (year, true, numbers)
    assert looked_at


def fits(value: int, count: int, shown: int | None, nothing_shown: bool) -> bool:
    """Whether a reader must allow a value for a count: by what is shown, or by what a mark can stand for."""
    if shown is not None:
        return value == 0 if shown == 0 else max(5, shown - 2) <= value <= shown + 2
    return nothing_shown or (1 <= value <= 4 if 0 < count < 5 else value >= 5)
