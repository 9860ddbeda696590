"""Plans that come from another authority, and plans that go to one: apart from new plans and plans that end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.vocabulary.codes import CeaseReason

Reals = NDArray[np.float64]

AWAY: Final = (str(CeaseReason.TRANSFERRED), str(CeaseReason.MOVED_OUTSIDE_ENGLAND))


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedArea:
    """Of the joiners and leavers of each pair of Januaries (T,), how many moved area, as the plans say."""

    came: Reals
    joined: Reals
    went: Reals
    left: Reals

    def share_of_last(self) -> float:
        """The share of the last year's joiners who came with a plan, drawn to that of all years by ten people."""
        overall = (self.came.sum() + 0.5) / (self.joined.sum() + 1.0)
        return float((self.came[-1] + 10.0 * overall) / (self.joined[-1] + 10.0))


def of(census: pl.DataFrame, plans: pl.DataFrame, years: tuple[int, ...]) -> MovedArea | None:
    """Moves between areas for the pairs that begin in ``years``; None where no plan says that it was transferred."""
    said = plans.select(
        "plan_id",
        came=pl.col("transferred_from").is_not_null(),
        went=pl.col("cease_reason").is_in(AWAY).fill_null(value=False),
    ).group_by("plan_id").agg(pl.col("came", "went").any())  # fmt: skip
    if said.is_empty() or not (said["came"].any() or said["went"].any()):
        return None
    rows = census.select("person_id", "plan_id", year=pl.col("census_year").cast(pl.Int64)).join(
        said, on="plan_id", how="left"
    )
    rows = rows.with_columns(pl.col("came", "went").fill_null(value=False))
    counts = [_pair(rows, year) for year in years]
    came, joined, went, left = (np.array(column, dtype=np.float64) for column in zip(*counts, strict=True))
    return MovedArea(came=came, joined=joined, went=went, left=left)


def _pair(rows: pl.DataFrame, year: int) -> tuple[int, int, int, int]:
    before, after = (rows.filter(pl.col("year") == when) for when in (year, year + 1))
    new = after.join(before, on="person_id", how="anti")
    gone = before.join(after, on="person_id", how="anti")
    return int(new["came"].sum()), new.height, int(gone["went"].sum()), gone.height
