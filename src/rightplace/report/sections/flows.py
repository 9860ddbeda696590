"""Who joins, leaves and moves: counted between past Januaries, expected between future ones."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.disclosure.published import lone
from rightplace.report.charts.spec import Panels
from rightplace.report.labels import january
from rightplace.report.model import Cell, Column, Figure, Para, Section, TableBlock
from rightplace.report.numbers import Numbers
from rightplace.report.phrase import about, whole
from rightplace.report.sections import compare
from rightplace.report.sections.ahead import fan

_SHOWN: Final = {"joiners": "Joiners", "leavers": "Leavers", "movers": "Movers"}
_PUBLISHED: Final = {
    "requests": "Requests for an assessment",
    "assessed": "Assessments",
    "refused": "Requests refused",
    "new_plans": "New plans",
    "ceased_plans": "Plans that ceased",
    "transferred_out": "Plans transferred out",
}
_MEANINGS: Final = (
    "A joiner has a plan in one January and had none the January before; a leaver had one and has none. "
    "A mover has a plan in both and is in another kind of setting."
)


def section(numbers: Numbers, area: Area) -> Section:
    """One figure with a panel for each flow, and the yearly counts that have been published."""
    flows = [flow for flow in _SHOWN if numbers.years_ahead(what=flow)]
    published = _published(area, publish=numbers.publish)
    return Section(
        key="flows",
        heading="Joining, leaving and moving",
        blocks=(
            Para(text=_MEANINGS),
            *((_figure(numbers, flows),) if flows else ()),
            *((published,) if published else ()),
        ),
    )


def _figure(numbers: Numbers, flows: list[str]) -> Figure:
    year = numbers.seed + 1
    first = [f"{_SHOWN[flow].lower()} {about(numbers.ahead(year=year, what=flow))}" for flow in flows]
    line = "the dark line was counted, and " if any(numbers.years_counted(what=flow) for flow in flows) else ""
    return Figure(
        key="flow",
        title=_finding(numbers),
        reading=f"Expected in the year to {january(year)}: {'; '.join(first)}. In each panel {line}the band holds 8 in 10 "
        "futures.",
        chart=Panels(panels=tuple((_SHOWN[flow], fan(numbers, what=flow)) for flow in flows)),
        table=_table(numbers, flows),
    )


def _finding(numbers: Numbers) -> str:
    year = numbers.seed + 1
    joining, leaving = (numbers.ahead(year=year, what=flow).middle.value for flow in ("joiners", "leavers"))
    if joining is None or leaving is None or joining == leaving:
        return "Joiners, leavers and movers, year by year"
    return f"{'More' if joining > leaving else 'Fewer'} children and young people are expected to join than to leave"


def _table(numbers: Numbers, flows: list[str]) -> TableBlock:
    years = sorted(
        {year for flow in flows for year in (*numbers.years_counted(what=flow), *numbers.years_ahead(what=flow))}
    )
    rows: list[tuple[Cell, ...]] = []
    for year in years:
        known = [numbers.known_how(year=year, what=flow) for flow in flows]
        how = "Expected" if any(one[0] == "Expected" for one in known) else "Counted"
        rows.append((year, how, *(number for one in known for number in one[1:])))
    ends = ("low", "middle", "high")
    return TableBlock(
        key="flow-table",
        title="Joiners, leavers and movers in the year to each January",
        columns=(
            Column(name="Year to January", kind="year"),
            Column(name="Known how"),
            *(Column(name=f"{_SHOWN[flow]}: {end}", kind="number") for flow in flows for end in ends),
        ),
        rows=tuple(rows),
        units="Children and young people in the year to the January",
        source=compare.MODELLED,
        notes=compare.notes(numbers, compare.RANGE, compare.ONE_NUMBER),
    )


def _published(area: Area, *, publish: bool) -> TableBlock | None:
    """The authority's own totals by calendar year from published statistics; None where the record has none."""
    totals = area["history"].filter((pl.col("dimension") == "total") & pl.col("measure").is_in(list(_PUBLISHED)))
    if totals.is_empty():
        return None
    shape = lone if publish else whole
    found = {
        (year, measure): people for year, measure, people in totals.select("year", "measure", "people").iter_rows()
    }
    measures = [measure for measure in _PUBLISHED if measure in {one for _, one in found}]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (year, *(shape(_rounded(found.get((year, measure)))) for measure in measures))
        for year in sorted({year for year, _ in found})
    )
    return TableBlock(
        key="published-flows",
        title="Requests, assessments and plans by calendar year, as published",
        columns=(Column(name="Year", kind="year"), *(Column(name=_PUBLISHED[one], kind="number") for one in measures)),
        rows=rows,
        units="Children and young people in the calendar year",
        source="Department for Education, Education, health and care plans",
        notes=(compare.ROUNDED,) if publish else (),
    )


def _rounded(people: float | None) -> int | None:
    return None if people is None else round(people)
