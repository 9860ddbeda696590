"""September's cohort of an area to places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.area.record import Area
from rightplace.calendar.academic import first_day
from rightplace.errors import DataError
from rightplace.places.assign.changes import Changes, Choice
from rightplace.places.assign.late import Late
from rightplace.places.assign.place import Ask, place
from rightplace.places.assign.placements import Placements
from rightplace.places.assign.seats import seats
from rightplace.places.assign.weights import Weights
from rightplace.places.bases import bases as bases_of
from rightplace.places.candidates import MOST, of_coded
from rightplace.places.children import NEEDING, cohort
from rightplace.places.fit.coded import Coded, code
from rightplace.places.travel.travel import Travel
from rightplace.places.travel.travel import travel as travel_of
from rightplace.progress import Progress, silent


def assign(
    area: Area,
    *,
    september: int,
    weights: Weights | None = None,
    pins: tuple[Choice, ...] = (),
    bars: tuple[Choice, ...] = (),
    kept: pl.DataFrame | int | None = None,
    late: Late | None = None,
    travel: Travel | None = None,
    most: int = MOST,
    progress: Progress = silent,
) -> Placements:
    """Places for everyone who needs one that September: those who change phase, wait, or asked to move.

    Without ``weights`` the aims hold in order: nobody who asked to move loses a place; as many placed as can be; choices
    of families (and brothers and sisters together); minutes of travel; pounds. ``kept`` are places kept for late arrivals;
    where it is not given, those that ``late`` (:func:`rightplace.places.assign.late.late`) asks for.

    Raises ``DataError`` where nobody is known or needs a place, or the pins cannot all hold; ``UserError`` for a person
    or base that is not there.
    """
    pool, bases, coded, rows = _read(area, september, travel, progress)
    found = of_coded(coded, most=most, costs=area["costs"], on=first_day(september))
    places = pl.DataFrame({"child": rows, "pool": np.arange(len(rows), dtype=np.uint32)})
    mine = found.join(places.cast({"child": found["child"].dtype}), on="child").with_columns(child="pool").drop("pool")
    now, staying = coded.ours_now.astype(np.int64), coded.ours_staying.astype(np.int64)
    held = seats(bases, now=now, staying=staying, asking=pool.height)
    progress(3, 3, "reading the cohort")
    by_forecast = late is not None and kept is None
    keeping = late.places(held, bases, area.la_code) if late is not None and by_forecast else kept
    ask = Ask(weights=weights, changes=Changes(pins=pins, bars=bars), kept=keeping)
    made = place(pool, bases, mine, held, ask, coded=coded, rows=rows, progress=progress)
    return replace(made, notes=(late.words(made.settings), *made.notes)) if late is not None and by_forecast else made


def _read(
    area: Area, september: int, travel: Travel | None, progress: Progress
) -> tuple[pl.DataFrame, pl.DataFrame, Coded, NDArray[np.int64]]:
    """Those who need a place, the bases, what the tests of fit read of everyone, and the rows of the former in it."""
    progress(0, 3, "reading the cohort")
    every, bases = cohort(area, september=september), bases_of(area, september=september)
    progress(1, 3, "reading the cohort")
    needing = every.with_row_index("row").filter(pl.col("why").is_in(NEEDING))
    if needing.is_empty():
        raise DataError(f"Nobody needs a new place in September {september}.", where=area.name)
    if bases.is_empty():
        raise DataError("No setting is known, so nobody can be placed.", where=area.name, action="Load a register.")
    coded = code(every, bases, travel or travel_of(area, on=first_day(september)))
    progress(2, 3, "reading the cohort")
    return needing.drop("row"), bases, coded, needing["row"].cast(pl.Int64).to_numpy()
