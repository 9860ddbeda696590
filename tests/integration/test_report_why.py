"""The report's sections on why plans change, where the doubt comes from, rates and ages: true inside, safe outside."""

from __future__ import annotations

import re
import runpy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import html5lib
import openpyxl
import polars as pl
import pytest

from rightplace.disclosure.published import SUPPRESSED, Published
from rightplace.report import first_plan, html, workbook
from rightplace.report.charts.draw import draw
from rightplace.report.charts.spec import Part, Signed
from rightplace.report.labels import label
from rightplace.report.model import Report, Section, TableBlock

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "report_case.py")))
SECTIONS = ("why", "doubt", "rates")
SMALL = re.compile(r"(?<![\w.,/])[-+\N{MINUS SIGN}]?[1-4](?![\w/]|[.,]\d)")


def made(people: int = 300, seed: int = 4, *, publish: bool = False) -> Report:
    area = CASE.area(people, seed)
    return first_plan.build(area, CASE.forecast(area), reasons=CASE.reasons(area), publish=publish)


def sections(report: Report) -> dict[str, Section]:
    return {one.key: one for one in report.sections if one.key in SECTIONS}


def table(report: Report, key: str) -> TableBlock:
    return next(one for one in report.tables() if one.key == key)


def number(cell: object) -> int:
    assert isinstance(cell, Published)
    assert cell.value is not None
    return cell.value


def test_the_parts_shown_add_up_to_the_change() -> None:
    """The made parts are 40, -25, -2, 12, 3.4, 1.2 and -1.6 a year for ten years: the change is 280, by hand."""
    rows = {row[0]: row[1:] for row in table(made(), "why-table").rows}
    means = {name: number(cells[0]) for name, cells in rows.items()}
    assert means.pop("Change in all") == sum(means.values()) == 280
    assert means["How often people join"] == 120
    assert [number(cell) for cell in rows["Number of residents"]] == [-20, -30, -10]
    assert "moved" not in " ".join(rows).casefold()


def test_the_sentences_say_what_the_table_says() -> None:
    """The finding names the largest mover, and the reading has the sum."""
    figure = next(one for one in sections(made())["why"].blocks if getattr(one, "key", "") == "why-parts")
    assert figure.title == "Beyond joining and leaving as now, how often people join adds most"
    assert "how often people join +120" in figure.reading
    assert "In all: +280 by January 2036" in figure.reading


def test_parts_of_each_setting_add_up() -> None:
    """Each row's parts are its change, but for rounding to whole people."""
    rows = table(made(), "why-setting-table").rows
    assert len(rows) > 3
    for _, *cells in rows:
        *parts, change = (number(cell) for cell in cells)
        assert abs(sum(parts) - change) <= len(parts) / 2


def test_shares_of_doubt_are_those_given_and_name_the_largest() -> None:
    """2%, 83% and 15%, as made."""
    report = made()
    assert table(report, "doubt-table").rows[0] == (2027, "83.0", "2.0", "15.0")
    figure = next(one for one in sections(report)["doubt"].blocks if getattr(one, "key", "") == "doubt-shares")
    assert figure.title == "How rates will move makes most of the doubt in January 2036"
    assert [title for title, _ in figure.chart.panels] == ["January 2027", "January 2031", "January 2036"]


def test_rates_are_plans_over_residents() -> None:
    """20,000 residents were made up: each rate is the number in the report's own forecast table over them."""
    report = made()
    plans = {row[0]: row for row in table(report, "total-table").rows}
    rows = table(report, "per-1000-table").rows
    assert [row[0] for row in rows] == list(range(2027, 2037))
    for year, *cells in rows:
        assert cells == [f"{number(one) / 20:.1f}" for one in plans[year][2:]]


def test_ages_inside_are_exact_and_outside_to_half_a_year_from_the_first_year_ahead() -> None:
    """The made mean age is 11.0 in 2026 and 11.5 in 2036."""
    inside, outside = (table(made(publish=publish), "ages-table").rows for publish in (False, True))
    assert inside[0][:2] == (2026, "11.0")
    assert inside[1][1] == "11.1" or inside[1][1] == "11.0"
    assert outside[0][:2] == (2027, "11.0")
    assert outside[-1][1] == "11.5"
    assert all(float(cell) % 0.5 == 0 for row in outside for cell in row[1:])


@pytest.mark.parametrize(("people", "seed"), [(30, 3), (80, 7), (300, 4)])
def test_no_number_from_1_to_4_is_published(people: int, seed: int, tmp_path: Path) -> None:
    """Not on the page in the new sections (words, cells, charts), and not in their sheets of the workbook."""
    report = made(people, seed, publish=True)
    only = replace(report, sections=tuple(sections(report).values()))
    root = html5lib.parse(html.render(only))
    texts = [
        text
        for element in root.iter()
        if not str(element.tag).endswith("}style")
        for text in (element.text, element.tail, element.attrib.get("aria-label"))
        if text
    ]
    dates = re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b")
    assert [one for one in texts if SMALL.search(dates.sub("", one))] == []
    workbook.write(only, tmp_path / "plan.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "plan.xlsx"):
        values = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)]
        assert all(value % 5 == 0 or 2000 < value < 2100 for value in values)


def test_a_setting_whose_count_is_hidden_has_no_parts() -> None:
    """Each kind counted from one to four has marks alone, and some such kind is in the case."""
    area = CASE.area(300, 4)
    report = first_plan.build(area, CASE.forecast(area), reasons=CASE.reasons(area), publish=True)
    counts = CASE.counts(area).filter((pl.col("year") == 2026) & (pl.col("dimension") == "setting"))
    small = {label("setting", kind) for kind, n in counts.select("value", "people").iter_rows() if n < 5}
    rows = {row[0]: row[1:] for row in table(report, "why-setting-table").rows}
    assert small & set(rows)
    assert all(cell == SUPPRESSED for name in small & set(rows) for cell in rows[name])


def test_without_reasons_or_residents_the_sections_are_left_out() -> None:
    """A forecast from an area without a population, whose inputs were not kept."""
    area = CASE.area(80, 7)
    bare = CASE.forecast(area)
    bare = replace(bare, per_1000=bare.per_1000.head(0), ages=bare.ages.head(0))
    assert sections(first_plan.build(area, bare, publish=False)) == {}


def test_doubt_is_left_out_where_plans_do_not_vary() -> None:
    """Shares of nothing are null."""
    area = CASE.area(80, 7)
    why = CASE.reasons(area)
    why = replace(why, doubt=why.doubt.with_columns(pl.lit(None, dtype=pl.Float64).alias("share")))
    found = sections(first_plan.build(area, CASE.forecast(area), reasons=why, publish=False))
    assert set(found) == {"why", "rates"}


def test_a_chart_marks_what_may_not_be_shown_and_has_nought_within() -> None:
    """The mark stands in the picture, and so does nought, though every part is above it."""
    parts = (Part(label="More", low=20, mean=40, high=55), Part(label="Hidden", low=None, mean=None, high=None))
    picture = draw(Signed(parts=parts, units="Plans"), key="k", title="t", description="d")
    assert ">c</text>" in picture
    assert ">0</text>" in picture
    assert ">+60</text>" in picture
