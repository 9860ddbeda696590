"""Time held: how the odds of leaving differ with the years since a plan started, and what that foretells.

Of those with a plan for h years, in school years or after, L left where E were expected by year group and setting alone. With the
prior weight K that makes the counts likeliest (Gamma-Poisson), the factor on leaving is (K + L) / (K + E).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.calendar.census import census_day
from rightplace.forecast.cohort import effects
from rightplace.forecast.cohort.effects import LEAVING, Acts, Effects
from rightplace.forecast.cohort.space import GROUPS, Space
from rightplace.forecast.people import pooling
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST, LAST, of_age

Reals = NDArray[np.float64]

BANDS: Final = ("under a year", "1 to 2 years", "3 to 4 years", "5 to 9 years", "10 years or more")
_BAND_OF: Final = np.array([0, 1, 1, 2, 2, 3, 3, 3, 3, 3, 4])
LONGEST: Final = len(_BAND_OF) - 1
STAGES: Final = ("to Year 11", "after Year 11")
_STAGE_OF: Final = (np.arange(GROUPS) > of_age(15) - FIRST).astype(np.int64)
AHEAD: Final = 3
"""Years ahead in which the mix of times held is followed; after them it is taken to be as usual."""
_STEP: Final = 0.05
_LEAST_KNOWN: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Factors on leaving by stage and years held, and the plans they act on.

    ``factor``, ``left`` and ``expected`` (stages, bands). ``now`` and ``usual`` (Y, K, LONGEST + 1): plans by
    whole years held in the last January, and in all Januaries.
    """

    factor: Reals
    left: Reals
    expected: Reals
    now: Reals
    usual: Reals


def of(census: pl.DataFrame, plans: pl.DataFrame, space: Space, leaving: Reals) -> Held | None:
    """Time held from start dates of plans; None where fewer than four fifths of plans in place have one.

    ``leaving`` (Y, K) is the share leaving by year group and setting.
    """
    if census.is_empty() or plans.is_empty():
        return None
    rows = _rows(census, plans, space)
    if rows.is_empty() or rows["held"].null_count() > (1.0 - _LEAST_KNOWN) * rows.height:
        return None
    rows = rows.drop_nulls("held")
    years = set(rows["census_year"].unique())
    pairs = rows.filter(
        pl.col("census_year").is_in([year for year in years if year + 1 in years]) & (pl.col("y") < LAST - FIRST)
    )
    later = census.select("person_id", census_year=pl.col("census_year") - 1, stayed=pl.lit(1.0))
    seen = pairs.join(later, on=["person_id", "census_year"], how="left")
    y, k, held = (seen[name].to_numpy() for name in ("y", "k", "held"))
    left, expected = np.zeros((len(STAGES), len(BANDS))), np.zeros((len(STAGES), len(BANDS)))
    place = (_STAGE_OF[y], _BAND_OF[held])
    np.add.at(left, place, 1.0 - seen["stayed"].fill_null(0.0).to_numpy())
    np.add.at(expected, place, leaving[y, k])
    expected *= (left.sum(axis=1) / np.maximum(expected.sum(axis=1), 1e-9))[:, None]
    weight = pooling.rate_weight(left.ravel(), expected.ravel(), np.ones(left.size))
    last = rows.filter(pl.col("census_year") == max(years))
    return Held(
        factor=(weight + left) / (weight + expected),
        left=left,
        expected=expected,
        now=_counted(last, space),
        usual=_counted(rows, space),
    )


def effect(held: Held, leaving: Reals, joiners: Reals, space: Space, years: int) -> Acts:
    """What the times held now and in the next Januaries do to leaving, against the usual mix.

    ``leaving`` (Y, K) and ``joiners`` (Y, K) a year are those foreseen. Plans are carried forward: a share leaves, the rest are a
    year older and held a year longer, and new ones come. Factors are rounded to a twentieth.
    """
    by_held = held.factor[_STAGE_OF][:, _BAND_OF][:, None, :]
    usual = _mean(held.usual, by_held)
    now = held.now
    parts = []
    for t in range(min(AHEAD, years)):
        ratio = _mean(now, by_held) / usual
        parts.append(_as_effects(np.round(ratio / _STEP) * _STEP, t, space))
        stay = now * np.clip(1.0 - leaving[:, :, None] * by_held, 0.0, 1.0)
        now = np.zeros_like(now)
        now[1:, :, 1:] = stay[:-1, :, :-1]
        now[1:, :, LONGEST] += stay[:-1, :, LONGEST]
        now[:, :, 0] += joiners
    return effects.join(effects.none(*space.shape), *parts)


def _mean(plans: Reals, by_held: Reals) -> Reals:
    """Mean factor of the plans of each year group and kind (Y, K), with one plan at the factor 1."""
    out: Reals = ((plans * by_held).sum(axis=2) + 1.0) / (plans.sum(axis=2) + 1.0)
    return out


def _as_effects(ratio: Reals, t: int, space: Space) -> Effects:
    levels = [level for level in np.unique(ratio) if abs(level - 1.0) > _STEP / 2]
    cells = [np.repeat((ratio == level).astype(np.uint8)[:, None, :], len(space.needs), axis=1) for level in levels]
    count = len(levels)
    return Effects(
        rate=np.full(count, LEAVING, dtype=np.int64),
        first=np.full(count, t, dtype=np.int64),
        last=np.full(count, t + 1, dtype=np.int64),
        cells=np.array(cells, dtype=np.uint8).reshape(count, *space.shape),
        to=np.ones((count, len(space.kinds)), dtype=np.uint8),
        factor=np.array(levels, dtype=np.float64).reshape(count, 1),
    )


def _rows(census: pl.DataFrame, plans: pl.DataFrame, space: Space) -> pl.DataFrame:
    """Plans in place: person_id, census_year, y, k, and whole years held (null where not known)."""
    kinds = {name: place for place, name in enumerate(space.kinds)}
    days = {year: census_day(year) for year in census["census_year"].unique().to_list()}
    starts = plans.group_by("plan_id").agg(pl.col("start_date").min())
    day = pl.col("census_year").replace_strict(list(days), list(days.values()), return_dtype=pl.Date)
    kind = pl.col("setting_kind").fill_null(str(SettingKind.NOT_RECORDED))
    return (
        census.join(starts, on="plan_id", how="left")
        .select(
            "person_id",
            pl.col("census_year").cast(pl.Int64),
            y=pl.col("year_group").cast(pl.Int64).clip(FIRST, LAST) - FIRST,
            k=kind.replace_strict(list(kinds), list(kinds.values()), default=None, return_dtype=pl.Int64),
            held=((day - pl.col("start_date")).dt.total_days() / 365.25).floor().cast(pl.Int64).clip(0, LONGEST),
        )
        .drop_nulls(["y", "k"])
    )


def _counted(rows: pl.DataFrame, space: Space) -> Reals:
    out = np.zeros((GROUPS, len(space.kinds), LONGEST + 1))
    np.add.at(out, tuple(rows[name].to_numpy() for name in ("y", "k", "held")), 1.0)
    return out
