"""How common plans are likely to be among residents, and how old those with plans are."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.report.inputs import Forecast
from rightplace.report.labels import january, label
from rightplace.report.model import Block, Cell, Column, Para, Section, TableBlock
from rightplace.report.numbers import TOTAL, Numbers
from rightplace.report.phrase import NOT_SHOWN, Range
from rightplace.report.sections import compare

_PER: Final = "Children and young people with EHC plans for every 1,000 residents of the same ages"
_RESIDENTS: Final = "Residents are those of the population projection in the area record, aged 0 to 24 for all plans."
_ROUNDED: Final = "Rates are worked out from numbers rounded to the nearest 5; ages are to the nearest half year."
_AGE: Final = "Age on 31 August before the January."
_PARTS: Final = ("youngest_tenth", "middle", "oldest_tenth")


def section(forecast: Forecast, numbers: Numbers) -> Section | None:
    """Tables of rates by January and by phase, and of ages; None where the forecast has neither."""
    blocks: list[Block] = []
    if not forecast.per_1000.is_empty():
        blocks += _rates(_residents(forecast), numbers)
    if not forecast.ages.is_empty():
        blocks += _ages(forecast.ages, numbers)
    return Section(key="rates", heading="Plans among residents, and ages", blocks=tuple(blocks)) if blocks else None


Residents = dict[tuple[int, str, str], float]


def _residents(forecast: Forecast) -> Residents:
    """Residents of each January by dimension and value, from plans and their rates."""
    keys = ["year", "dimension", "value"]
    both = forecast.per_1000.join(forecast.summary, on=keys, suffix="_plans").filter(pl.col("mean") > 0)
    rows = both.select(*keys, 1000.0 * pl.col("mean_plans") / pl.col("mean")).iter_rows()
    return {(int(year), dimension, value): people for year, dimension, value, people in rows}


def _rates(residents: Residents, numbers: Numbers) -> list[Block]:
    years = sorted(year for year, dimension, _ in residents if dimension == TOTAL)
    told = [(year, _cells(residents[year, TOTAL, TOTAL], numbers.ahead(year=year))) for year in years]
    phases = [
        value
        for value in numbers.values("phase")
        if {(year, "phase", value) for year in (years[0], years[-1])} <= set(residents)
    ]
    blocks: list[Block] = [Para(text=_sentence(told)), _by_year(told, numbers)]
    return [*blocks, _by_phase(phases, residents, (years[0], years[-1]), numbers)] if phases else blocks


def _cells(residents: float, span: Range) -> tuple[str, str, str]:
    """Low, middle and high per 1,000 residents, from numbers as they are shown."""
    low, middle, high = (
        number.text if number.value is None else f"{1000.0 * number.value / residents:.1f}" for number in span.cells
    )
    return low, middle, high


def _sentence(told: list[tuple[int, tuple[str, str, str]]]) -> str:
    (first, (_, now, _)), (last, (low, middle, high)) = told[0], told[-1]
    if not (now[0].isdigit() and low[0].isdigit() and high[0].isdigit()):
        return f"Plans for every 1,000 residents aged 0 to 24 in {january(last)}: {NOT_SHOWN}."
    return (
        f"Of every 1,000 residents aged 0 to 24, about {now} are expected to have a plan in {january(first)} and about {middle} "
        f"({low} to {high}) in {january(last)}."
    )


def _by_year(told: list[tuple[int, tuple[str, str, str]]], numbers: Numbers) -> TableBlock:
    return TableBlock(
        key="per-1000-table",
        title="Plans for every 1,000 residents aged 0 to 24",
        columns=(
            Column(name="January", kind="year"),
            *(Column(name=name, kind="number") for name in ("Low", "Middle", "High")),
        ),
        rows=tuple((year, *cells) for year, cells in told),
        units=_PER,
        source=compare.MODELLED,
        notes=_notes(numbers, compare.RANGE, _RESIDENTS),
    )


def _by_phase(phases: list[str], residents: Residents, years: tuple[int, int], numbers: Numbers) -> TableBlock:
    def row(phase: str) -> tuple[Cell, ...]:
        first, last = (
            _cells(residents[year, "phase", phase], numbers.ahead("phase", phase, year=year)) for year in years
        )
        return label("phase", phase), first[1], *last

    ends = (f"{january(years[0])}: middle", *(f"{january(years[1])}: {end}" for end in ("low", "middle", "high")))
    return TableBlock(
        key="per-1000-phase-table",
        title="Plans for every 1,000 residents, by phase",
        columns=(Column(name="Phase"), *(Column(name=name, kind="number") for name in ends)),
        rows=tuple(row(phase) for phase in phases),
        units=_PER,
        source=compare.MODELLED,
        notes=_notes(numbers, compare.RANGE),
    )


def _ages(ages: pl.DataFrame, numbers: Numbers) -> list[Block]:
    """Ages each January ahead, and inside the trusted area also of those counted."""
    rows = ages.filter(pl.col("year") > numbers.seed - (not numbers.publish)).drop_nulls("mean").sort("year")
    if rows.is_empty():
        return []
    columns = (
        "Mean",
        "Mean: low",
        "Mean: high",
        "A tenth are this old or younger",
        "Half are",
        "A tenth are this old or older",
    )
    told: list[tuple[Cell, ...]] = [
        (int(year), *(_age(value, numbers) for value in values))
        for year, *values in rows.select("year", "mean", "p10", "p90", *_PARTS).iter_rows()
    ]
    table = TableBlock(
        key="ages-table",
        title="Ages of children and young people with plans",
        columns=(Column(name="January", kind="year"), *(Column(name=name, kind="number") for name in columns)),
        rows=tuple(told),
        units="Years of age",
        source=compare.MODELLED,
        notes=_notes(numbers, _AGE, "Low to high is the range of the mean age that holds 8 in 10 futures."),
    )
    first, last = told[0], told[-1]
    moved = f"{first[1]} in {january(rows['year'][0])} and {last[1]} in {january(rows['year'][-1])}"
    return [Para(text=f"The mean age of those with plans is about {moved} ({last[2]} to {last[3]})."), table]


def _age(age: float, numbers: Numbers) -> str:
    return f"{round(2 * age) / 2 if numbers.publish else age:.1f}"


def _notes(numbers: Numbers, *notes: str) -> tuple[str, ...]:
    return (*((_ROUNDED,) if numbers.publish else ()), *notes)
