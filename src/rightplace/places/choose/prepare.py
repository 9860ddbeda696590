"""An area made ready for questions about one child after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.area.record import Area
from rightplace.calendar.academic import first_day
from rightplace.errors import DataError
from rightplace.places.bases import bases
from rightplace.places.candidates import Asked, place_prices, preferences
from rightplace.places.children import cohort
from rightplace.places.fit.coded import Coded, code
from rightplace.places.travel.transport import Tariff, tariff_range
from rightplace.places.travel.travel import Travel, travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An area's children, bases, prices (bases by needs) and journeys for one September. ``fares``: cheapest and dearest."""

    area: Area
    september: int
    coded: Coded
    prices: npt.NDArray[np.float64]
    asked: Asked
    fares: tuple[Tariff, Tariff]

    @property
    def people(self) -> pl.Series:
        """The number of each child, in the order of ``coded``."""
        return self.coded.children["person_id"]

    def row(self, person_id: str) -> int | None:
        """The row of a child; None where nobody has that number."""
        at = self.people.search_sorted(person_id)
        return int(at) if at < len(self.people) and self.people[int(at)] == person_id else None

    def born(self, person_id: str) -> date | None:
        """A child's date of birth, where it is known."""
        found = self.area["people"].filter(pl.col("person_id") == person_id)["birth_date"]
        day: date | None = found[0] if len(found) else None
        return day


def prepare(
    area: Area, *, september: int | None = None, roads: Travel | None = None, about: str | None = None
) -> Prepared:
    """An area ready for :func:`~rightplace.places.choose.choose.choose`; with ``about``, for questions about that one child alone.

    ``september`` is that of the year of the latest January when not given. Raises ``DataError`` where the area has no
    people, or no settings.
    """
    year = september if september is not None else next_september(area)
    day = first_day(year)
    every = bases(area, september=year)
    if every.is_empty():
        raise DataError(
            "No setting is open that September.",
            where=area.name,
            action="Load a register of settings with the area (--gias), and check the year.",
        )
    children = cohort(area, september=year, every=every, about=about)
    coded = code(children, every, roads or travel(area, on=day))
    return Prepared(
        area=area,
        september=year,
        coded=coded,
        prices=place_prices(every, area["costs"], day),
        asked=preferences(coded),
        fares=tariff_range(day),
    )


def next_september(area: Area) -> int:
    """The September of the year of the latest January of people. Raises ``DataError`` where there is none."""
    years = area.census_years()
    if not years:
        raise DataError(
            "This area has yearly counts and no people, so nobody can be placed.",
            where=area.name,
            action="Load the area's own SEN2 returns.",
        )
    return years[-1]
