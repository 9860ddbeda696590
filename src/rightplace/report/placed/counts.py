"""Every count of the report of a September, each as it may be shown: protected together where the report is to be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.disclosure.cells import protect
from rightplace.disclosure.published import MISSING, Published
from rightplace.disclosure.sums import Sum
from rightplace.report.phrase import whole
from rightplace.report.placed.cohort import NO_PLACE, OUTSIDE, Cohort

Key = tuple[str, ...]

ALL: Final = "all"
MEASURES: Final = ("children", "placed", "with_choice", "first_choice", "any_choice")
PLACES: Final = ("inside", "outside", "independent inside", "independent outside")
GROUPS: Final = ("cohort", "staying")
ENOUGH: Final = 10
"""Fewest children whose median journey or cost is shown in a version to publish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Counts by key: ("fair", measure, dimension, value), ("go", home, to), ("given", setting, base), ("away", group, where)
    and ("near", group, where) for those of them with a suitable base nearer home."""

    shown: Mapping[Key, Published]
    raw: Mapping[Key, int]
    publish: bool

    def of(self, *key: str) -> Published:
        """The number as it may be shown; missing where it was never counted."""
        return self.shown.get(key, MISSING)

    def tells(self, *key: str) -> bool:
        """Whether a mean, median or sum over these people may be shown."""
        return not self.publish or (self.raw.get(key, 0) >= ENOUGH and self.of(*key).value is not None)


def counts(cohort: Cohort, *, publish: bool) -> Counts:
    """Counts of a cohort. With ``publish`` small ones are hidden, so that none can be worked out from the rest."""
    raw: dict[Key, int] = {}
    sums: list[Sum[Key]] = []
    _fair(cohort, raw, sums)
    _goes(cohort, raw, sums)
    _away(cohort, raw, sums)
    shown = protect(raw, sums) if publish else {key: whole(number) for key, number in raw.items()}
    return Counts(shown=shown, raw=raw, publish=publish)


def _fair(cohort: Cohort, raw: dict[Key, int], sums: list[Sum[Key]]) -> None:
    for row in cohort.fairness.iter_rows(named=True):
        for measure in MEASURES:
            raw["fair", measure, row["dimension"], row["value"]] = int(row[measure])
    for measure in MEASURES:
        for dimension in cohort.fairness["dimension"].unique(maintain_order=True):
            parts = tuple(key for key in raw if key[:3] == ("fair", measure, dimension))
            if dimension != ALL:
                sums.append(Sum(total=("fair", measure, ALL, ALL), parts=parts))
    raw["unplaced",] = cohort.unplaced.height
    sums.append(Sum(total=("fair", "children", ALL, ALL), parts=(("fair", "placed", ALL, ALL), ("unplaced",))))


def _goes(cohort: Cohort, raw: dict[Key, int], sums: list[Sum[Key]]) -> None:
    homes = sorted(cohort.children["home"].unique())
    targets = sorted(cohort.children["to"].unique())
    found = {(home, to): number for home, to, number in cohort.children.group_by("home", "to").len().iter_rows()}
    for home in homes:
        for to in targets:
            raw["go", home, to] = found.get((home, to), 0)
        raw["go", home, ALL] = sum(found.get((home, to), 0) for to in targets)
        sums.append(Sum(total=("go", home, ALL), parts=tuple(("go", home, to) for to in targets)))
    for to in targets:
        raw["go", ALL, to] = sum(found.get((home, to), 0) for home in homes)
        sums.append(Sum(total=("go", ALL, to), parts=tuple(("go", home, to) for home in homes)))
        given = cohort.settings.filter(pl.col("where") == to, pl.col("assigned") > 0)
        for setting, base, number in given.select("setting", "base", "assigned").iter_rows():
            raw["given", setting, base] = int(number)
        if to != NO_PLACE and given.height:
            parts = tuple(("given", setting, base) for setting, base in given.select("setting", "base").iter_rows())
            sums.append(Sum(total=("go", ALL, to), parts=parts))
    sums.append(Sum(total=("fair", "children", ALL, ALL), parts=tuple(("go", ALL, to) for to in targets)))
    sums.append(Sum(total=("fair", "children", ALL, ALL), parts=tuple(("go", home, ALL) for home in homes)))


def _away(cohort: Cohort, raw: dict[Key, int], sums: list[Sum[Key]]) -> None:
    for group in GROUPS:
        rows = cohort.away.filter(pl.col("cohort") == (group == "cohort"))
        for what, some in (("away", rows), ("near", rows.filter(pl.col("local_km").is_not_null()))):
            for where in PLACES[1:]:
                raw[what, group, where] = some.filter(in_place(where)).height
            raw[what, group, ALL] = some.height
            sums.append(Sum(total=(what, group, ALL), parts=tuple((what, group, where) for where in PLACES[1:])))
    if ("go", ALL, OUTSIDE) in raw:
        parts = (("away", "cohort", "outside"), ("away", "cohort", "independent outside"))
        if sum(raw[part] for part in parts) == raw["go", ALL, OUTSIDE]:
            sums.append(Sum(total=("go", ALL, OUTSIDE), parts=parts))


def in_place(where: str) -> pl.Expr:
    """Rows of the frame of those away that are in one of :data:`PLACES`."""
    outside = pl.col("outside") if "outside" in where else ~pl.col("outside")
    return outside & (pl.col("independent") if "independent" in where else ~pl.col("independent"))
