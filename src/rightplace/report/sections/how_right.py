"""How right such forecasts have been: a back-test, or a sentence that says how to make one."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.forecast.backtest.result import OURS
from rightplace.forecast.backtest.sizes import SIZES, size
from rightplace.report.backtest_summary import BacktestSummary
from rightplace.report.charts.spec import Bar, Bars
from rightplace.report.labels import january
from rightplace.report.model import Block, Cell, Column, Figure, Note, Para, Section, TableBlock
from rightplace.report.numbers import Numbers

KEY: Final = "how-right"
_HEADING: Final = "How right such forecasts have been"
_UNITS: Final = "Per cent of the plans that came"
_SOURCE: Final = "Rightplace back-test"
_COUNTED: Final = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
_SCORE: Final = (
    "The weighted interval score is an error that also counts how wide the ranges were and how far outside them the number fell: "
    "less is better.",
    "A method that gives one number has a range as wide as its past errors, or where there are too few of these none.",
)
_LABELS: Final = {
    "half of each": "Half own, half England's growth",
    "exponential smoothing (statsmodels)": "Exponential smoothing",
    "transition counts": "Transition-count model",
}
_WITHOUT: Final = (
    "No back-test was given with this report, so it cannot show how right such forecasts have been. To make one, run "
    "'rightplace backtest --statistics FOLDER --out DIR', or 'rightplace backtest AREA --out DIR' for the area's own returns, and "
    "then this report with '--backtest DIR'."
)
_KEPT_IN: Final = (
    "The back-test given is of one area's own returns. Its errors could be turned back into exact counts, so they are not in a version "
    "made to be published. A back-test of every authority ('rightplace backtest --statistics FOLDER') can be."
)


def section(results: BacktestSummary | None, numbers: Numbers) -> Section:
    """Errors and ranges of past forecasts beside simple rivals'; where no results are given, how to get them."""
    if results is None:
        return Section(key=KEY, heading=_HEADING, blocks=(Note(text=_WITHOUT),))
    if results.areas == 1 and numbers.publish:
        return Section(key=KEY, heading=_HEADING, blocks=(Note(text=_KEPT_IN),))
    scores = _by_method(
        results.summary,
        "wis_percent",
        key="past-scores",
        title="Interval score of past forecasts, by method",
        notes=(*_SCORE, _by_score(results.summary)),
        places=2,
    )
    blocks: list[Block] = [Para(text=_opening(results)), _figure(results), scores]
    if results.areas > 1:
        blocks += [Para(text=text) for text in _own_size(results, numbers)] + [_sizes(results)]
    return Section(key=KEY, heading=_HEADING, blocks=tuple(blocks))


def _ours(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("method") == OURS).sort("horizon")


def _opening(results: BacktestSummary) -> str:
    ours = _ours(results.summary)
    about = f"{results.areas} {results.about}" if results.areas > 1 else results.about
    first, last = (int(str(year)) for year in (ours["first_origin"].min(), ours["last_origin"].max()))
    span = f"January {first}" if first == last else f"each January from {first} to {last}"
    missed = _listed([f"by {row['mape_percent']:.1f}% {_ahead(row['horizon'])}" for row in ours.iter_rows(named=True)])
    held = _listed(
        [f"{row['coverage80_percent']:.0f}%" for row in ours.drop_nulls("coverage80_percent").iter_rows(named=True)]
    )
    text = (
        f"Plans of {about} were forecast from {span}, only on what was known then, and compared with what came. On average the "
        f"middle of the range missed {missed}."
    )
    return f"{text} Ranges that were to hold 80% of the numbers held {held}." if held else text


def _figure(results: BacktestSummary) -> Figure:
    horizons = results.summary["horizon"].unique().sort().to_list()
    panels = []
    for horizon in horizons:
        rows = results.summary.filter(pl.col("horizon") == horizon)
        bars = tuple(
            Bar(label=_label(name), value=value) for name, value in rows.select("method", "mape_percent").iter_rows()
        )
        panels.append((_capital(_ahead(horizon)), bars))
    return Figure(
        key="past-errors",
        title=_finding(results.summary),
        reading="Each bar is how far a method's forecasts were from the number that came, on average, as a share of it: the "
        "shorter the better. The dark bar is the method of this report; the others are simple ways to carry numbers forward.",
        chart=Bars(panels=tuple(panels), main=OURS, units="Mean absolute error, per cent"),
        table=_by_method(
            results.summary,
            "mape_percent",
            key="past-errors-table",
            title="Mean absolute error of past forecasts, by method",
        ),
    )


