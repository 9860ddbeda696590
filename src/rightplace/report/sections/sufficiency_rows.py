"""The tables of sufficiency as they may be shown: every cell by year and label."""

from __future__ import annotations

from typing import Any, Final

import polars as pl

from rightplace.disclosure.published import MISSING, SUPPRESSED, Published, difference, modelled
from rightplace.places.sufficiency.run import ALL, Dimension, Sufficiency
from rightplace.report.labels import in_order, label
from rightplace.report.model import Column
from rightplace.report.phrase import whole

UNITS: Final = "Children and young people with EHC plans, and places"
SOURCE: Final = (
    "Rightplace forecast, each person followed; places from the register of settings and the area's own table"
)
HEADS: Final[dict[Dimension, str]] = {
    "setting": "Kind of setting", "phase": "Phase", "need": "Primary need", "locality": "Locality",
}  # fmt: skip
RULE: Final = "A number with a plus is how many children have no place; with a minus, how many places are to spare."
_ROUNDED: Final = "Numbers are rounded to the nearest 5."


class Rows:
    """A table of sufficiency as it may be shown: every cell by year and label."""

    def __init__(self, found: Sufficiency, by: tuple[Dimension, ...], *, publish: bool) -> None:
        self.publish, self.by, self.frame = publish, by, found.table(*by)
        first = self.frame.filter(pl.col("year") == found.januaries[0])
        self.januaries = found.januaries
        self.small = {tuple(row[:-1]) for row in first.select(*by, "children_mean").iter_rows() if 0 < row[-1] < 5}

    def of(self, year: int) -> list[tuple[tuple[str, ...], dict[str, Published], int]]:
        """Labels, numbers by name and how many bases have unknown places, in the order of the vocabulary."""
        rows = [
            (tuple(row[name] for name in self.by), self._numbers(row), row["bases_unknown"])
            for row in self.frame.filter(pl.col("year") == year).iter_rows(named=True)
        ]
        if self.by == ("locality",) or len(self.by) != 1:
            return rows
        order = in_order(self.by[0], [key[0] for key, _, _ in rows])
        return sorted(rows, key=lambda row: order.index(row[0][0]))

    def _numbers(self, row: dict[str, Any]) -> dict[str, Published]:
        show = modelled if self.publish else whole
        places = MISSING if row["places"] is None else show(row["places"])
        found = {"places": places}
        for end in ("p10", "p50", "p90"):
            hidden = self.publish and tuple(row[name] for name in self.by) in self.small
            children = SUPPRESSED if hidden else show(row[f"children_{end}"])
            found[end] = children
            found[f"short_{end}"] = difference(children, places)
        return found


COLUMNS: Final = (
    Column(name="Places known", kind="number"),
    *(Column(name=f"Children: {end}", kind="number") for end in ("low", "middle", "high")),
    *(Column(name=f"Short or to spare: {end}", kind="change") for end in ("low", "middle", "high")),
)
NAMES: Final = ("places", "p10", "p50", "p90", "short_p10", "short_p50", "short_p90")


def words(dimension: Dimension, value: str) -> str:
    """A value of a dimension as people read it."""
    return label(dimension, value) if value != ALL else "All"


def notes(rows: Rows, *more: str) -> tuple[str, ...]:
    """The notes of a table, with the one on rounding where it is to be published."""
    return (*((_ROUNDED,) if rows.publish else ()), *more)
