"""The settings: places, who stays, who would come, and what one more place would be worth."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from rightplace.disclosure.published import MISSING
from rightplace.report.labels import label
from rightplace.report.model import Cell, Column, Para, Section, TableBlock
from rightplace.report.phrase import whole
from rightplace.report.placed.cohort import Cohort
from rightplace.report.placed.counts import Counts
from rightplace.report.placed.words import ROUNDED, SOURCE, capital, number, pounds

_WORTH: Final = (
    "The value of one more place is what the plan as a whole would gain from it: a child placed who has no place, choices met, "
    "minutes and pounds saved, put in one number at stated worths. Below nought, a place would meet a choice that costs more "
    "than that is stated to be worth."
)


def section(cohort: Cohort, counts: Counts) -> Section:
    """Every setting that is given someone or whose next place is worth something, the worthiest first."""
    used = cohort.settings.filter((pl.col("assigned") > 0) | (pl.col("value") != 0)).sort(
        "value", "assigned", "setting", "base", descending=[True, True, False, False]
    )
    best = used.row(0, named=True) if used.height else None
    finding = "No setting's next place would change the plan."
    if best and best["value"] > 0 and counts.publish and not _tells(best, counts):
        finding = "What one more place would do is shown where enough children come for it to be."
    elif best and best["value"] > 0:
        finding = f"One more place would do most at {best['name']}."
    return Section(
        key="settings",
        heading="Settings and what one more place would do",
        blocks=(Para(text=finding, strong=True), Para(text=_WORTH), _table(used, cohort, counts)),
    )


def _table(used: pl.DataFrame, cohort: Cohort, counts: Counts) -> TableBlock:
    inside = () if counts.publish else (number("Staying"), number("Kept for later"), number("Places to give"))
    unit = "points" if "points" in cohort.unit else "pounds a year"
    return TableBlock(
        key="settings-table",
        title="Settings in this plan",
        columns=(
            Column(name="Setting"), Column(name="Kind"), Column(name="Where"), number("Places"), *inside,
            number("Would come"), number(f"Value of one more place, {unit}"),
        ),
        rows=tuple(_row(row, counts) for row in used.iter_rows(named=True)),
        units="Places, children and young people with EHC plans",
        source=SOURCE,
        notes=(
            *((ROUNDED,) if counts.publish else ()),
            "x: the number of places is not known.",
            "Staying are all on roll who stay, those of other authorities among them.",
        ),
    )  # fmt: skip


def _row(row: dict[str, Any], counts: Counts) -> tuple[Cell, ...]:
    key = ("given", row["setting"], row["base"])
    given = counts.of(*key) if key in counts.raw else whole(0)
    seats = MISSING if row["seats"] is None else whole(row["seats"])
    inside = () if counts.publish else (whole(row["staying"]), whole(row["kept"]), seats)
    return (
        row["name"] or row["setting"],
        label("setting", row["kind"] or ""),
        capital(row["where"] or ""),
        MISSING if row["capacity"] is None else whole(row["capacity"]),
        *inside,
        given,
        pounds(row["value"], tells=_tells(row, counts), publish=counts.publish),
    )


def _tells(row: dict[str, Any], counts: Counts) -> bool:
    """Whether a place's worth may be shown: it could tell of one child, so only where the number who come is shown."""
    return not counts.publish or bool(counts.of("given", row["setting"], row["base"]).value)