def _finding(summary: pl.DataFrame) -> str:
    better = _better(summary, "mape_percent")
    if better:
        return f"A simpler method came nearer: {_listed(better)}"
    return f"{OURS} came nearer than every simpler method, however many years ahead"


def _by_score(summary: pl.DataFrame) -> str:
    better = _better(summary, "wis_percent")
    return f"Lower than {OURS}: {_listed(better)}." if better else f"No method has a lower score than {OURS}."


def _better(summary: pl.DataFrame, measure: str) -> list[str]:
    """The best method where it is not ours, with the number of years ahead."""
    found = []
    for (horizon,), rows in summary.group_by("horizon", maintain_order=True):
        best = rows.sort(measure)["method"][0]
        if best != OURS:
            found.append(f"{_label(best)}, {_ahead(int(str(horizon)))}")
    return found


def _by_method(
    summary: pl.DataFrame, measure: str, *, key: str, title: str, notes: tuple[str, ...] = (), places: int = 1
) -> TableBlock:
    """A row for each method and a column for each number of years ahead."""
    horizons = summary["horizon"].unique().sort().to_list()
    found = {
        (method, horizon): value for method, horizon, value in summary.select("method", "horizon", measure).iter_rows()
    }
    methods = summary["method"].unique(maintain_order=True)
    return TableBlock(
        key=key,
        title=title,
        columns=(
            Column(name="Method"),
            *(Column(name=_capital(_ahead(horizon)), kind="number") for horizon in horizons),
        ),
        rows=tuple(
            (_label(name), *(_shown(found.get((name, horizon)), places) for horizon in horizons)) for name in methods
        ),
        units=_UNITS,
        source=_SOURCE,
        notes=notes,
    )


def _sizes(results: BacktestSummary) -> TableBlock:
    measures = ("mape_percent", "bias_percent", "coverage80_percent", "coverage95_percent")
    rows: list[tuple[Cell, ...]] = [
        (row["size"], _years(row["horizon"]), *(_shown(row[name]) for name in measures))
        for band in SIZES
        for row in _ours(results.by_size).filter(pl.col("size") == band).iter_rows(named=True)
    ]
    return TableBlock(
        key="past-errors-by-size",
        title="Past forecasts by Rightplace, by size of area",
        columns=(
            Column(name="Plans in the January forecast from"),
            Column(name="Years ahead"),
            *(Column(name=name, kind="number") for name in ("Error", "Bias", "In 80% range", "In 95% range")),
        ),
        rows=tuple(rows),
        units=f"{_UNITS}; ranges: per cent of forecasts",
        source=_SOURCE,
        notes=("Bias above nought: too many plans were forecast.",),
    )


def _own_size(results: BacktestSummary, numbers: Numbers) -> list[str]:
    """A sentence for areas of the size of this one; none where its number is not shown or none of its size was tested."""
    now = numbers.count()
    band = size(now.value) if now.value is not None else ""
    rows = _ours(results.by_size).filter(pl.col("size") == band)
    if rows.is_empty():
        return []
    missed = _listed([f"by {row['mape_percent']:.1f}% {_ahead(row['horizon'])}" for row in rows.iter_rows(named=True)])
    return [
        f"With {now} plans in {january(numbers.seed)}, this area is one of {band}. Forecasts for areas of that size missed {missed}."
    ]


def _years(horizon: int) -> str:
    return _COUNTED[horizon - 1] if horizon <= len(_COUNTED) else str(horizon)


def _ahead(horizon: int) -> str:
    return f"{_years(horizon).lower()} year{'s' if horizon > 1 else ''} ahead"


def _label(method: str) -> str:
    return _LABELS.get(method, _capital(method))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shown(value: float | None, places: int = 1) -> str:
    if value is None:
        return "\N{EN DASH}"
    return f"{round(value, places) + 0.0:.{places}f}".replace("-", "\N{MINUS SIGN}")


def _listed(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
