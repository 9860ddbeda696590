"""Sections made into a report: with their glossary, the day, and what the marks in their tables mean."""

from __future__ import annotations

from collections.abc import Sequence

from rightplace.area.record import Area
from rightplace.calendar.clock import today
from rightplace.disclosure.published import NOTES, Published, Status
from rightplace.report.model import Report, Section
from rightplace.report.sections import glossary


def finished(title: str, area: Area, told: Sequence[Section], *, publish: bool, caution: str) -> Report:
    """The report of these sections, and of the words they use. The day is today's, by the clock."""
    sections = [*told, glossary.section(list(told))]
    return Report(
        title=title,
        area=area.name,
        made=today(),
        publish=publish,
        caution=caution,
        marks=_marks(sections),
        sections=tuple(sections),
    )


def _marks(sections: Sequence[Section]) -> tuple[str, ...]:
    """The explanation of each mark that stands for a number somewhere in the report."""
    cells = (cell for section in sections for table in section.tables() for row in table.rows for cell in row)
    used = {cell.status for cell in cells if isinstance(cell, Published)}
    return tuple(NOTES[status] for status in (Status.SUPPRESSED, Status.MISSING) if status in used)
