"""What following the pathways gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from rightplace.places.pathways.ranges import RANGE

NEW: Final = "no_plan_before"
"""In place of a kind of setting: those who had no plan the January before."""
ENDED: Final = "plan_ended"
"""In place of a kind of setting: those whose plan ended."""

TRANSFERS: Final = {
    "year": pl.Int32(), "stage": pl.String(), "from_kind": pl.String(), "to_kind": pl.String(), **RANGE,
}  # fmt: skip
FOLLOWED: Final = {"start_kind": pl.String(), "year": pl.Int32(), "kind_now": pl.String(), **RANGE}
PLACES: Final = {"year": pl.Int32(), "setting_kind": pl.String(), "year_group": pl.Int32(), **RANGE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathways:
    """Children and young people with EHC plans of an area followed through the transfers ahead.

    ``transfers``: year (the September), stage (the age of the transfer: 11, 16, 18, 19, 25, or "between"), from_kind, to_kind,
    mean, p10, p50, p90 over the futures. Everyone in place in either January around the September is in one row: from "no_plan_before"
    where the plan is new, to "plan_ended" where it ended. Rows that are nothing in every future are left out.

    ``accounts``: year (the September), setting_kind, and as means held (in place the January before), leaving, staying, arriving,
    needed and freed (the part of leaving that moves back to a mainstream school, or out of alternative provision); then
    needed_p10 to needed_p90, ``places`` of the area's bases (null where any base of the kind does not state them), places_stated (of
    the bases that do), bases, bases_unknown, short_p50 and short_p90 (places short at that quantile of need), short_share (of futures in which places are short).
    In every future, and so in the means, held = leaving + staying and needed = staying + arriving.

    ``followed``: those in place at the start: start_kind, year (the January), kind_now, mean, p10, p50, p90.

    ``places``: everyone in place each January: year (the January), setting_kind, year_group, mean, p10, p50, p90.

    ``notes`` say what must be known before the numbers are used.
    """

    la_code: str
    name: str
    start: int
    futures: int
    transfers: pl.DataFrame
    accounts: pl.DataFrame
    followed: pl.DataFrame
    places: pl.DataFrame
    notes: tuple[str, ...]
