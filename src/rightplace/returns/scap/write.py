"""Writing the sheet: a workbook, or CSV files beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from rightplace.area.files import replace_file
from rightplace.errors import UserError
from rightplace.returns.scap.layout import COLUMNS

_MADE: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's own date has no zone; the same numbers give the same bytes
_NARROW: Final = 12
_WIDE: Final = 26


def files(path: Path) -> tuple[Path, ...]:
    """What :func:`write` writes for a file name: the workbook alone, or the CSV with its ranges, layout and notes beside it.

    Raises ``UserError`` for a name that is neither .xlsx nor .csv.
    """
    if path.suffix.lower() == ".xlsx":
        return (path,)
    if path.suffix.lower() == ".csv":
        return (path, *(path.with_name(f"{path.stem}-{name}") for name in ("ranges.csv", "layout.csv", "notes.txt")))
    raise UserError(
        f"{path.name} is neither a workbook nor a CSV.", where=str(path), action="End its name in .xlsx or .csv."
    )


def write(sheet: pl.DataFrame, ranges: pl.DataFrame, notes: Sequence[str], path: Path) -> None:
    """Write the sheet with its ranges, the standing of each column, and notes. The same numbers give the same bytes."""
    written = files(path)
    if len(written) == 1:
        _workbook({"Primary": _phase(sheet, "primary"), "Secondary": _phase(sheet, "secondary"), "Ranges": ranges,
                   "Layout": layout(), "Notes": pl.DataFrame({"note": list(notes)})}, path)  # fmt: skip
        return
    for frame, to in zip((sheet, ranges, layout()), written[:3], strict=True):
        with replace_file(to) as part:
            frame.write_csv(part)
    with replace_file(written[3]) as part:
        part.write_text("\n".join(notes) + "\n", encoding="utf-8")


def layout() -> pl.DataFrame:
    """Each column, what it is, and whether it was seen in the department's own guide."""
    return pl.DataFrame(
        {
            "column": [column.name for column in COLUMNS],
            "meaning": [column.meaning for column in COLUMNS],
            "verified": ["yes" if column.verified else "no" for column in COLUMNS],
            "source": [column.source for column in COLUMNS],
        }
    )


def _phase(sheet: pl.DataFrame, phase: str) -> pl.DataFrame:
    """The rows of a phase, without the year groups it does not have."""
    rows = sheet.filter(pl.col("phase") == phase)
    return rows.select(name for name in rows.columns if rows[name].null_count() < rows.height or rows.is_empty())


def _workbook(sheets: dict[str, pl.DataFrame], path: Path) -> None:
    import xlsxwriter

    with replace_file(path) as part:
        book = xlsxwriter.Workbook(str(part), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties({"title": "Pupils expected to need a specialist place", "created": _MADE})
        head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        for name, frame in sheets.items():
            made = book.add_worksheet(name)
            made.freeze_panes(1, 0)
            for place, column in enumerate(frame.columns):
                made.set_column(place, place, _WIDE if frame.schema[column] == pl.String else _NARROW)
                made.write_string(0, place, column, head)
            for row, values in enumerate(frame.iter_rows(), start=1):
                for place, value in enumerate(values):
                    made.write(row, place, value)
        book.close()
