"""Who has a plan now: by need, setting, phase and year group."""

from __future__ import annotations

import polars as pl

from rightplace.area.record import Area
from rightplace.report.labels import HEADINGS, january, label
from rightplace.report.model import Column, Note, Para, Section, TableBlock
from rightplace.report.numbers import Numbers
from rightplace.report.phrase import share
from rightplace.report.sections.compare import MODELLED, PEOPLE, notes

_TABLES = (
    ("need", "by primary need"),
    ("setting", "by kind of setting"),
    ("phase", "by phase of education"),
    ("year_group", "by year group"),
)


def section(numbers: Numbers, area: Area) -> Section:
    """Plans in place on the last census day, a table for each dimension; and any later count that was not used."""
    blocks = [_table(numbers, dimension, words) for dimension, words in _TABLES if numbers.values(dimension)]
    opening = Para(
        text=f"Plans in place on census day in {january(numbers.seed)}. Each child or young person is counted once: "
        "by primary need, by main setting, and by year group on census day."
    )
    return Section(
        key="now", heading=f"Plans in {january(numbers.seed)}", blocks=(opening, *_not_used(numbers, area), *blocks)
    )


def _not_used(numbers: Numbers, area: Area) -> tuple[Note, ...]:
    later = area["history"].filter(
        (pl.col("measure") == "plans") & (pl.col("dimension") == "total") & (pl.col("year") > numbers.seed)
    )
    return tuple(
        Note(
            text=f"The count published for {january(year)} is not used: beside those before it, it cannot be right. The forecast "
            f"starts from {january(numbers.seed)}."
        )
        for year in sorted(set(later["year"]))
    )


def _table(numbers: Numbers, dimension: str, words: str) -> TableBlock:
    total = numbers.count()
    rows = []
    for value in numbers.values(dimension):
        count = numbers.count(dimension, value)
        rows.append((label(dimension, value), count, share(count, total, publish=numbers.publish)))
    rows.append(("All plans", total, share(total, total, publish=numbers.publish)))
    return TableBlock(
        key=f"now-{dimension.replace('_', '-')}",
        title=f"Plans in {january(numbers.seed)} {words}",
        columns=(
            Column(name=HEADINGS[dimension]),
            Column(name="Plans", kind="number"),
            Column(name="Share of all plans", kind="share"),
        ),
        rows=tuple(rows),
        units=PEOPLE,
        source=MODELLED
        if dimension in numbers.estimated
        else "Counted from the sources listed under Where the numbers came from",
        notes=notes(numbers, dimension=dimension),
    )
