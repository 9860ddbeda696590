"""What to close or make smaller, and what must come first."""

from __future__ import annotations

from typing import Final

from rightplace.places.invest.closing import CLOSE, EVERYONE
from rightplace.places.invest.result import Investment
from rightplace.report.invested.words import SOURCE
from rightplace.report.model import Bullets, Column, Note, Para, Section, TableBlock
from rightplace.report.phrase import whole
from rightplace.report.placed.words import number, pounds

_WORDS: Final = {CLOSE: "Close"}


def section(plan: Investment, *, publish: bool) -> tuple[Section, ...]:
    """The bases closed or halved; no section where there is none. What it tells is of places, so it may be published."""
    rows = tuple(
        (
            row["name"], _WORDS.get(row["action"], "Halve"), int(row["september"]), whole(row["places_now"]), whole(row["places_last"]),
            pounds(row["saved_gbp"], publish=publish),
        )
        for row in plan.closures.iter_rows(named=True)
    )  # fmt: skip
    if not rows:
        return ()
    many = "One base" if len(rows) == 1 else f"{len(rows)} bases"
    table = TableBlock(
        key="closures",
        title="Bases to close or halve, by the first September without a new year group",
        columns=(
            Column(name="Base"), Column(name="What"), Column(name="From", kind="year"), number("Places now"),
            number("Places in the last year"), number("Saved, pounds"),
        ),
        rows=rows,
        units="Places that the area can count on, and pounds over the years looked at",
        source=SOURCE,
        notes=("Saved: what open places cost whether used or not. What ends with a base, such as notice to staff, is not counted.",),
    )  # fmt: skip
    duties = tuple(
        dict.fromkeys(row["duty"].removesuffix(EVERYONE).strip() for row in plan.closures.iter_rows(named=True))
    )
    heading = "What to close or make smaller"
    blocks = (
        Para(text=f"{many} would cost more to keep than to let end.", strong=True),
        table,
        Note(text=EVERYONE),
        Bullets(items=duties),
    )
    return (Section(key="closing", heading=heading, blocks=blocks),)
