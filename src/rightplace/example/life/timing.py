"""How long each step of an assessment takes, and when decisions are disputed."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl

from rightplace.example import days, figures
from rightplace.example.figures import rate
from rightplace.example.kinds import Flags, Floats, Ints
from rightplace.example.life.drawing import between, chosen

_SIX_WEEKS: Final = 42
_TWENTY_WEEKS: Final = 140
_YEAR: Final = 364
_LONGEST: Final = 600


def time_to_issue(draw: np.random.Generator, issued: Ints) -> tuple[Ints, Flags]:
    """Days from request to plan, and which took over twenty weeks."""
    count = len(issued)
    year = issued.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    shares = _timeliness()
    in_time, over_year = shares[np.clip(year - 2022, 0, len(shares) - 1)].T
    luck = draw.random(count)
    quick = _TWENTY_WEEKS - np.minimum(np.floor(draw.exponential(11, count)), 48)
    slow = _TWENTY_WEEKS + 3 + np.floor((_YEAR - _TWENTY_WEEKS - 3) * draw.beta(1, 1.7, count))
    slowest = np.minimum(_YEAR + 2 + np.floor(draw.exponential(60, count)), _LONGEST)
    took = np.where(luck < in_time, quick, np.where(luck < 1 - over_year, slow, slowest))
    return took.astype(np.int64), np.asarray(luck >= in_time)


@lru_cache(maxsize=1)
def _timeliness() -> Floats:
    """Share of plans in twenty weeks and over a year, by calendar year of issue from 2022, shape (years, 2).

    The last published year stands for those after it.
    """
    frame = figures.table("england_by_year").frame.filter(pl.col("year") >= 2022, pl.col("within_20_weeks_percent") > 0)
    over = [rate(f"over_a_year_{year}") for year in frame["year"]]
    return np.column_stack([frame["within_20_weeks_percent"].to_numpy() / 100, np.array(over)])


def time_to_decide(draw: np.random.Generator, count: int) -> Ints:
    """Days from request to the decision whether to assess."""
    quick = _SIX_WEEKS - np.minimum(np.floor(draw.exponential(7, count)), 28)
    slow = _SIX_WEEKS + 3 + np.minimum(np.floor(draw.exponential(22, count)), 80)
    return np.where(chosen(draw, rate("decided_in_six_weeks"), count), quick, slow).astype(np.int64)


def dispute(
    draw: np.random.Generator, decided: Ints, open_to: Flags, mediation: float, appeal: float
) -> tuple[Ints, Ints]:
    """Days of mediation and of appeals registered after a decision; ``NEVER`` where there was none."""
    count = len(decided)
    mediated = open_to & chosen(draw, mediation, count)
    both = mediated & chosen(draw, rate("appeals_after_mediation") * appeal / max(mediation, 1e-9), count)
    alone = (
        open_to
        & ~mediated
        & chosen(draw, min(1.0, appeal * (1 - rate("appeals_after_mediation")) / max(1 - mediation, 1e-9)), count)
    )
    return (
        np.where(mediated, decided + between(draw, 30, 80, count), days.NEVER),
        np.where(both | alone, decided + between(draw, 45, 120, count), days.NEVER),
    )
