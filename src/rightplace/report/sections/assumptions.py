"""What the forecast assumes: values, ranges, sources and owners."""

from __future__ import annotations

from rightplace.report.inputs import Forecast
from rightplace.report.model import Cell, Column, Para, Section, TableBlock
from rightplace.report.phrase import plain, spell_small

_COLUMNS = ("name", "value", "low", "high", "unit", "source", "owner")
_HEADINGS = ("Assumption", "Value", "Low", "High", "Unit", "Source", "Who answers for it")

_YEARS = ("year", "January")
"""Units whose values are years, which are written without a comma."""


def section(forecast: Forecast, *, publish: bool) -> Section:
    """A table of every assumption."""
    frame = forecast.assumptions.select(_COLUMNS)
    rows = tuple(
        tuple(_cell(value, is_year=row[4] in _YEARS, publish=publish) for value in row) for row in frame.iter_rows()
    )
    table = TableBlock(
        key="assumptions-table",
        title="Assumptions",
        columns=tuple(
            Column(name=heading, kind="number" if heading in ("Value", "Low", "High") else "text")
            for heading in _HEADINGS
        ),
        rows=rows,
        units="As each row says",
        source="As each row says",
        notes=("x: no range was given.",) if any("x" in row for row in rows) else (),
    )
    opening = Para(
        text="The forecast rests on these. If one is wrong for this area, change it and run the forecast again."
    )
    return Section(key="assumptions", heading="What the forecast assumes", blocks=(opening, table))


def _cell(value: object, *, is_year: bool, publish: bool) -> Cell:
    text = f"{value:.0f}" if is_year and isinstance(value, float) else plain(value)
    return spell_small(text) if publish else text
