"""Where children go from where they live: the map and the table of localities."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from rightplace.report.charts.spec import Flow, Map, Spot
from rightplace.report.labels import in_order, label
from rightplace.report.model import Cell, Column, Figure, Section, TableBlock
from rightplace.report.placed.cohort import NO_PLACE, NOT_SET, OUTSIDE, Cohort
from rightplace.report.placed.counts import ALL, Counts
from rightplace.report.placed.words import CHILDREN, ROUNDED, SOURCE, capital, number

_LABELLED: Final = 8
_WIDE: Final = 0.4
_HIGH: Final = 0.05
"""How far apart names must be, as a share of the ground shown: across, or up and down."""

_EXACT: Final = (
    "Each line joins a neighbourhood to a setting; the thicker, the more children. Dashed lines leave the area."
)
_COARSE: Final = (
    "Lines join the middle of one locality to that of another, where enough children go for the number to be shown. "
    "Journeys within a locality are not drawn."
)


def section(cohort: Cohort, counts: Counts) -> Section:
    """A map of journeys with the table of how many go from each locality to each."""
    outside = counts.of("go", ALL, OUTSIDE)
    title = "Where children live and where they would go"
    if outside.value:
        title = f"{outside} of {counts.of('fair', 'children', ALL, ALL)} would go to a setting outside the area"
    chart = _coarse(cohort, counts) if counts.publish else _exact(cohort)
    reading = f"{_COARSE if counts.publish else _EXACT} Small dots are neighbourhoods; north is up."
    figure = Figure(key="journeys-map", title=title, reading=reading, chart=chart, table=_table(cohort, counts))
    return Section(key="journeys", heading="Where children would go", blocks=(figure,))


def _used(cohort: Cohort) -> pl.DataFrame:
    return cohort.settings.filter(pl.col("assigned") > 0).drop_nulls(["easting", "northing"])


def _spots(cohort: Cohort, counts: Counts | None) -> tuple[Spot, ...]:
    rows = _used(cohort).sort("assigned", descending=True, maintain_order=True)
    named = _labelled(rows) if counts is None else set[tuple[str, str]]()
    return tuple(
        Spot(
            easting=row["easting"], northing=row["northing"], kind=label("setting", row["kind"]), people=None,
            label=row["name"] if (row["setting"], row["base"]) in named else "",
        )
        for row in rows.iter_rows(named=True)
    )  # fmt: skip


def _labelled(rows: pl.DataFrame) -> set[tuple[str, str]]:
    """The settings given most, of those whose names do not lie on one another."""
    if rows.is_empty():
        return set()
    ends = rows.select(pl.col("easting", "northing").max() - pl.col("easting", "northing").min())
    across = max(float(size) for size in ends.row(0))
    chosen: list[dict[str, Any]] = []
    for row in rows.select("setting", "base", "easting", "northing").iter_rows(named=True):
        apart = all(
            abs(row["easting"] - other["easting"]) > _WIDE * across
            or abs(row["northing"] - other["northing"]) > _HIGH * across
            for other in chosen
        )
        if apart and len(chosen) < _LABELLED:
            chosen.append(row)
    return {(str(row["setting"]), str(row["base"])) for row in chosen}


def _homes(cohort: Cohort) -> tuple[Spot, ...]:
    return tuple(
        Spot(easting=east, northing=north, kind="home", people=None)
        for east, north in cohort.homes.select("easting", "northing").iter_rows()
    )


def _kinds(cohort: Cohort) -> tuple[str, ...]:
    return tuple(label("setting", kind) for kind in in_order("setting", _used(cohort)["kind"]))


def _exact(cohort: Cohort) -> Map:
    ends = _used(cohort).select("setting", "base", to_east="easting", to_north="northing", where="where")
    lines = (
        cohort.children.drop_nulls(["easting", "northing"])
        .join(ends, on=["setting", "base"])
        .group_by("easting", "northing", "to_east", "to_north", "where")
        .len("people")
        .sort("easting", "northing", "to_east", "to_north")
    )
    flows = tuple(
        Flow(
            start=(row["easting"], row["northing"]), end=(row["to_east"], row["to_north"]), people=row["people"],
            outside=row["where"] == OUTSIDE,
        )
        for row in lines.iter_rows(named=True)
    )  # fmt: skip
    return Map(homes=_homes(cohort), settings=_spots(cohort, None), flows=flows, kinds=_kinds(cohort), units=CHILDREN)


def _coarse(cohort: Cohort, counts: Counts) -> Map:
    middle = {
        name: (east, north)
        for name, east, north in cohort.children.drop_nulls(["easting", "northing"])
        .group_by("home")
        .agg(pl.col("easting", "northing").median())
        .iter_rows()
    }
    away = _used(cohort).filter(pl.col("where") == OUTSIDE)
    if away.height:
        middle[OUTSIDE] = (float(away["easting"].mean()), float(away["northing"].mean()))  # type: ignore[arg-type]
    flows = []
    for key, count in counts.shown.items():
        if key[0] == "go" and ALL not in key and key[1] != key[2] and count.value and {key[1], key[2]} <= set(middle):
            ends = (middle[key[1]], middle[key[2]])
            flows.append(Flow(start=ends[0], end=ends[1], people=count.value, outside=key[2] == OUTSIDE))
    return Map(
        homes=_homes(cohort), settings=_spots(cohort, counts), flows=tuple(flows), kinds=_kinds(cohort), units=CHILDREN
    )


def _table(cohort: Cohort, counts: Counts) -> TableBlock:
    order = [*cohort.localities, NOT_SET, OUTSIDE, NO_PLACE]
    homes = sorted({key[1] for key in counts.raw if key[0] == "go"} - {ALL}, key=order.index)
    targets = sorted({key[2] for key in counts.raw if key[0] == "go"} - {ALL}, key=order.index)
    rows: list[tuple[Cell, ...]] = [
        (capital(home), *(counts.of("go", home, to) for to in targets), counts.of("go", home, ALL)) for home in homes
    ]
    rows.append(("All homes", *(counts.of("go", ALL, to) for to in targets), counts.of("fair", "children", ALL, ALL)))
    return TableBlock(
        key="journeys-table",
        title="From the locality of home (rows) to that of the setting (columns)",
        columns=(Column(name="Home"), *(number(capital(to)) for to in targets), number("All")),
        rows=tuple(rows),
        units=CHILDREN,
        source=SOURCE,
        notes=(ROUNDED,) if counts.publish else (),
    )
