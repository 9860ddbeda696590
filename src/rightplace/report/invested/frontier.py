"""What more or less would buy: plans for other promises, set beside one another."""

from __future__ import annotations

from math import isfinite
from typing import Any, Final

import polars as pl

from rightplace.places.invest.result import Investment
from rightplace.report.charts.spec import Scatter
from rightplace.report.invested.words import MILLION, SOURCE, share
from rightplace.report.model import Block, Cell, Column, Figure, Para, Section, TableBlock
from rightplace.report.phrase import plain, whole
from rightplace.report.placed.words import number, pounds

_COLUMNS: Final = (
    Column(name="Asked"), number("Expected cost, pounds"), number("Capital, pounds"), number("Transport, pounds"),
    number("Mean km"), Column(name="Promise kept", kind="share"), number("Schemes"), Column(name="As asked"),
    Column(name="Gap"), number("Left out a year"),
)  # fmt: skip


def section(plan: Investment, *, publish: bool) -> Section:
    """A plan for each of several promises and weights of travel. A version to publish does not say how many are left out."""
    frame = plan.frontier.unique(maintain_order=True)
    heading = "What more or less would buy"
    if frame.is_empty():
        return Section(key="frontier", heading=heading, blocks=(Para(text="No other plan was made."),))
    table = _table(frame, publish=publish)
    block: Block = table if publish else _figure(plan, frame, table)
    return Section(key="frontier", heading=heading, blocks=(block,))


def _table(frame: pl.DataFrame, *, publish: bool) -> TableBlock:
    shown = _COLUMNS[:-1] if publish else _COLUMNS
    return TableBlock(
        key="frontier-table",
        title="Plans set beside one another",
        columns=shown,
        rows=tuple(_row(row, publish=publish)[: len(shown)] for row in frame.iter_rows(named=True)),
        units="Pounds over the years looked at; km one way" + ("" if publish else "; children a year"),
        source=SOURCE,
        notes=("As asked: the promise and the budgets are kept. The gap is how far a plan could be from the best of its kind.",),
    )  # fmt: skip


def _row(row: dict[str, Any], *, publish: bool) -> tuple[Cell, ...]:
    money = [pounds(row[name], publish=publish) for name in ("cost_gbp", "capital_gbp", "transport_gbp")]
    return (
        _label(row), *money, plain(round(row["km"], 1)), share(row["kept"]), whole(row["schemes"]),
        "Yes" if row["meets"] else "No", _gap(row["gap"]), plain(round(row["left_out"], 2)),
    )  # fmt: skip


def _figure(plan: Investment, frame: pl.DataFrame, table: TableBlock) -> Figure:
    rows = list(frame.iter_rows(named=True))
    mine = rows[_chosen(plan, frame)]
    same = frame.select("cost_gbp", "left_out").unique().height
    named: dict[tuple[float, float], list[str]] = {}
    for row in rows:
        named.setdefault((row["cost_gbp"] / MILLION, row["left_out"]), []).append(_label(row))
    points = {at: names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}" for at, names in named.items()}
    return Figure(
        key="frontier-chart",
        title="What it costs to leave fewer children without a place",
        reading=f"Each point is a plan; the filled one is nearest to the plan of this paper. {same} different plans were found. "
        "Further down leaves fewer out; further left costs less.",
        chart=Scatter(
            points=tuple((name, along, up) for (along, up), name in points.items()),
            along="Expected cost over the years looked at, million pounds",
            up="Children left out a year",
            main=points[mine["cost_gbp"] / MILLION, mine["left_out"]],
        ),
        table=table,
    )


def _gap(value: float | None) -> str:
    return "Not known" if value is None or not isfinite(value) else f"{value:.1%}"


def _label(row: dict[str, Any]) -> str:
    asked = "No promise" if row["promise"] is None else f"{row['promise']:.0%} of futures"
    return asked if row["travel_weight"] == 1.0 else f"{asked}, travel x {row['travel_weight']:g}"


def _chosen(plan: Investment, frame: pl.DataFrame) -> int:
    """The row of the frontier that is nearest to what was asked."""
    asked = -1.0 if plan.promise is None else plan.promise
    away = (frame["promise"].fill_null(-1.0) - asked).abs() + (frame["travel_weight"] - 1.0).abs()
    return int(away.arg_min() or 0)
