"""Tables for the workbook alone: every value of every dimension in every January."""

from __future__ import annotations

from typing import Final

from rightplace.report.labels import HEADINGS, in_order, january, label
from rightplace.report.model import Cell, Column, Para, Section, TableBlock
from rightplace.report.numbers import Numbers
from rightplace.report.sections import compare

_FLOWS: Final = {
    "joiners": "Joiners",
    "leavers": "Leavers",
    "movers": "Movers, by where they were",
    "movers_in": "Movers, by where they went",
    "need_changes": "Changes of primary need, by the need before",
    "needs_in": "Changes of primary need, by the need after",
}


def section(numbers: Numbers) -> Section:
    """A long table for each dimension: a row for each value and January."""
    dimensions = [name for name in ("need", "setting", "phase", "year_group") if numbers.values(name)]
    tables = [*(_table(numbers, dimension) for dimension in dimensions), _flows(numbers)]
    opening = Para(
        text=f"The workbook that goes with this report also has every January from {numbers.seed} to {numbers.horizon}, "
        "for each need, kind of setting, phase and year group, the counts of earlier Januaries, and who is expected to "
        "join, leave and move each year."
    )
    return Section(key="every-year", heading="Every year", blocks=(opening, *tables))


def _table(numbers: Numbers, dimension: str) -> TableBlock:
    years = sorted({*numbers.years_counted(), numbers.seed, *numbers.years_ahead()})
    rows: list[tuple[Cell, ...]] = []
    for value in numbers.values(dimension):
        for year in years:
            rows.append((label(dimension, value), year, *numbers.known_how(dimension, value, year=year)))
    name = HEADINGS[dimension]
    return TableBlock(
        key=f"{dimension.replace('_', '-')}-every-year",
        title=f"Plans by {name.lower()}, every January to {january(numbers.horizon)}",
        columns=(
            Column(name=name),
            Column(name="January", kind="year"),
            Column(name="Known how"),
            Column(name="Low", kind="number"),
            Column(name="Middle", kind="number"),
            Column(name="High", kind="number"),
        ),
        rows=tuple(rows),
        units=compare.PEOPLE,
        source=compare.MODELLED,
        notes=compare.notes(numbers, compare.RANGE, compare.ONE_NUMBER, dimension=dimension),
        on_page=False,
    )


def _flows(numbers: Numbers) -> TableBlock:
    wanted = [key for key in numbers.expected if key[0] in _FLOWS and key[2] in HEADINGS]
    order = {
        dimension: in_order(dimension, {key[3] for key in wanted if key[2] == dimension}) for dimension in HEADINGS
    }
    wanted.sort(
        key=lambda key: (list(_FLOWS).index(key[0]), list(HEADINGS).index(key[2]), order[key[2]].index(key[3]), key[1])
    )
    series = {key[:1] + key[2:] for key in wanted if numbers.expected[key].high.value != 0}
    rows = tuple(
        (_FLOWS[key[0]], HEADINGS[key[2]], label(key[2], key[3]), key[1], *numbers.expected[key].cells)
        for key in wanted
        if key[:1] + key[2:] in series
    )
    return TableBlock(
        key="flows-every-year",
        title=f"Expected flows in the year to each January, to {january(numbers.horizon)}",
        columns=(
            *(Column(name=name) for name in ("Flow", "Counted by", "Value")),
            Column(name="Year to January", kind="year"),
            *(Column(name=name, kind="number") for name in ("Low", "Middle", "High")),
        ),
        rows=rows,
        units="Children and young people in the year to the January",
        source=compare.MODELLED,
        notes=compare.notes(
            numbers,
            compare.RANGE,
            "Joiners are shown by the year group of that January, others by that of the January before.",
        ),
        on_page=False,
    )
