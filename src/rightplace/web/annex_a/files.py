"""The lists as files: a workbook with a sheet of notes, or one list as text between commas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from rightplace.web.annex_a.columns import LIST_1, LIST_2, NOT_HELD
from rightplace.web.design.words import day

TITLES: Final = {
    1: "List 1: all children and young people with an EHC plan for whom the local authority is responsible",
    2: "List 2: children and young people receiving SEN support",
}
COLUMNS: Final = {1: LIST_1, 2: LIST_2}


def notes(authority: str, on: date, people: int) -> list[str]:
    """What a reader of the lists must know, line by line."""
    return [
        f"Child-level lists for an area SEND inspection (Annex A). {authority}, as at {day(on)}.",
        f"{TITLES[1]}: {people:,} rows.",
        f"{TITLES[2]}: no rows. Schools keep who receives SEN support; this service does not. Fill it from the school census.",
        "UNVERIFIED: headings and codes were read in public tools that check these lists (Data to Insight), not in the "
        "inspectorates' own template. That List 2 is of SEN support is inferred. Compare with the template you are sent.",
        "UNVERIFIED: whether an inspection asks for more lists, such as alternative provision, was not found.",
        f"Left blank because this service does not hold it: {_not_held()}. Blank is not 0 and not No.",
        "Last reviewed is the day of the last review meeting. A day that was inferred when a return was loaded is left blank.",
        "Ethnicity is the main code. Down syndrome is under OTH, for the list has no code of its own for it.",
        "Personal data of children, with data on health and ethnicity: send it only by the inspectorates' secure site.",
    ]


def _not_held() -> str:
    return "; ".join(name.rstrip("?") for name in NOT_HELD)


def workbook(rows: Sequence[Mapping[str, str]], said: Sequence[str]) -> bytes:
    """A workbook: notes, List 1 and List 2. No cell is a formula or a link."""
    import xlsxwriter

    made = io.BytesIO()
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, options) as book:
        wrapped, bold = book.add_format({"text_wrap": True}), book.add_format({"bold": True})
        sheet = book.add_worksheet("Notes")
        sheet.set_column(0, 0, 110, wrapped)
        for place, line in enumerate(said):
            sheet.write_string(place, 0, line)
        for number, held in ((1, rows), (2, ())):
            sheet = book.add_worksheet(f"List_{number}")
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(COLUMNS[number]) - 1, 18)
            for column, name in enumerate(COLUMNS[number]):
                sheet.write_string(0, column, name, bold)
            for place, row in enumerate(held, start=1):
                for column, name in enumerate(COLUMNS[number]):
                    if row[name]:
                        sheet.write_string(place, column, row[name])
    return made.getvalue()


def comma_separated(number: int, rows: Iterable[Mapping[str, str]]) -> str:
    """One list as CSV. A cell that a spreadsheet would take for a formula gets a mark before it."""
    made = io.StringIO()
    writer = csv.DictWriter(made, list(COLUMNS[number]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _plain(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + made.getvalue()


def _plain(value: str) -> str:
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
