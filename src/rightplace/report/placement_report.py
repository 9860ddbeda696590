"""The report of a September: everyone who needs a place, where the plan would put them, and what that rests on."""

from __future__ import annotations

from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.places.assign.placements import Placements
from rightplace.report.finished import finished
from rightplace.report.model import Bullets, Column, Para, Report, Section, TableBlock
from rightplace.report.placed import cohort as cohorts
from rightplace.report.placed import fair, home, journeys, settings
from rightplace.report.placed.cohort import Cohort
from rightplace.report.placed.counts import ALL, Counts, counts
from rightplace.report.placed.words import SOURCE, capital, counted, km

INSIDE: Final = (
    "This version holds exact counts and names children by number. Keep it inside the trusted area. To share it, make a version "
    "with --publish."
)
OUTSIDE: Final = (
    "This version is made to be published: very small counts are hidden and all are rounded to the nearest 5."
)
_READ: Final = (
    "A suggestion, and no decision. A named person decides each place after consulting the family and the setting.",
    "The aims hold in this order unless weights were stated: nobody who asked to move loses a place; as many as can be are placed; "
    "families' choices are met; journeys are short; costs are low.",
    "A setting is suitable for the plan where nothing known rules it out. What is not known is not counted against anyone.",
    "That a place is full is not by itself a ground to refuse a family's choice (Children and Families Act 2014, section 39(4)).",
    "Homes are the central points of neighbourhoods, so journeys are about right for a neighbourhood and not for a door.",
)


def build(area: Area, of: Placements, *, september: int, publish: bool) -> Report:
    """The report of a plan for a September. With ``publish`` every count goes through disclosure control first."""
    cohort = cohorts.read(area, of, september=september)
    numbers = counts(cohort, publish=publish)
    told = [
        _headline(cohort, numbers, of, publish=publish),
        journeys.section(cohort, numbers),
        home.section(cohort, numbers),
        settings.section(cohort, numbers),
        fair.section(cohort, numbers),
        _unplaced(cohort, numbers),
        Section(key="reading", heading="How to read this", blocks=(Bullets(items=_READ),)),
    ]
    title = f"{area.name}: places for September {september}"
    return finished(title, area, told, publish=publish, caution=OUTSIDE if publish else INSIDE)


def _headline(cohort: Cohort, numbers: Counts, of: Placements, *, publish: bool) -> Section:
    children, placed = numbers.of("fair", "children", ALL, ALL), numbers.of("fair", "placed", ALL, ALL)
    lost = numbers.of("unplaced")
    first = f"{placed} of {counted(children)} who need a new place in September {cohort.september} would have one."
    asked, met = numbers.of("fair", "with_choice", ALL, ALL), numbers.of("fair", "first_choice", ALL, ALL)
    journey = cohort.children["km"].median()
    proof = of.certificate()
    items = [
        f"{capital(counted(lost))} would have none." if lost.value != 0 else "Nobody would be without a place.",
        f"{asked} have a choice recorded; {met} of them would get their first.",
        f"The median journey is {km(None if journey is None else float(str(journey)))} km one way.",
        "No plan is better by the aims as stated: this was checked apart from the solver."
        if proof.proved
        else "This plan is not proved the best by the aims as stated.",
    ]
    notes = (Para(text="To know of the whole:"), Bullets(items=of.notes)) if of.notes and not publish else ()
    return Section(
        key="summary",
        heading="What the plan does",
        blocks=(Para(text=first, strong=True), Bullets(items=tuple(items)), *notes),
    )


def _unplaced(cohort: Cohort, numbers: Counts) -> Section:
    heading = "Those without a place"
    lost = numbers.of("unplaced")
    if lost.value == 0:
        return Section(key="unplaced", heading=heading, blocks=(Para(text="Everyone would have a place."),))
    said = f"{capital(counted(lost))} would have no place by this plan."
    if numbers.publish:
        return Section(
            key="unplaced",
            heading=heading,
            blocks=(Para(text=f"{said} The reasons are about single children, and are in the version kept inside."),),
        )
    rows = tuple(
        (str(person), str(reason)) for person, reason in cohort.unplaced.select(pl.col("person", "reason")).iter_rows()
    )
    table = TableBlock(
        key="unplaced-table",
        title="Who has no place, and what stands in the way",
        columns=(Column(name="Person"), Column(name="Reason")),
        rows=rows,
        units="A row a child or young person",
        source=SOURCE,
    )
    return Section(key="unplaced", heading=heading, blocks=(Para(text=said, strong=True), table))
