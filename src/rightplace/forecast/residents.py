"""Residents by year group each January, from mid-year ages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.space import GROUPS
from rightplace.vocabulary.year_group import FIRST, age


@dataclass(frozen=True, slots=True, kw_only=True)
class Residents:
    """Residents each January: ``people`` of shape (Januaries, year groups), and ``basis`` in words.

    ``known`` is False where the area has no population; ``people`` is then 1,000 throughout, and
    rates per head are rates per area.
    """

    people: NDArray[np.float64]
    basis: str
    known: bool


def each_january(population: pl.DataFrame, januaries: Sequence[int]) -> Residents:
    """Residents of each year group in the academic year of each January.

    Year group g in January t is age g + 4 on 31 August t - 1, taken from the mid-year t - 1. A
    mid-year that is not in the table is the nearest one that is, moved along its cohorts; ages
    younger than the cohorts known keep the youngest known count (births are held level). Moves in
    and out of the area are not foreseen.
    """
    table = {
        int(year): _by_age(rows)
        for (year,), rows in population.filter(pl.col("people").is_not_null()).group_by("year", maintain_order=True)
    }
    if not table:
        basis = "no population is loaded: joiners follow their own counts, not the number of residents"
        return Residents(people=np.full((len(januaries), GROUPS), 1000.0), basis=basis, known=False)
    ages = np.array([age(FIRST + group) for group in range(GROUPS)])
    people = np.stack([_mid_year(table, january - 1)[ages] for january in januaries])
    projected = population.filter(pl.col("projected").fill_null(value=False))["year"].to_list()
    words = f"projection to mid-{max(projected)}" if projected else f"estimates to mid-{max(table)}"
    return Residents(people=people, basis=f"{words}, each cohort then carried forward", known=True)


def _by_age(rows: pl.DataFrame) -> NDArray[np.float64]:
    people = np.full(26, np.nan)
    known = rows.filter(pl.col("age").is_between(0, 25))
    people[known["age"].to_numpy()] = known["people"].to_numpy()
    place = np.flatnonzero(np.isfinite(people))
    filled: NDArray[np.float64] = np.interp(np.arange(26), place, people[place]) if len(place) else np.zeros(26)
    return filled


def _mid_year(table: dict[int, NDArray[np.float64]], year: int) -> NDArray[np.float64]:
    nearest = min(table, key=lambda known: (abs(known - year), known))
    ages = np.clip(np.arange(26) - (year - nearest), 0, 25)
    return table[nearest][ages]
