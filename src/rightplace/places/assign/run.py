"""September's cohort of an area to places."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from rightplace.area.record import Area
from rightplace.calendar.academic import first_day
from rightplace.errors import DataError
from rightplace.places.assign.changes import Changes, Choice
from rightplace.places.assign.place import Ask, place
from rightplace.places.assign.placements import Placements
from rightplace.places.assign.seats import seats
from rightplace.places.assign.weights import Weights
from rightplace.places.bases import bases as bases_of
from rightplace.places.candidates import MOST, of_coded
from rightplace.places.children import NEEDING, cohort
from rightplace.places.fit.coded import code
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
    travel: Travel | None = None,
    most: int = MOST,
    progress: Progress = silent,
) -> Placements:
    """Places for everyone who needs one that September: those who change phase, wait, or asked to move.

    Without ``weights`` the aims hold in order: nobody who asked to move loses a place; as many placed as can be; choices
    of families (and brothers and sisters together); minutes of travel; pounds. ``kept`` are places kept for late arrivals.

    Raises ``DataError`` where nobody is known or needs a place, or the pins cannot all hold; ``UserError`` for a person
    or base that is not there.
    """
    progress(0, 3, "reading the cohort")
    every, bases = cohort(area, september=september), bases_of(area, september=september)
    progress(1, 3, "reading the cohort")
    needing = every.with_row_index("row").filter(pl.col("why").is_in(NEEDING))
    if needing.is_empty():
        raise DataError(f"Nobody needs a new place in September {september}.", where=area.name)
    if bases.is_empty():
        raise DataError("No setting is known, so nobody can be placed.", where=area.name, action="Load a register.")
    day: date = first_day(september)
    coded = code(every, bases, travel or travel_of(area, on=day))
    progress(2, 3, "reading the cohort")
    found = of_coded(coded, most=most, costs=area["costs"], on=day)
    rows = needing["row"].cast(pl.Int64).to_numpy()
    pool = needing.drop("row")
    places = pl.DataFrame({"child": needing["row"], "pool": np.arange(pool.height, dtype=np.uint32)})
    mine = found.join(places, on="child").with_columns(child="pool").drop("pool")
    held = seats(
        bases,
        now=coded.ours_now.astype(np.int64),
        staying=coded.ours_staying.astype(np.int64),
        asking=pool.height,
    )
    progress(3, 3, "reading the cohort")
    ask = Ask(weights=weights, changes=Changes(pins=pins, bars=bars), kept=kept)
    return place(pool, bases, mine, held, ask, coded=coded, rows=rows, progress=progress)
