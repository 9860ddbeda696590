"""The first plan of an area as a report: built once from the record and its forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rightplace.area.record import Area
from rightplace.places.sufficiency.run import Sufficiency
from rightplace.report.backtest_summary import BacktestSummary
from rightplace.report.counted_flows import counted_flows
from rightplace.report.finished import finished
from rightplace.report.inputs import FindingsSummary, Forecast
from rightplace.report.model import Report, Section
from rightplace.report.numbers import Numbers, numbers
from rightplace.report.sections import (
    ahead,
    assumptions,
    checks,
    doubt,
    every_year,
    flows,
    headline,
    how_right,
    lineage,
    method,
    now,
    places,
    rates,
    sufficiency,
    why,
)

if TYPE_CHECKING:
    from rightplace.forecast.why.explain import Why

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
    enough: Sufficiency | None = None,
    reasons: Why | None = None,
    publish: bool,
) -> Report:
    """The report of an area, with the findings of its checks, the results of a back-test, the sufficiency of its places and the
    reasons for the change (:func:`rightplace.forecast.why.explain.explain`) where given.

    With ``publish`` every number goes through disclosure control first, so that neither the page nor
    the workbook can hold one that may not leave the trusted area. The day is today's, by the clock.
    """
    figures = numbers(forecast, counted_flows(area), publish=publish)
    told: list[Section] = [
        headline.section(figures),
        now.section(figures, area),
        ahead.section(figures),
        *_reasons(reasons, figures),
        *(one for one in (rates.section(forecast, figures),) if one),
        flows.section(figures, area),
        places.section(figures, area),
        *((sufficiency.section(enough, publish=publish),) if enough else ()),
        lineage.section(area, publish=publish),
        *((checks.section(findings, publish=publish),) if findings else ()),
        how_right.section(backtest, figures),
        assumptions.section(forecast, publish=publish),
        method.section(forecast, publish=publish),
        every_year.section(figures),
    ]
    title = f"{area.name}: first plan for children and young people with EHC plans"
    return finished(title, area, told, publish=publish, caution=_OUTSIDE if publish else _INSIDE)


def _reasons(reasons: Why | None, figures: Numbers) -> list[Section]:
    """Why plans change and what is uncertain, where that was worked out."""
    if reasons is None:
        return []
    return [why.section(reasons, figures), *(one for one in (doubt.section(reasons, figures),) if one)]
