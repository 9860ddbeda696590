"""Where the doubt comes from: rates not known exactly, how they will move, and chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from rightplace.report.charts.spec import Bar, Bars
from rightplace.report.labels import january
from rightplace.report.model import Column, Figure, Para, Section, TableBlock
from rightplace.report.numbers import TOTAL, Numbers
from rightplace.report.sections import compare

if TYPE_CHECKING:
    from rightplace.forecast.why.explain import Why

LABELS: Final = {
    "trend": "How rates will move",
    "parameters": "What rates are now",
    "chance": "Chance",
}
_MEANINGS: Final = (
    "A range has three sources. Nobody knows how joining, leaving and moves will change from year to year. What they are now is known from "
    "a limited number of people. And even with every rate known, chance decides who joins and who leaves. Better data narrows the second; "
    "nothing narrows the last."
)
_UNITS: Final = "Per cent of the variance of the number of plans"

Shares = dict[int, dict[str, float]]


def section(why: Why, numbers: Numbers) -> Section | None:
    """Shares of each source in the first January ahead, half way and in the last; None where plans do not vary."""
    shares = _shares(why.doubt)
    if not shares:
        return None
    figure = _figure(shares, why.futures)
    return Section(key="doubt", heading="Where the doubt comes from", blocks=(Para(text=_MEANINGS), figure))


def _shares(doubt: pl.DataFrame) -> Shares:
    rows = doubt.filter(pl.col("dimension") == TOTAL).drop_nulls("share").sort("year")
    found: Shares = {}
    for year, source, share in rows.select("year", "source", "share").iter_rows():
        found.setdefault(int(year), {})[source] = 100.0 * share
    return found


def _figure(shares: Shares, futures: int) -> Figure:
    years = list(shares)
    shown = sorted({years[0], years[(len(years) - 1) // 2], years[-1]})
    most = max(LABELS, key=lambda source: shares[years[-1]][source])
    bars = {year: tuple(Bar(label=LABELS[one], value=shares[year][one]) for one in LABELS) for year in shown}
    return Figure(
        key="doubt-shares",
        title=f"{LABELS[most]} makes most of the doubt in {january(years[-1])}",
        reading=_reading(shares, years[0], years[-1]),
        chart=Bars(
            panels=tuple((january(year), bars[year]) for year in shown), main=LABELS[most], units="Per cent of variance"
        ),
        table=_table(shares, futures),
    )


def _reading(shares: Shares, first: int, last: int) -> str:
    def told(year: int) -> str:
        return ", ".join(f"{LABELS[one].lower()} {shares[year][one]:.1f}%" for one in LABELS)

    later = f" In {january(last)}: {told(last)}." if last != first else ""
    return f"In {january(first)}: {told(first)}.{later} The dark bar is the largest source in {january(last)}."


def _table(shares: Shares, futures: int) -> TableBlock:
    return TableBlock(
        key="doubt-table",
        title="Share of each source in the doubt about all plans",
        columns=(Column(name="January", kind="year"), *(Column(name=name, kind="number") for name in LABELS.values())),
        rows=tuple((year, *(f"{of[one]:.1f}" for one in LABELS)) for year, of in shares.items()),
        units=_UNITS,
        source=compare.MODELLED,
        notes=(f"Estimated from pairs among {futures:,} futures, so shares are rough to a few per cent.",),
    )
