"""Places and capital of a plan, year by year."""

from __future__ import annotations

from typing import Any, Final

from rightplace.disclosure.published import modelled
from rightplace.places.invest.result import Investment
from rightplace.report.invested.words import SOURCE, share
from rightplace.report.model import Cell, Column, Section, TableBlock
from rightplace.report.phrase import plain, whole
from rightplace.report.placed.words import ROUNDED, number, pounds

_COLUMNS: Final = (
    Column(name="September", kind="year"), number("Children: mean"), number("Children: high"), number("Places"),
    number("Of them new"), number("Capital, pounds"), Column(name="Futures with nobody left out", kind="share"),
    number("Left without a place, mean"),
)  # fmt: skip


def section(plan: Investment, *, publish: bool) -> Section:
    """The plan by September; a version to publish rounds children and leaves out how many have no place."""
    shown = _COLUMNS[:-1] if publish else _COLUMNS
    table = TableBlock(
        key="budget",
        title="The plan by year",
        columns=shown,
        rows=tuple(_row(row, publish=publish)[: len(shown)] for row in plan.years.iter_rows(named=True)),
        units="Children who need a specialist place, places that can be counted on, and pounds",
        source=SOURCE,
        notes=(
            "High: in one future of ten there are more. Capital is spent in the year before a scheme opens.",
            *((ROUNDED,) if publish else ()),
        ),
    )
    return Section(key="years", heading="Places and capital by year", blocks=(table,))


def _row(row: dict[str, Any], *, publish: bool) -> tuple[Cell, ...]:
    people = modelled if publish else whole
    return (
        int(row["september"]), people(row["children_mean"]), people(row["children_p90"]), people(row["places"]),
        whole(row["new_places"]), pounds(row["capital_gbp"], publish=publish), share(row["kept"]),
        plain(round(row["left_out_mean"], 1)),
    )  # fmt: skip
