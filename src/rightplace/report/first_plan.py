"""The first plan of an area as a report: built once from the record and its forecast."""

from __future__ import annotations

from rightplace.area.record import Area
from rightplace.calendar.clock import today
from rightplace.disclosure.published import NOTES, Published, Status
from rightplace.report.backtest_summary import BacktestSummary
from rightplace.report.counted_flows import counted_flows
from rightplace.report.inputs import FindingsSummary, Forecast
from rightplace.report.model import Report, Section
from rightplace.report.numbers import numbers
from rightplace.report.sections import (
    ahead,
    assumptions,
    checks,
    every_year,
    flows,
    glossary,
    headline,
    how_right,
    lineage,
    method,
    now,
    places,
)

_INSIDE = (
    "This version holds exact counts, some of them very small. Keep it inside the trusted area. To share it, make a "
    "version with --publish."
)
_OUTSIDE = "This version is made to be published: very small counts are hidden and all are rounded to the nearest 5."


def build(
    area: Area,
    forecast: Forecast,
    findings: FindingsSummary | None = None,
    *,
    backtest: BacktestSummary | None = None,
    publish: bool,
) -> Report:
    """The report of an area, with the findings of its checks and the results of a back-test where they are given.

    With ``publish`` every number goes through disclosure control first, so that neither the page nor
    the workbook can hold one that may not leave the trusted area. The day is today's, by the clock.
    """
    figures = numbers(forecast, counted_flows(area), publish=publish)
    told: list[Section] = [
        headline.section(figures),
        now.section(figures, area),
        ahead.section(figures),
        flows.section(figures, area),
        places.section(figures, area),
        lineage.section(area, publish=publish),
        *((checks.section(findings, publish=publish),) if findings else ()),
        how_right.section(backtest, figures),
        assumptions.section(forecast, publish=publish),
        method.section(forecast, publish=publish),
        every_year.section(figures),
    ]
    told.append(glossary.section(told))
    return Report(
        title=f"{area.name}: first plan for children and young people with EHC plans",
        area=area.name,
        made=today(),
        publish=publish,
        caution=_OUTSIDE if publish else _INSIDE,
        marks=_marks(told),
        sections=tuple(told),
    )


def _marks(sections: list[Section]) -> tuple[str, ...]:
    """The explanation of each mark that stands for a number somewhere in the report."""
    cells = (cell for section in sections for table in section.tables() for row in table.rows for cell in row)
    used = {cell.status for cell in cells if isinstance(cell, Published)}
    return tuple(NOTES[status] for status in (Status.SUPPRESSED, Status.MISSING) if status in used)
