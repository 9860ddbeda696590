"""A scenario beside the forecast without it, as sections of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rightplace.disclosure.published import difference
from rightplace.report.charts.spec import Panels
from rightplace.report.counted_flows import counted_flows
from rightplace.report.labels import january, label
from rightplace.report.model import Column, Figure, Para, Section, TableBlock
from rightplace.report.numbers import Numbers, numbers
from rightplace.report.phrase import Range, between, whole
from rightplace.report.sections import ahead, assumptions, compare, lineage, method

if TYPE_CHECKING:
    from rightplace.area.record import Area
    from rightplace.forecast.scenario.compare import Comparison

_ENDS: Final = ("Low", "Middle", "High")


def of_comparison(area: Area, both: Comparison, name: str, *, publish: bool) -> list[Section]:
    """A scenario beside the forecast without it, in sections; with ``publish`` every number is first protected."""
    counted = counted_flows(area)
    without, under = (numbers(one, counted, publish=publish) for one in (both.baseline, both.scenario))
    return [
        Section(
            key="side-by-side",
            heading="With and without the scenario",
            blocks=(_opening(without, under, name), _totals(without, under, both, name), _settings(without, under)),
        ),
        lineage.section(area, publish=publish),
        assumptions.section(both.scenario, publish=publish),
        method.section(both.scenario, publish=publish),
    ]


def _opening(without: Numbers, under: Numbers, name: str) -> Para:
    later = january(without.horizon)
    text = f"In {later}, 8 in 10 futures lie {between(without.ahead())} as things are going, and {between(under.ahead())} with “{name}”."
    return Para(text=text, strong=True)


def _totals(without: Numbers, under: Numbers, both: Comparison, name: str) -> Figure:
    rows = tuple(
        (year, *without.ahead(year=year).cells, *under.ahead(year=year).cells, *_gap(without, under, both, year).cells)
        for year in without.years_ahead()
    )
    heads = ("As things go", "Scenario", "Difference")
    columns = tuple(Column(name=f"{head}: {end.lower()}", kind="number") for head in heads for end in _ENDS)
    table = TableBlock(
        key="side-by-side-table",
        title="Plans each January with and without the scenario",
        columns=(Column(name="January", kind="year"), *columns),
        rows=rows,
        units=compare.PEOPLE,
        source=compare.MODELLED,
        notes=(_how(publish=without.publish),),
    )
    return Figure(
        key="side-by-side-chart",
        title=f"Plans as things are going, and with “{name}”",
        reading="Both panels have the same chances in each future, so what differs is the scenario alone.",
        chart=Panels(panels=(("As things are going", ahead.fan(without)), ("With the scenario", ahead.fan(under)))),
        table=table,
    )


def _how(*, publish: bool) -> str:
    if publish:
        return "The difference is worked out from the rounded numbers beside it."
    return "The difference is taken in each future, so its range is not the difference of the two ranges."


def _gap(without: Numbers, under: Numbers, both: Comparison, year: int) -> Range:
    if without.publish:
        return Range(
            **{
                end: difference(getattr(under.ahead(year=year), end), getattr(without.ahead(year=year), end))
                for end in ("low", "middle", "high")
            }
        )
    row = both.difference.row(by_predicate=_total(year), named=True)
    return Range(low=whole(row["p10"]), middle=whole(row["p50"]), high=whole(row["p90"]))


def _total(year: int) -> Any:
    import polars as pl

    return (pl.col("year") == year) & (pl.col("dimension") == "total")


def _settings(without: Numbers, under: Numbers) -> TableBlock:
    later = january(without.horizon)
    heads = ("As things go", "Scenario")
    columns = tuple(Column(name=f"{head}: {end.lower()}", kind="number") for head in heads for end in _ENDS)
    return TableBlock(
        key="settings-side-by-side",
        title=f"Plans by kind of setting in {later}, with and without the scenario",
        columns=(Column(name="Kind of setting"), *columns),
        rows=tuple(
            (label("setting", kind), *without.ahead("setting", kind).cells, *under.ahead("setting", kind).cells)
            for kind in without.values("setting")
        ),
        units=compare.PEOPLE,
        source=compare.MODELLED,
    )
