"""What a run gives: sections with every number and with published figures, and files with every number."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from rightplace.report.model import Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """``exact`` and ``published`` are sections of the page; ``files`` are texts by name, for those who may see every number."""

    exact: Sequence[Section]
    published: Sequence[Section]
    files: Mapping[str, str]


def as_files(frames: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """Frames as CSV texts, by the names of their files: numbers as the commands write them."""
    found = {}
    for name, frame in frames.items():
        text = io.StringIO()
        frame.write_csv(text)
        found[f"{name}.csv"] = text.getvalue()
    return found


def as_tables(sections: Iterable[Section]) -> dict[str, str]:
    """The tables of sections as CSV texts: words as they are shown, numbers plain, marks in the place of those that are not shown."""
    import csv

    from rightplace.disclosure.published import Published

    files = {}
    for section in sections:
        for table in section.tables():
            said = io.StringIO()
            rows = csv.writer(said, lineterminator="\n")
            rows.writerow([column.name for column in table.columns])
            rows.writerows(
                [cell.value if isinstance(cell, Published) and cell.value is not None else _text(cell) for cell in row]
                for row in table.rows
            )
            files[f"{table.key}.csv"] = said.getvalue()
    return files


def _text(cell: object) -> str:
    return str(getattr(cell, "text", cell))
