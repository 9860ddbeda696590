"""What to open, where and when, whom it serves and what it replaces."""

from __future__ import annotations

from typing import Any, Final

from rightplace.places.invest.result import Investment
from rightplace.places.invest.scheme import KINDS
from rightplace.report.invested.words import SOURCE, share
from rightplace.report.model import Block, Cell, Column, Para, Section, TableBlock
from rightplace.report.phrase import plain, whole
from rightplace.report.placed.words import number, pounds

_COLUMNS: Final = (
    Column(name="Scheme"), Column(name="Kind"), Column(name="Opens", kind="year"), number("Places"),
    number("Capital, pounds"), number("Staff, full-time"), Column(name="Pays in", kind="share"),
    number("Cost without it, pounds more"), number("Children a year"), number("Left out without it, a year"),
)  # fmt: skip
_OF_PEOPLE: Final = 2
"""The last columns are means of few children: inside only."""


def section(plan: Investment, *, publish: bool) -> Section:
    """The schemes chosen; inside the area also whom each serves. A version to publish has no numbers of children here."""
    shown = _COLUMNS[:-_OF_PEOPLE] if publish else _COLUMNS
    rows = tuple(_row(row, publish=publish)[: len(shown)] for row in plan.schemes.iter_rows(named=True))
    table = TableBlock(
        key="schemes",
        title="Schemes chosen, by the September they open",
        columns=shown,
        rows=rows,
        units="Places and pounds over the years looked at"
        if publish
        else "Places, pounds over the years looked at, and children and young people with EHC plans",
        source=SOURCE,
        notes=("Pays in: the share of futures in which it saves more than it costs, with nothing in its stead.",),
    )
    told: tuple[Block, ...] = (table, *(() if publish else (_why(plan),)))
    return Section(
        key="chosen", heading="What to open, where and when",
        blocks=told if rows else (Para(text="No scheme is worth its cost."),),
    )  # fmt: skip


def _row(row: dict[str, Any], *, publish: bool) -> tuple[Cell, ...]:
    kind = KINDS[row["kind"]][0] if row["kind"] in KINDS else row["kind"]
    return (
        row["name"], kind, int(row["opens"]), whole(row["places"]), pounds(row["capital_gbp"], publish=publish),
        plain(round(row["staff_fte"], 1)), share(row["pays_share"]), pounds(row["without_gbp"], publish=publish),
        plain(round(row["children"], 1)), plain(round(row["without_left_out"], 1)),
    )  # fmt: skip


def _why(plan: Investment) -> TableBlock:
    names = ("Scheme", "Serves (children a year)", "Instead of (children a year)", "Without it")
    return TableBlock(
        key="schemes-why",
        title="Whom each scheme serves, and what it replaces",
        columns=tuple(Column(name=name) for name in names),
        rows=tuple(
            (
                row["name"], row["serves"] or "Fewer than one child a year of any group",
                row["replaces"] or "Nothing by itself", row["reason"],
            )
            for row in plan.schemes.iter_rows(named=True)
        ),
        units="In words",
        source=SOURCE,
    )  # fmt: skip
