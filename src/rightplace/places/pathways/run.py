"""The pathways of an area, from 11 to 25."""

from __future__ import annotations

from datetime import date
from typing import Final

import polars as pl

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast.result import Forecast
from rightplace.forecast.run import forecast
from rightplace.places.bases import bases
from rightplace.places.pathways import stages
from rightplace.places.pathways.accounts import accounts, capacity
from rightplace.places.pathways.counting import Counts, count
from rightplace.places.pathways.ranges import ranges
from rightplace.places.pathways.result import ENDED, FOLLOWED, NEW, PLACES, TRANSFERS, Pathways
from rightplace.progress import Progress, silent
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import YEAR_GROUPS

MOST_FUTURES: Final = 1000
"""Futures that are followed person by person at most: each is held by year, stage and pair of kinds."""


def pathways(
    area: Area, *, years: int = 10, futures: int = 200, seed: int = 1, progress: Progress = silent
) -> Pathways:
    """Follow everyone with an EHC plan, and those to come, through ``years`` Septembers in every future.

    The futures are those of the forecast, person by person. The same seed gives the same numbers.
    Raises ``UserError`` as :func:`rightplace.forecast.run.forecast` does, and for more than ``MOST_FUTURES`` futures.
    """
    if futures > MOST_FUTURES:
        raise UserError(
            f"{futures} futures are too many to follow person by person.", action=f"Ask for {MOST_FUTURES} or fewer."
        )
    made = forecast(area, years=years, futures=futures, seed=seed, mode="individual", progress=progress)
    return of_forecast(area, made, progress=progress)


def of_forecast(area: Area, made: Forecast, *, progress: Progress = silent) -> Pathways:
    """The pathways in the futures of a forecast; its own numbers where it is of mode "individual", else as likely."""
    if made.inputs is None:
        raise UserError("This forecast does not hold what it was made from.", action="Make the forecast again.")
    kinds = list(made.inputs.space.kinds)
    start = int(made.summary["year"].to_numpy().min())
    counts = count(made.inputs, made.futures_total, progress)
    septembers = list(range(start, start + made.inputs.years))
    places = capacity(bases(area, september=start))
    return Pathways(
        la_code=made.la_code,
        name=made.name,
        start=start,
        futures=made.inputs.futures,
        transfers=_transfers(counts, kinds, septembers),
        accounts=accounts(counts, kinds, septembers, places),
        followed=_cast(
            ranges(
                counts.followed,
                {"year": [*septembers, septembers[-1] + 1], "start_kind": kinds, "kind_now": [*kinds, ENDED]},
            ),
            FOLLOWED,
        ).sort("start_kind", "year", maintain_order=True),
        places=_cast(
            ranges(
                counts.places,
                {"year": [*septembers, septembers[-1] + 1], "year_group": list(YEAR_GROUPS), "setting_kind": kinds},
            ),
            PLACES,
        ).sort("year", "setting_kind", "year_group"),
        notes=(*_notes(kinds, places), _internships(area, start), *_borrowed(area)),
    )


def _transfers(counts: Counts, kinds: list[str], septembers: list[int]) -> pl.DataFrame:
    axes = {
        "year": septembers, "stage": stages.NAMES, "from_kind": [*kinds, NEW], "to_kind": [*kinds, ENDED],
    }  # fmt: skip
    return _cast(ranges(counts.moved, axes), TRANSFERS)


def _cast(frame: pl.DataFrame, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def _notes(kinds: list[str], places: pl.DataFrame) -> list[str]:
    """What must be known before the numbers are used."""
    labels = SettingKind.labels()
    unknown = places.filter(pl.col("bases_unknown") > 0, pl.col("setting_kind").is_in(kinds)).sort("setting_kind")
    without = [labels.get(kind, kind) for kind in kinds if kind not in set(places["setting_kind"])]
    notes = [
        "Places needed are of the area's own children, wherever they go; places are those of settings in the area's record, "
        "which also take children of other areas.",
    ]
    if not unknown.is_empty():
        words = ", ".join(
            f"{labels.get(kind, kind)} ({lacking} of {all_} bases)"
            for kind, lacking, all_ in unknown.select("setting_kind", "bases_unknown", "bases").iter_rows()
        )
        notes.append(f"Places are not known, so nothing is said of what is short: {words}.")
    if without:
        notes.append(f"The area's record has no base of these kinds: {', '.join(without)}.")
    return notes


def _internships(area: Area, january: int) -> str:
    """How many are on a supported internship now: the forecast counts them with their kind of setting."""
    words = "Supported internships are counted with the kind of setting that runs them, most often a college"
    there = area["placements"]
    if there["work_based"].null_count() == there.height:
        return f"{words}; how many there are now is not known."
    day = date(january, 1, 15)
    here = there.filter(
        pl.col("work_based") == "S",
        pl.col("entry_date").is_null() | (pl.col("entry_date") <= day),
        pl.col("leaving_date").is_null() | (pl.col("leaving_date") > day),
    )
    many = here["person_id"].n_unique()
    return f"{words}: {many} young people were on one in January {january}. Plan for them within its places."


def _borrowed(area: Area) -> list[str]:
    """What must be said where nobody's moves were seen."""
    if area.has_people():
        return []
    return [
        "This area has published totals only: who moves where is borrowed from the pattern of England and not seen here. "
        "Load the area's own returns before places are planned on it."
    ]
