"""The report as a workbook: a cover, contents, notes, then one table to a sheet.

It follows the Government Analysis Function's guidance "Releasing statistics in spreadsheets": every
table marked up as one, with one header row and no merged, split or blank cells; words before the
table say what it is, its units and its source; marks in the place of numbers are explained.
"""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from rightplace.area.files import replace_file
from rightplace.disclosure.published import Published
from rightplace.report.model import Bullets, Cell, Column, Figure, Note, Para, Report, Share, TableBlock, Words

_FORMATS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "font_size": 13, "text_wrap": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "head_number": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "align": "right"},
    "link": {"font_color": "#16477A", "underline": 1, "valign": "top"},
    "number": {"num_format": "#,##0", "align": "right", "valign": "top"},
    "change": {"num_format": "+#,##0;-#,##0;0", "align": "right", "valign": "top"},
    "share": {"num_format": "0%", "align": "right", "valign": "top"},
    "year": {"num_format": "0", "align": "right", "valign": "top"},
}
_FONT: Final = {"font_name": "Arial", "font_size": 11}
_WORDS_WIDTH: Final = 90


def write(report: Report, path: Path) -> None:
    """Write the workbook, replacing an older one in one step. The same report gives the same bytes.

    Raises ``UserError`` where it cannot be written.
    """
    with replace_file(path) as part:
        book = xlsxwriter.Workbook(str(part), {"strings_to_formulas": False, "strings_to_urls": False})
        made = datetime.combine(report.made, time())
        book.set_properties({"title": report.title, "author": "Rightplace", "created": made})
        formats = {name: book.add_format(_FONT | look) for name, look in _FORMATS.items()}
        _cover(book, report, formats)
        _contents(book, report, formats)
        _notes(book, report, formats)
        for table in report.tables():
            _table(book, table, formats)
        book.close()


def sheet_name(table: TableBlock) -> str:
    """The name of a table's sheet: its key as words, at most 31 characters."""
    return table.key.removesuffix("-table").replace("-", " ").capitalize()[:31]


def _cover(book: Any, report: Report, formats: dict[str, Any]) -> None:
    lines = [
        (report.title, "title"),
        (f"Made with Rightplace on {report.made.day} {report.made:%B %Y}.", "text"),
        (report.caution, "text"),
        ("The sheets after this one: Contents lists the tables, Notes tells how to read them.", "text"),
        ("Each table has a sheet of its own, with its units and its source above it.", "text"),
    ]
    _lines(book, "Cover", lines, formats)


def _contents(book: Any, report: Report, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Contents")
    sheet.write_string(0, 0, "Contents", formats["title"])
    sheet.write_string(1, 0, "This sheet has one table: the sheets of this workbook.", formats["text"])
    tables = report.tables()
    for row, table in enumerate(tables, start=3):
        name = sheet_name(table)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats["link"], name)
        sheet.write_string(row, 1, table.title, formats["text"])
    sheet.add_table(
        2, 0, 2 + len(tables), 1,
        _markup("contents", [Column(name="Sheet"), Column(name="Table")], formats),
    )  # fmt: skip
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, _WORDS_WIDTH)
    sheet.freeze_panes(3, 0)


def _notes(book: Any, report: Report, formats: dict[str, Any]) -> None:
    lines = [("Notes", "title"), *((mark, "text") for mark in report.marks)]
    for section in report.sections:
        words = [line for block in section.blocks for line in _words(block)]
        if words:
            lines += [(section.heading, "heading"), *((line, "text") for line in words)]
    _lines(book, "Notes", lines, formats)


def _words(block: object) -> list[str]:
    match block:
        case Para() | Note():
            return [block.text]
        case Bullets():
            return list(block.items)
        case Words():
            return [f"{term}: {meaning}" for term, meaning in block.terms]
        case Figure():
            return [f"{block.title}. {block.reading}"]
        case _:
            return []


def _lines(book: Any, name: str, lines: list[tuple[str, str]], formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, _WORDS_WIDTH)
    for row, (text, look) in enumerate(lines):
        sheet.write_string(row, 0, text, formats[look])


def _table(book: Any, table: TableBlock, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(sheet_name(table))
    above = [table.title, f"Units: {table.units}.", f"Source: {table.source}.", *table.notes]
    sheet.write_string(0, 0, above[0], formats["title"])
    for row, line in enumerate([*above[1:], "This sheet has one table."], start=1):
        sheet.write_string(row, 0, line)
    first = len(above) + 1
    for row, cells in enumerate(table.rows, start=first + 1):
        for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            _cell(sheet, row, place, cell, formats[column.kind])
    if not table.rows:
        sheet.write_string(first + 1, 0, "No rows", formats["text"])
    last = first + max(len(table.rows), 1)
    sheet.add_table(first, 0, last, len(table.columns) - 1, _markup(table.key, table.columns, formats))
    sheet.freeze_panes(first + 1, 1)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(table, place, column))


def _cell(sheet: Any, row: int, place: int, cell: Cell, look: Any) -> None:
    if isinstance(cell, Published) and cell.value is not None:
        sheet.write_number(row, place, cell.value, look)
    elif isinstance(cell, Share) and cell.percent is not None:
        sheet.write_number(row, place, cell.percent / 100, look)
    elif isinstance(cell, int):
        sheet.write_number(row, place, cell, look)
    else:
        sheet.write_string(row, place, cell if isinstance(cell, str) else cell.text, look)


def _markup(key: str, columns: Any, formats: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": key.replace("-", "_"),
        "autofilter": False,
        "style": None,
        "columns": [
            {"header": column.name, "header_format": formats["head" if column.kind == "text" else "head_number"]}
            for column in columns
        ],
    }


def _width(table: TableBlock, place: int, column: Column) -> float:
    if column.kind != "text":
        return 14
    longest = max((len(str(row[place])) for row in table.rows), default=0)
    return float(min(60, max(12, longest + 2, len(column.name) + 2)))
