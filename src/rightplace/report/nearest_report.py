"""How far the nearest special school, unit or resourced provision is, for a need and a year group: a map, and a row for each school."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.errors import DataError
from rightplace.report.finished import finished
from rightplace.report.labels import label
from rightplace.report.model import Bullets, Cell, Column, Figure, Para, Report, Section, TableBlock
from rightplace.report.placed.nearest import nearest, nearest_map, suitable
from rightplace.report.placed.words import number
from rightplace.vocabulary.need import Need

CAUTION: Final = "This page is made from the register of settings and counts no children, so it may be shared."
_SOURCE: Final = "Register of settings and the area's own table of bases"
_READ: Final = (
    "Each mainstream school stands for where children live. Lines are straight: roads are longer.",
    "Only special schools, SEN units and resourced provision of the state are looked for. A base is suitable where its ages hold the "
    "year group and its list of needs, if it has one, the need.",
    "A base that is suitable may be full, or not suit a child for other reasons: “rightplace choose” lays out the tests for one child.",
    "Bases over the border are seen only where the record holds that authority's settings.",
)


def build(area: Area, *, september: int, need: Need | None = None, year_group: int = 7) -> Report:
    """The report for a need (None: any) and a year group. Raises ``DataError`` where there is no school or no such base."""
    told = _sections(area, september=september, need=need, year_group=year_group)
    title = f"{area.name}: the nearest places for {_whom(need, year_group)}"
    return finished(title, area, told, publish=True, caution=CAUTION)


def _sections(area: Area, *, september: int, need: Need | None, year_group: int) -> list[Section]:
    asked = {"september": september, "need": None if need is None else str(need), "year_group": year_group}
    found = nearest(area, **asked)  # type: ignore[arg-type]
    if found.is_empty():
        bases = suitable(area, **asked)  # type: ignore[arg-type]
        what = (
            "No mainstream school of the area has a place on the map"
            if bases.height
            else "No base is known that takes them"
        )
        raise DataError(f"{what}: {_whom(need, year_group)}.", where=area.name, action="Load a register of settings.")
    figure = Figure(
        key="nearest-map",
        title=_finding(found),
        reading="A line joins each mainstream school to the nearest suitable base; dashed lines leave the area. Small dots are schools; "
        "north is up.",
        chart=nearest_map(area, **asked),  # type: ignore[arg-type]
        table=_table(found, need, year_group),
    )
    whom = f"For {_whom(need, year_group)}, in September {september}."
    return [
        Section(key="nearest", heading="How far the nearest place is", blocks=(Para(text=whom, strong=True), figure)),
        Section(key="reading", heading="How to read this", blocks=(Bullets(items=_READ),)),
    ]


def _whom(need: Need | None, year_group: int) -> str:
    what = "any need" if need is None else need.label.casefold()
    return f"year group {year_group} with {what}"


def _finding(found: pl.DataFrame) -> str:
    outside = int(found["outside"].sum())
    middle, far = float(found["km"].quantile(0.5) or 0), float(found["km"].max() or 0)  # type: ignore[arg-type]
    over = f"; for {outside:,} it is outside the area" if outside else ""
    return f"From half of {found.height:,} schools the nearest is within {middle:.1f} km, from the furthest {far:.1f} km{over}"


def _table(found: pl.DataFrame, need: Need | None, year_group: int) -> TableBlock:
    rows: list[tuple[Cell, ...]] = [
        (
            row["school"] or row["school_id"], row["name"] or row["setting_id"], label("setting", row["setting_kind"]),
            "Outside the area" if row["outside"] else "In the area", f"{row['km']:.1f}",
        )
        for row in found.sort("km", "school_id", descending=[True, False]).iter_rows(named=True)
    ]  # fmt: skip
    return TableBlock(
        key="nearest-table",
        title=f"The nearest place for {_whom(need, year_group)}, the furthest first",
        columns=(
            Column(name="Mainstream school"), Column(name="Nearest base"), Column(name="Kind"), Column(name="Where"),
            number("Km in a straight line"),
        ),
        rows=tuple(rows),
        units="Settings, and km in a straight line",
        source=_SOURCE,
    )  # fmt: skip
