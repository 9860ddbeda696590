"""The first plan: one model, shown as a page and a workbook that agree and can be read by everyone."""

from __future__ import annotations

import itertools
import re
import runpy
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import html5lib
import openpyxl
import polars as pl
import pytest

from rightplace.disclosure.published import Published
from rightplace.errors import UserError
from rightplace.report import first_plan, html, workbook
from rightplace.report.counted_flows import counted_flows
from rightplace.report.inputs import FindingsSummary
from rightplace.report.model import Figure, Report, Share, TableBlock

CASE = SimpleNamespace(**runpy.run_path(str(Path(__file__).parents[1] / "made" / "report_case.py")))
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def area():
    return CASE.area()


@pytest.fixture(scope="module")
def report(area) -> Report:
    return first_plan.build(area, CASE.forecast(area), FindingsSummary.of(CASE.findings()), publish=False)


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return html.render(report)


@pytest.fixture(scope="module")
def book(report: Report, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("book") / "plan.xlsx"
    workbook.write(report, path)
    return openpyxl.load_workbook(path)


def tree(page: str):
    return html5lib.HTMLParser(strict=True).parse(page)


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def on_page(cell: object, kind: str) -> str:
    if isinstance(cell, Published):
        shown = cell.text if kind != "change" or cell.value is None else f"{cell.value:+,}".replace("+0", "0")
        return shown.replace("-", "\N{MINUS SIGN}") if kind == "change" else shown
    return cell.text if isinstance(cell, Share) else str(cell)


def test_the_page_is_valid_html_with_one_heading_of_each_part_in_order(page: str, report: Report) -> None:
    root = tree(page)
    assert root.get("lang") == "en-GB"
    levels = [int(one.tag[-1]) for one in root.iter() if re.fullmatch(r"\{.*\}h[1-6]", str(one.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))
    assert [text(one) for one in root.iter(f"{XHTML}h2")] == [section.heading for section in report.sections]
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    links = [one.get("href") for one in root.iter(f"{XHTML}a")]
    assert all(link.startswith("#") and link[1:] in ids for link in links)


def test_the_page_stands_alone(page: str) -> None:
    root = tree(page)
    assert {f"{XHTML}{name}" for name in ("script", "link", "img", "iframe", "object")}.isdisjoint(
        {one.tag for one in root.iter()}
    )
    assert not re.search(r"\b(src|srcset|action|onclick|onload)=|@import|url\((?!#)", page)
    assert set(re.findall(r"https?://[^\s\"'<>]+", page)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }


def test_every_table_has_a_caption_and_headings_with_scope(page: str, report: Report) -> None:
    tables = list(tree(page).iter(f"{XHTML}table"))
    shown = [table for table in report.tables() if table.on_page]
    assert len(tables) == len(shown)
    for element, table in zip(tables, shown, strict=True):
        assert text(element.find(f"{XHTML}caption")) == f"{table.title} {table.units}"
        heads = list(element.iter(f"{XHTML}th"))
        assert {head.get("scope") for head in heads} <= {"col", "row"}
        assert [text(head) for head in heads if head.get("scope") == "col"] == [column.name for column in table.columns]


def test_every_figure_has_a_reading_a_picture_and_its_table(page: str, report: Report) -> None:
    figures = [block for section in report.sections for block in section.blocks if isinstance(block, Figure)]
    drawn = list(tree(page).iter(f"{XHTML}figure"))
    assert len(drawn) == len(figures) == 6
    for element, figure in zip(drawn, figures, strict=True):
        picture = next(element.iter("{http://www.w3.org/2000/svg}svg"))
        assert picture.get("role") == "img"
        assert text(element.find(f"{XHTML}figcaption")) == figure.reading
        assert figure.table.rows
        assert figure.table.units
        assert figure.table.source
        labels = {row.label for row in getattr(figure.chart, "rows", ())}
        assert labels <= {row[0] for row in figure.table.rows}


def test_page_and_workbook_hold_the_same_numbers(page: str, book, report: Report) -> None:
    """Cell by cell: what the page prints is what the workbook holds, for every table on the page."""
    tables = iter(tree(page).iter(f"{XHTML}table"))
    for table in report.tables():
        sheet = book[workbook.sheet_name(table)]
        held = rows_of(sheet)
        assert len(held) == len(table.rows)
        for cells, row in zip(held, table.rows, strict=True):
            for value, cell in zip(cells, row, strict=True):
                expected = cell.value if isinstance(cell, Published) and cell.value is not None else None
                if isinstance(cell, Share) and cell.percent is not None:
                    expected = cell.percent / 100
                assert value == (
                    expected if expected is not None else cell if isinstance(cell, int | str) else cell.text
                )
        if table.on_page:
            printed = [[text(one) for one in row] for row in next(tables).iter(f"{XHTML}tr")][1:]
            kinds = [column.kind for column in table.columns]
            assert printed == [
                [" ".join(on_page(cell, kind).split()) for cell, kind in zip(row, kinds, strict=True)]
                for row in table.rows
            ]


def rows_of(sheet) -> list[tuple]:
    (name,) = sheet.tables
    return [tuple(cell.value for cell in row) for row in sheet[sheet.tables[name].ref]][1:]


def test_the_numbers_are_those_of_the_record_and_the_forecast(area, report: Report) -> None:
    counts = CASE.counts(area).filter(pl.col("year") == 2026)
    people = {(dimension, value): int(count) for _, dimension, value, count in counts.iter_rows()}
    now = next(table for table in report.tables() if table.key == "now-need")
    assert {row[0]: row[1].value for row in now.rows}["Autistic spectrum disorder"] == people["need", "ASD"]
    assert sum(row[1].value for row in now.rows[:-1]) == now.rows[-1][1].value == people["total", "total"]
    total = people["total", "total"]
    first = report.sections[0].blocks[0].text
    ends = [round(total * 1.03**10 * (1 + reach * 0.06 * 10**0.5)) for reach in (-1, 1, 0)]
    low, high, middle = (f"{end:,}" for end in ends)
    assert (
        first
        == f"Rightplace expects between {low} and {high} EHC plans in January 2036, with the middle at about {middle}."
    )


def test_every_expected_number_in_the_report_has_a_range(report: Report) -> None:
    """A table with a middle has a low and a high beside it."""
    for table in report.tables():
        names = " ".join(column.name.lower() for column in table.columns)
        if "middle" in names:
            assert "low" in names, table.key
            assert "high" in names, table.key


def test_flows_counted_agree_with_the_counts_of_each_january(area) -> None:
    """Plans this January are last January's with the joiners and without the leavers."""
    flows = {(year, flow): people for year, flow, people in counted_flows(area).iter_rows()}
    totals = dict(CASE.counts(area).filter(pl.col("dimension") == "total").select("year", "people").iter_rows())
    for year in (2024, 2025, 2026):
        assert totals[year] == totals[year - 1] + flows[year, "joiners"] - flows[year, "leavers"]
        assert 0 < flows[year, "movers"] < totals[year]


def test_what_was_refused_is_told_with_its_reason(page: str) -> None:
    words = text(tree(page))
    for part in ("sen2_2025.xml", CASE.AWKWARD, "Duplicate person", "Left out", "The setting is not in the register"):
        assert part in words
    assert "Kept, with a gap" in words
    assert "ab12ab12ab12" in words


def test_findings_are_counted_without_a_word_about_a_person(page: str, report: Report) -> None:
    table = next(table for table in report.tables() if table.key == "findings")
    assert [(row[0], row[-1].value) for row in table.rows] == [
        ("A02", 2), ("All rules", 2), ("A05", 1), ("All rules", 1), ("A09", 70), ("All rules", 70),
    ]  # fmt: skip
    assert "A123456789012" not in page
    assert "line 9" not in page


def test_a_report_without_findings_or_lineage_is_whole(area, tmp_path: Path) -> None:
    from rightplace.area.record import build

    bare = build(la_code="999", name="Bare", tables={"census": area["census"]})
    made = first_plan.build(bare, CASE.forecast(bare), publish=True)
    assert "does not say which files" in html.render(made)
    workbook.write(made, tmp_path / "bare.xlsx")
    assert "checks" not in {section.key for section in made.sections}


def test_the_workbook_follows_the_guidance_for_spreadsheets(book, report: Report) -> None:
    """Government Analysis Function, "Releasing statistics in spreadsheets": the points of its checklist that a file can show."""
    assert book.sheetnames[:3] == ["Cover", "Contents", "Notes"]
    assert len(book.sheetnames) == 3 + len(report.tables())
    names = [name for sheet in book for name in sheet.tables]
    assert len(names) == len(set(names)) == 1 + len(report.tables())
    for sheet in book.worksheets[3:]:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is not None
        (name,) = sheet.tables
        table = sheet[sheet.tables[name].ref]
        assert sheet["A1"].value
        above = [sheet.cell(row, 1).value for row in range(1, table[0][0].row)]
        assert all(above), "no blank row above the table"
        assert any(line.startswith("Units: ") for line in above)
        assert any(line.startswith("Source: ") for line in above)
        assert all(cell.value not in (None, "") for row in table for cell in row), f"blank cell in {sheet.title}"
        heads = [cell.value for cell in table[0]]
        assert len(heads) == len(set(heads))
        assert sheet.max_row == table[-1][0].row, "nothing stands under the table"


def test_contents_link_to_every_table(book, report: Report) -> None:
    rows = rows_of(book["Contents"])
    assert rows == [(workbook.sheet_name(table), table.title) for table in report.tables()]
    targets = [book["Contents"].cell(row, 1).hyperlink.location for row in range(4, 4 + len(rows))]
    assert targets == [f"'{name}'!A1" for name, _ in rows]


def test_the_same_report_gives_the_same_bytes(report: Report, page: str, tmp_path: Path) -> None:
    html.write(report, tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == page
    for name in ("a.xlsx", "b.xlsx"):
        workbook.write(report, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_names_from_files_are_shown_as_they_are_and_run_nothing(page: str, book) -> None:
    assert CASE.AWKWARD not in page
    assert "Marl &amp; Shire" in page
    files = [cell.value for row in book["Files"].iter_rows() for cell in row]
    assert CASE.AWKWARD in files


def test_a_file_that_cannot_be_written_is_an_error_for_people(report: Report, tmp_path: Path) -> None:
    for write, name in ((html.write, "x.html"), (workbook.write, "x.xlsx")):
        (tmp_path / name).mkdir()
        with pytest.raises(UserError, match="could not be written"):
            write(report, tmp_path / name)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["x.html", "x.xlsx"]


def test_a_dimension_that_was_not_counted_says_that_it_is_estimated(area) -> None:
    """Published statistics may lack ages: the forecast's own start then stands in, and the table says so."""
    forecast = CASE.forecast(area)
    partly = replace(forecast, history=forecast.history.filter(pl.col("dimension") != "year_group"))
    told = {table.key: " ".join(table.notes) for table in first_plan.build(area, partly, publish=False).tables()}
    assert "are estimated" in told["now-year-group"]
    assert "are estimated" in told["year-group-table"]
    assert "are estimated" not in told["now-need"] + told["need-table"]


def test_sections_name_tables_once(report: Report) -> None:
    keys = [table.key for table in report.tables()]
    assert len(keys) == len(set(keys))
    sheets = [workbook.sheet_name(table) for table in report.tables()]
    assert len({name.casefold() for name in sheets}) == len(sheets)
    assert all(
        isinstance(table, TableBlock) and len(name) <= 31 for table, name in zip(report.tables(), sheets, strict=True)
    )


def test_terms_in_the_glossary_are_terms_of_the_report(report: Report, page: str) -> None:
    words = text(tree(page)).casefold()
    terms = next(section for section in report.sections if section.key == "words").blocks[0].terms
    assert {"EHC plan", "Middle", "Primary need"} <= {term for term, _ in terms}
    for term, _ in terms:
        assert words.count(term.casefold().rstrip("s")) >= 2, term
