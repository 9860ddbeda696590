"""One CSV of a Blade export as a frame of text, whatever a spreadsheet did to it on the way."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import polars as pl

from rightplace.errors import RefusedError
from rightplace.returns.sen2 import limits
from rightplace.returns.sen2.blade_files import BladeFile
from rightplace.returns.sen2.canonical import clean
from rightplace.returns.sen2.faults import Faults
from rightplace.returns.sen2.frames import NUMBER

if TYPE_CHECKING:
    from _csv import Reader

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SEPARATORS: Final = ",;\t|"
_DECLARED_SEPARATOR: Final = re.compile(r"sep=([,;\t|])\r?\n")
_EXPORT: Final = "Export the table from COLLECT again, and do not open it in a spreadsheet."


def read_csv(file: BladeFile, faults: Faults) -> pl.DataFrame:
    """The rows of a file as text: ``line``, and a column for each heading, in lower case.

    Blank rows are passed over. Rows that cannot be read are noted under rule F29 and left out.
    """
    text = _decoded(file, faults)
    separator, body, skipped = _separator(text, file, faults)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator, strict=True)
    rows = _rows(reader, file, faults, skipped)
    _, headings = next(rows, (1, []))
    names = _names(headings, file, faults)
    cut_short = not body.endswith(("\n", "\r"))
    cells, lines = _gather(rows, names, file, faults, cut_short=cut_short)
    columns = {name: pl.Series(cells[index :: len(names)], dtype=pl.String) for index, name in enumerate(names) if name}
    frame = pl.DataFrame({"line": pl.Series(lines, dtype=NUMBER)} | columns)
    return frame.with_columns(clean(pl.col(pl.String))) if columns else frame


def _decoded(file: BladeFile, faults: Faults) -> str:
    for mark, encoding in _MARKS:
        if file.content.startswith(mark):
            return file.content[len(mark) :].decode(encoding, errors="replace")
    try:
        return file.content.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.add(
            "F28",
            f"{file.name} is not UTF-8; it was read as Windows-1252, as a spreadsheet saves it.",
            action="Look at names with accents. If they are wrong, export the table again.",
            line=file.content.count(b"\n", 0, error.start) + 1,
            table=file.table,
        )
        return file.content.decode("cp1252", errors="replace")


def _separator(text: str, file: BladeFile, faults: Faults) -> tuple[str, str, int]:
    """The character between values, the text without a line that only names it, and the lines taken off."""
    declared = _DECLARED_SEPARATOR.match(text)
    if declared:
        return declared[1], text[declared.end() :], 1
    first_line = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first_line.count)
    if separator != ",":
        shown = {"\t": "tabs", ";": "semicolons", "|": "bars"}[separator]
        faults.add(
            "F28",
            f"{file.name} has {shown} between its values, not commas; it was read so.",
            action="Nothing, if the values are right.",
            line=1,
            table=file.table,
        )
    return separator, text, 0


def _rows(reader: Reader, file: BladeFile, faults: Faults, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it starts on."""
    while True:
        line = reader.line_num + 1 + skipped
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _left_out(file, faults, line, f"cannot be read ({error}); a quotation mark may be missing", "quotes")
            continue
        if any(row):
            yield line, row


def _names(headings: Sequence[str], file: BladeFile, faults: Faults) -> list[str]:
    """The headings in lower case; "" for one that is empty or stands there a second time."""
    names: list[str] = []
    for heading in headings:
        name = heading.strip().lower()
        if name and name in names:
            faults.add(
                "F22",
                f"The column {heading.strip()} stands twice in {file.name}; the first is read.",
                action=_EXPORT,
                line=1,
                table=file.table,
                value=heading,
            )
        names.append("" if name in names or name == "line" else name)
    return names


def _gather(
    rows: Iterator[tuple[int, list[str]]], names: Sequence[str], file: BladeFile, faults: Faults, *, cut_short: bool
) -> tuple[list[str], list[int]]:
    """All values one after another, and the line of each row. ``cut_short``: the last line has no end."""
    cells: list[str] = []
    lines: list[int] = []
    width, padded, last = len(names), 0, 0
    for line, row in rows:
        if len(row) > width:
            # Even when the last value is empty: a comma without quotation marks may have moved all the others.
            _left_out(file, faults, line, f"has {len(row)} values for {width} columns", "long")
            last = width
            continue
        padded += len(row) < width
        last = len(row)
        cells += row if last == width else row + [""] * (width - last)
        lines.append(line)
        if len(lines) > limits.RECORDS:
            raise RefusedError(f"The file has more than {limits.RECORDS:,} rows.", where=file.name, action=_EXPORT)
    if cut_short and lines and last < width:
        _drop_cut_row(cells, lines, last, width, file, faults)
        padded -= 1
    if padded:
        faults.add(
            "F28",
            f"In {file.name} {padded:,} rows end before the last column, as spreadsheets leave out empty values there."
            " What is missing was read as empty.",
            action=_EXPORT,
            table=file.table,
        )
    return cells, lines


def _drop_cut_row(cells: list[str], lines: list[int], held: int, width: int, file: BladeFile, faults: Faults) -> None:
    faults.add(
        "F01",
        f"{file.name} is cut short: its last row has {held} values for {width} columns. The row was left out.",
        action="Export or copy the file again, and check its size afterwards.",
        line=lines.pop(),
        table=file.table,
    )
    del cells[-width:]


def _left_out(file: BladeFile, faults: Faults, line: int, why: str, kind: str) -> None:
    faults.add(
        "F29",
        f"Line {line} of {file.name} {why}. The row was left out.",
        action=_EXPORT,
        line=line,
        table=file.table,
        kind=f"{kind} {file.table}",
    )
