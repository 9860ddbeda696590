"""The investment paper: what to open, where and when, whom it serves, what it costs, and how sure it is."""

from __future__ import annotations

from math import isfinite
from typing import Any, Final

import polars as pl

from rightplace.area.record import Area
from rightplace.calendar.clock import today
from rightplace.disclosure.published import Published
from rightplace.places.invest.result import Investment
from rightplace.places.invest.scheme import KINDS
from rightplace.report import first_plan
from rightplace.report.charts.spec import Scatter
from rightplace.report.model import Block, Bullets, Column, Figure, Note, Para, Report, Section, Share, TableBlock
from rightplace.report.phrase import plain, whole
from rightplace.report.placed.words import number, pounds
from rightplace.report.sections import glossary

INSIDE: Final = "This paper rests on counts of children in small areas. Keep it inside the trusted area."
_SOURCE: Final = "Rightplace investment plan from the area record and its simulated futures"
_MILLION: Final = 1e6


def build(area: Area, plan: Investment) -> Report:
    """The paper of a plan, for those who decide on it inside the area."""
    told = [_headline(plan), _schemes(plan), _years(plan), _frontier(plan), _sure(plan)]
    told.append(glossary.section(told))
    return Report(
        title=f"{area.name}: where to add places",
        area=area.name,
        made=today(),
        publish=False,
        caution=INSIDE,
        marks=first_plan.marks(told),
        sections=tuple(told),
    )


def _share(value: float | None) -> Share:
    return Share(percent=None, text="x") if value is None else Share(percent=round(100 * value), text=f"{value:.0%}")


def _millions(value: float) -> str:
    return f"£{value / _MILLION:,.1f} million"


def _headline(plan: Investment) -> Section:
    schemes = plan.schemes
    places, capital = schemes["places"].sum(), float(schemes["capital_gbp"].sum())
    first = "The plan opens nothing: the places there are serve as well as any scheme would."
    if schemes.height:
        opens = sorted(schemes["opens"].to_list())
        first = (
            f"The plan opens {schemes.height:,} {'scheme' if schemes.height == 1 else 'schemes'} with {places:,} places from "
            f"{opens[0]} to "
            f"{opens[-1]}, for {_millions(capital)} of capital."
        )
    blocks: list[Block] = [Para(text=first, strong=True), Bullets(items=_facts(plan))]
    if not plan.meets:
        way = "; ".join(plan.in_the_way)
        least = plan.least_budget_gbp
        more = "" if least is None else f" The least capital found that would do is {_millions(least)}."
        blocks.append(Note(text=f"What was asked cannot be kept. In the way: {way}.{more}"))
    blocks.append(
        Para(text="This is a suggestion to weigh up. Those who answer for the budget decide, after consulting.")
    )
    return Section(key="summary", heading="What the plan is", blocks=tuple(blocks))


def _facts(plan: Investment) -> tuple[str, ...]:
    saved = plan.cost_now_gbp - plan.proof.incumbent
    compared = f"{_millions(abs(saved))} {'less' if saved >= 0 else 'more'} than with nothing new"
    asked = (
        "No promise was asked for."
        if plan.promise is None
        else f"Promised: from September {plan.promise_from} every child has a place in {plan.promise:.0%} of futures."
    )
    return (
        asked,
        f"Kept in {plan.kept:.0%} of the {plan.futures:,} futures planned for, and in {plan.kept_elsewhere:.0%} of others it never saw.",
        f"Expected cost over the years looked at: {_millions(plan.proof.incumbent)}, {compared} (discounted; children left "
        "without a place are counted at a stated price).",
        f"No plan can cost less than {_millions(plan.proof.bound)}: this one is at most {plan.proof.gap:.1%} from the best.",
    )


def _schemes(plan: Investment) -> Section:
    rows = [_scheme(row) for row in plan.schemes.iter_rows(named=True)]
    table = TableBlock(
        key="schemes",
        title="Schemes chosen, by the September they open",
        columns=(
            Column(name="Scheme"), Column(name="Kind"), Column(name="Opens", kind="year"), number("Places"),
            number("Capital, pounds"), number("Staff, full-time"), number("Children a year"),
            Column(name="Pays in", kind="share"), number("Cost without it, pounds more"), number("Left out without it, a year"),
        ),
        rows=tuple(rows),
        units="Places, pounds over the years looked at, and children and young people with EHC plans",
        source=_SOURCE,
        notes=("Pays in: the share of futures in which it saves more than it costs, with nothing in its stead.",),
    )  # fmt: skip
    why = TableBlock(
        key="schemes-why",
        title="Whom each scheme serves, and what it replaces",
        columns=tuple(
            Column(name=name)
            for name in ("Scheme", "Serves (children a year)", "Instead of (children a year)", "Without it")
        ),
        rows=tuple(
            (
                row["name"],
                row["serves"] or "Fewer than one child a year of any group",
                row["replaces"] or "Nothing by itself",
                row["reason"],
            )
            for row in plan.schemes.iter_rows(named=True)
        ),
        units="In words",
        source=_SOURCE,
    )
    told: tuple[Block, ...] = (table, why) if rows else (Para(text="No scheme is worth its cost."),)
    return Section(key="chosen", heading="What to open, where and when", blocks=told)


