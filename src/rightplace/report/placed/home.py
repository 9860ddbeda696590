"""Placements outside the area and in independent schools, and what suitable places nearer home would do."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.disclosure.published import Published
from rightplace.report.model import Block, Bullets, Cell, Column, Note, Para, Section, TableBlock
from rightplace.report.phrase import whole
from rightplace.report.placed.cohort import Cohort
from rightplace.report.placed.counts import ALL, GROUPS, PLACES, Counts, in_place
from rightplace.report.placed.words import CHILDREN, ROUNDED, SOURCE, capital, counted, km, number, pounds

_GROUPS: Final = {"cohort": "Placed this September", "staying": "Staying where they are"}
_WHERE: Final = {
    "outside": "Outside the area, not independent",
    "independent inside": "Independent special school in the area",
    "independent outside": "Independent special school outside the area",
    ALL: "All of these",
}
_MOST: Final = 25


def section(cohort: Cohort, counts: Counts) -> Section:
    """How many are away, what it costs, and how many have a suitable local base nearer home."""
    if cohort.away.is_empty():
        told: tuple[Block, ...] = (Para(text="Nobody will be outside the area or in an independent special school."),)
        return Section(key="home", heading="Bringing children nearer home", blocks=told)
    return Section(
        key="home",
        heading="Bringing children nearer home",
        blocks=(
            Para(text=_finding(cohort, counts), strong=True),
            Para(
                text="A base is suitable where nothing known of the child's age, needs, sex and provision rules it out. It is "
                "nearer where the journey is shorter. Whether it has room is shown apart: this asks what more places would do."
            ),
            _table(cohort, counts),
            *_where_places(cohort, counts),
            Note(
                text="Pounds are of a place and transport for a year, and leave out the cost of making places. Nobody is to be "
                "moved for this: a child settled where it is stays, unless the family and a review say otherwise. It tells what "
                "places to make for those who come next."
            ),
        ),
    )


def _rows(cohort: Cohort, group: str, where: str) -> pl.DataFrame:
    own = cohort.away.filter(pl.col("cohort") == (group == "cohort"))
    return own if where == ALL else own.filter(in_place(where))


def _saving(rows: pl.DataFrame) -> float | None:
    """Pounds a year less for those whose nearer base costs less."""
    saved = (rows["cost_gbp"] - rows["local_cost_gbp"]).drop_nulls()
    return float(saved.clip(0).sum()) if len(saved) else None


def _finding(cohort: Cohort, counts: Counts) -> str:
    near = [counts.of("near", group, ALL) for group in GROUPS]
    saved = sum(_saving(_rows(cohort, group, ALL)) or 0.0 for group in GROUPS)
    tells = all(counts.tells("near", group, ALL) for group in GROUPS)
    text = (
        f"{capital(counted(near[0]))} placed this September outside the area "
        f"or in an independent special school have a suitable base nearer home, and so have {counted(near[1])} who stay there."
    )
    if tells and saved > 0:
        text += f" Places nearer home would cost about £{pounds(saved, publish=True)} a year less."
    return text


def _table(cohort: Cohort, counts: Counts) -> TableBlock:
    rows = [
        (_GROUPS[group], _WHERE[where], *_line(cohort, counts, group, where))
        for group in GROUPS
        for where in (*PLACES[1:], ALL)
    ]
    return TableBlock(
        key="home-table",
        title="Outside the area or independent, and those with a suitable base nearer home",
        columns=(
            Column(name="Who"), Column(name="Where"), number("Children"), number("Median km"), number("Pounds a year"),
            number("With a suitable base nearer home"), number("Median km to it"), number("Pounds a year less there"),
        ),
        rows=tuple(rows),
        units=f"{CHILDREN}; km one way; pounds of place and transport",
        source=SOURCE,
        notes=(
            *((ROUNDED, "Medians and pounds are of ten or more people only.") if counts.publish else ()),
            "Pounds less are of those whose nearer base costs less.",
        ),
    )  # fmt: skip


def _line(cohort: Cohort, counts: Counts, group: str, where: str) -> tuple[Cell, ...]:
    rows = _rows(cohort, group, where)
    near = rows.drop_nulls("local_km")
    tells, tells_near = counts.tells("away", group, where), counts.tells("near", group, where)
    median = None if rows["km"].drop_nulls().is_empty() else float(rows["km"].median())  # type: ignore[arg-type]
    local = None if near.is_empty() else float(near["local_km"].median())  # type: ignore[arg-type]
    spent = float(rows["cost_gbp"].sum()) if rows["cost_gbp"].drop_nulls().len() else None
    return (
        counts.of("away", group, where),
        km(median, tells=tells),
        pounds(spent, tells=tells, publish=counts.publish),
        counts.of("near", group, where),
        km(local, tells=tells_near),
        pounds(_saving(near), tells=tells_near, publish=counts.publish),
    )


def _where_places(cohort: Cohort, counts: Counts) -> tuple[Block, ...]:
    """The local bases that would bring most home; inside only, as most of its counts are small."""
    near = cohort.away.drop_nulls("local_km")
    if counts.publish or near.is_empty():
        return ()
    saved = (pl.col("cost_gbp") - pl.col("local_cost_gbp")).clip(0).sum()
    found = (
        near.group_by("local_setting", "local_base", "local_name", "local_full")
        .agg(pl.len().alias("number"), saved.alias("saved"), (pl.col("km") - pl.col("local_km")).sum().alias("km"))
        .sort("number", "local_setting", "local_base", descending=[True, False, False])
    )
    words = {True: "Full", False: "Has room", None: "Not known"}
    rows: list[tuple[str | Published, ...]] = [
        (row["local_name"], words[row["local_full"]], whole(row["number"]), km(row["km"]), pounds(row["saved"]))
        for row in found.head(_MOST).iter_rows(named=True)
    ]
    table = TableBlock(
        key="home-bases",
        title="The nearest suitable local bases of those away",
        columns=(Column(name="Base"), Column(name="Room after this plan"), number("Children nearest to it"),
                 number("Km less one way, in all"), number("Pounds a year less")),
        rows=tuple(rows),
        units=CHILDREN,
        source=SOURCE,
    )  # fmt: skip
    return (table, Bullets(items=("Each child counts at one base: the nearest that suits it.",)))
