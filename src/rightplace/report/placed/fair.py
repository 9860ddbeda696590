"""Fairness: choices met and journeys, by deprivation, need and ethnicity."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from rightplace.disclosure.published import difference
from rightplace.report.labels import label
from rightplace.report.model import Bullets, Cell, Column, Para, Section, TableBlock
from rightplace.report.phrase import share
from rightplace.report.placed.cohort import Cohort
from rightplace.report.placed.counts import ALL, Counts
from rightplace.report.placed.words import CHILDREN, ROUNDED, SOURCE, km, number

_DIMENSIONS: Final = {
    "deprivation_decile": ("Deprivation of the neighbourhood", "by deprivation (decile 1 is the most deprived tenth)"),
    "need": ("Primary need", "by primary need"),
    "ethnicity": ("Ethnic group", "by ethnic group"),
}


def section(cohort: Cohort, counts: Counts) -> Section:
    """A table for each dimension, and sentences that set the ends beside one another."""
    tables = [_table(cohort, counts, dimension) for dimension in _DIMENSIONS if _has(cohort, dimension)]
    first, asked = counts.of("fair", "first_choice", ALL, ALL), counts.of("fair", "with_choice", ALL, ALL)
    told = share(first, asked, publish=counts.publish)
    met = f"Of {asked} whose families stated a choice, {first} would get their first ({told.text})."
    if not asked.value:
        met = "No family's choice is recorded, or too few to show."
    return Section(
        key="fairness",
        heading="Whether the plan treats groups alike",
        blocks=(
            Para(text=met, strong=True),
            Bullets(items=(*_ends(cohort, counts), _caution())),
            *tables,
        ),
    )


def _has(cohort: Cohort, dimension: str) -> bool:
    values = cohort.fairness.filter(pl.col("dimension") == dimension)["value"].to_list()
    return bool(set(values) - {"not known"})


def _caution() -> str:
    return (
        "Groups differ in where they live, in what they need and in what they ask for, so a difference is a question to put, and "
        "not by itself proof of unfairness. Small groups differ by chance."
    )


def _ends(cohort: Cohort, counts: Counts) -> tuple[str, ...]:
    """Journeys in the two most and the two least deprived tenths that can be shown."""
    rows = {
        row["value"]: row
        for row in cohort.fairness.filter(pl.col("dimension") == "deprivation_decile").iter_rows(named=True)
        if counts.tells("fair", "placed", "deprivation_decile", row["value"]) and row["km_median"] is not None
    }
    ends = [value for value in ("1", "10") if value in rows]
    if len(ends) < 2:
        return ()
    return (
        f"The median journey is {km(rows['1']['km_median'])} km for children of the most deprived tenth of neighbourhoods, and "
        f"{km(rows['10']['km_median'])} km for those of the least.",
    )


def _table(cohort: Cohort, counts: Counts, dimension: str) -> TableBlock:
    head, words = _DIMENSIONS[dimension]
    rows = cohort.fairness.filter(pl.col("dimension").is_in([dimension, ALL])).sort(
        pl.col("dimension") == ALL, maintain_order=True
    )
    return TableBlock(
        key=f"fairness-{dimension.replace('_', '-')}",
        title=f"Choices met and journeys {words}",
        columns=(
            Column(name=head), number("Children"), number("With a place"), number("Stated a choice"), number("Got their first"),
            Column(name="Share", kind="share"), number("Got one of them"), number("Median km"), number("Mean minutes"),
        ),
        rows=tuple(_row(row, counts) for row in rows.iter_rows(named=True)),
        units=f"{CHILDREN}; km and minutes one way of those placed whose journey is known",
        source=SOURCE,
        notes=(ROUNDED, "Journeys are of ten or more people only.") if counts.publish else (),
    )  # fmt: skip


def _row(row: dict[str, Any], counts: Counts) -> tuple[Cell, ...]:
    dimension, value = row["dimension"], row["value"]
    children, placed, asked, first, anyone = (
        counts.of("fair", measure, dimension, value)
        for measure in ("children", "placed", "with_choice", "first_choice", "any_choice")
    )
    hidden = asked.value is None or first.value is None
    part = (
        share(first, asked, publish=counts.publish)
        if not hidden
        else share(difference(first, asked), asked, publish=True)
    )
    tells = counts.tells("fair", "placed", dimension, value)
    return (
        _words(dimension, value), children, placed, asked, first, part, anyone,
        km(row["km_median"], tells=tells), km(row["minutes_mean"], tells=tells),
    )  # fmt: skip


def _words(dimension: str, value: str) -> str:
    if dimension == ALL:
        return "Everyone"
    if value == "not known":
        return "Not known"
    return f"Decile {value}" if dimension == "deprivation_decile" else label(dimension, value)