def _scheme(row: dict[str, Any]) -> tuple[str | int | Published | Share, ...]:
    kind = KINDS[row["kind"]][0] if row["kind"] in KINDS else row["kind"]
    return (
        row["name"], kind, int(row["opens"]), whole(row["places"]), pounds(row["capital_gbp"]), plain(round(row["staff_fte"], 1)),
        plain(round(row["children"], 1)), _share(row["pays_share"]), pounds(row["without_gbp"]),
        plain(round(row["without_left_out"], 1)),
    )  # fmt: skip


def _years(plan: Investment) -> Section:
    rows = [
        (
            int(row["september"]), whole(row["children_mean"]), whole(row["children_p90"]), whole(row["places"]),
            whole(row["new_places"]), pounds(row["capital_gbp"]), plain(round(row["left_out_mean"], 1)), _share(row["kept"]),
        )
        for row in plan.years.iter_rows(named=True)
    ]  # fmt: skip
    table = TableBlock(
        key="budget",
        title="The plan by year",
        columns=(
            Column(name="September", kind="year"), number("Children: mean"), number("Children: high"), number("Places"),
            number("Of them new"), number("Capital, pounds"), number("Left without a place, mean"),
            Column(name="Futures with nobody left out", kind="share"),
        ),
        rows=tuple(rows),
        units="Children who need a specialist place, places that can be counted on, and pounds",
        source=_SOURCE,
        notes=("High: in one future of ten there are more. Capital is spent in the year before a scheme opens.",),
    )  # fmt: skip
    return Section(key="years", heading="Places and capital by year", blocks=(table,))


def _frontier(plan: Investment) -> Section:
    frame = plan.frontier.unique(maintain_order=True)
    if frame.is_empty():
        return Section(
            key="frontier", heading="What more or less would buy", blocks=(Para(text="No other plan was made."),)
        )
    labels = [_label(row) for row in frame.iter_rows(named=True)]
    mine = _chosen(plan, frame)
    same = frame.select("cost_gbp", "left_out").unique().height
    points = {
        (row["cost_gbp"] / _MILLION, row["left_out"]): name
        for row, name in zip(frame.iter_rows(named=True), labels, strict=True)
    }
    main = points.get((frame["cost_gbp"][mine] / _MILLION, frame["left_out"][mine]), labels[mine])
    rows = tuple(
        (
            name, pounds(row["cost_gbp"]), pounds(row["capital_gbp"]), pounds(row["transport_gbp"]), plain(round(row["km"], 1)),
            plain(round(row["left_out"], 2)), _share(row["kept"]), whole(row["schemes"]), "Yes" if row["meets"] else "No", _gap(row["gap"]),
        )
        for name, row in zip(labels, frame.iter_rows(named=True), strict=True)
    )  # fmt: skip
    table = TableBlock(
        key="frontier-table",
        title="Plans set beside one another",
        columns=(
            Column(name="Asked"), number("Expected cost, pounds"), number("Capital, pounds"), number("Transport, pounds"),
            number("Mean km"), number("Left out a year"), Column(name="Promise kept", kind="share"), number("Schemes"),
            Column(name="As asked"), Column(name="Gap"),
        ),
        rows=rows,
        units="Pounds over the years looked at; km one way; children a year",
        source=_SOURCE,
        notes=("As asked: the promise and the budgets are kept. The gap is how far a plan could be from the best of its kind.",),
    )  # fmt: skip
    figure = Figure(
        key="frontier-chart",
        title="What it costs to leave fewer children without a place",
        reading=f"Each point is a plan; the filled one is nearest to the plan of this paper. {same} different plans were found. "
        "Further down leaves fewer out; further left costs less.",
        chart=Scatter(
            points=tuple((name, along, up) for (along, up), name in points.items()),
            along="Expected cost over the years looked at, million pounds",
            up="Children left out a year",
            main=main,
        ),
        table=table,
    )
    return Section(key="frontier", heading="What more or less would buy", blocks=(figure,))


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


def _sure(plan: Investment) -> Section:
    doubts: tuple[Block, ...] = ()
    if plan.doubts:
        doubts = (Para(text="What the plan rests on and is not known:"), Bullets(items=plan.doubts))
    return Section(
        key="sure", heading="How it was made, and what it rests on", blocks=(Para(text=plan.method), *doubts)
    )
