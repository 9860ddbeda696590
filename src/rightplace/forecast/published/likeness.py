"""England's pattern in a January before single ages, or needs, were published: from the margins that were, and what settings are for."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import DataError
from rightplace.forecast.cohort import space
from rightplace.forecast.cohort.space import GROUPS, Space
from rightplace.forecast.published import fitting
from rightplace.forecast.published.history_cells import BANDS, axes, band_slices, cells
from rightplace.forecast.published.pattern import Pattern
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST, of_age

Reals = NDArray[np.float64]

AGES: Final = {
    SettingKind.EARLY_YEARS: (0, 4), SettingKind.MAINSTREAM: (4, 18), SettingKind.RESOURCED_PROVISION: (4, 18),
    SettingKind.SEN_UNIT: (4, 18), SettingKind.SPECIAL_STATE: (3, 18), SettingKind.SPECIAL_NON_MAINTAINED: (3, 18),
    SettingKind.SPECIAL_INDEPENDENT: (4, 24), SettingKind.ALTERNATIVE_PROVISION: (5, 15),
    SettingKind.FURTHER_EDUCATION: (16, 24), SettingKind.SPECIALIST_POST_16: (16, 24), SettingKind.HOME_EDUCATION: (5, 17),
    SettingKind.NOT_IN_EDUCATION: (16, 24),
}  # fmt: skip
"""Ages on 31 August that a kind of setting is for, by the law on school and college ages; other kinds are for any age."""
ELSEWHERE: Final = 0.03
"""Weight of a kind of setting at an age it is not for."""
USUAL_LEAVE: Final = (0.03, 0.03, 0.03, 0.12, 0.40)
"""Shares leaving in a year on the way into each age band, where no two Januaries running tell."""
_LEAST, _MOST = 0.01, 0.9
_ROUNDS: Final = 40


def build(england: pl.DataFrame, january: int) -> Pattern:
    """The pattern as at a January, from England's counts up to it (year, measure, dimension, value, people), needs not told apart.

    Ages within a band are spread smoothly with the band's total kept (Tobler 1979); settings by age are the nearest to
    what settings are for that has the margins published; the share leaving into a band is what two Januaries and the new
    plans between them leave. Raises ``DataError`` where plans by setting or by age band are not published at all.
    """
    states = _states(england, january)
    stock = _stock(england, january, states)
    new = _new(england, january, states)
    joined = new.sum(axis=1)
    return Pattern(
        space=states,
        year=january,
        stock=stock[:, None, :],
        joiners=new[:, None, :],
        new_by_age=joined,
        leave=_leave(england, january),
    )


def england_of(history: pl.DataFrame) -> pl.DataFrame:
    """England's counts, as the sum of the authorities in a history with ``la_code``."""
    keys = ["year", "measure", "dimension", "value"]
    rows = history.filter(
        pl.col("la_code").str.contains(r"^\d{3}$")
        & pl.col("measure").is_in(["plans", "new_plans"])
        & pl.col("dimension").is_in(["age", "age_band", "setting", "age+setting"])
    )
    return rows.group_by(keys).agg(pl.col("people").sum()).filter(pl.col("people") > 0).sort(keys)


def _states(england: pl.DataFrame, january: int) -> Space:
    kinds = england.filter(
        (pl.col("measure") == "plans") & (pl.col("dimension") == "setting") & (pl.col("year") == january)
    )
    if kinds.is_empty():
        raise DataError("England's plans by setting are not in the history.")
    return space.of([Need.NOT_RECORDED.value], kinds["value"].to_list())


def _meant(states: Space) -> Reals:
    """Weight of each year group in each kind of setting (Y, K)."""
    out = np.full((GROUPS, len(states.kinds)), ELSEWHERE)
    meant = {kind.value: ages for kind, ages in AGES.items()}
    for place, kind in enumerate(states.kinds):
        first, last = meant.get(kind, (0, 24))
        out[max(of_age(first) - FIRST, 0) : of_age(last) - FIRST + 1, place] = 1.0
    return out


def _bands(england: pl.DataFrame, measure: str, until: int) -> dict[int, Reals]:
    """Counts by age band (B,) of each year to ``until`` that has any."""
    rows = england.filter(
        (pl.col("measure") == measure) & (pl.col("dimension") == "age_band") & (pl.col("year") <= until)
    )
    found = {}
    for (year,), here in rows.group_by("year"):
        known = dict(here.select("value", "people").iter_rows())
        found[int(str(year))] = np.array([known.get(label, 0.0) for label in BANDS])
    return found


def spread(by_band: Reals) -> Reals:
    """People by year group (Y,), smooth across the bands and adding up to each: pycnophylactic interpolation."""
    parts = band_slices()
    out = np.zeros(GROUPS)
    for part, people in zip(parts, by_band, strict=True):
        out[part] = people / (part.stop - part.start)
    for _ in range(_ROUNDS):
        padded = np.concatenate([out[:1] * 0.0, out, out[-1:]])
        out = np.maximum((padded[:-2] + padded[1:-1] + padded[2:]) / 3.0, 1e-9)
        for part, people in zip(parts, by_band, strict=True):
            out[part] *= people / out[part].sum()
    return out


def _stock(england: pl.DataFrame, january: int, states: Space) -> Reals:
    known = _bands(england, "plans", january)
    if not known:
        raise DataError("England's plans by age band are not in the history.")
    ages = cells(england, "plans", january, "age", states)
    ages = spread(known[max(known)]) if ages is None else ages
    kinds = cells(england, "plans", january, "setting", states)
    assert kinds is not None  # noqa: S101
    both = cells(england, "plans", january, "age+setting", states)
    if both is not None:
        table: Reals = both + 1e-9 * both.sum()
        return table
    return _fitted(_meant(states), ages, kinds)


def _new(england: pl.DataFrame, january: int, states: Space) -> Reals:
    """New plans of the year before by year group in the January and kind of setting (Y, K)."""
    known = _bands(england, "new_plans", january - 1)
    ages = cells(england, "new_plans", january - 1, "age", states)
    if ages is None:
        if not known:
            raise DataError("England's new plans by age band are not in the history.")
        ages = spread(known[max(known)])
    kinds = cells(england, "new_plans", january - 1, "setting", states)
    usual = cells(england, "plans", january, "setting", states)
    assert usual is not None  # noqa: S101
    return _fitted(_meant(states), ages, usual if kinds is None else kinds)


def _fitted(weights: Reals, ages: Reals, kinds: Reals) -> Reals:
    table = weights[:, None, :] * np.maximum(ages, 1e-9)[:, None, None]
    margins: list[fitting.Margin] = [(axes("age"), np.maximum(ages, 1e-9)), (axes("setting"), kinds)]
    fitted: Reals = fitting.fit(table, margins, float(ages.sum()))[:, 0, :]
    return fitted


def _leave(england: pl.DataFrame, january: int) -> Reals:
    """Share of each year group that leaves in a year (Y,): one share for all who go on into the same band."""
    plans, new = _bands(england, "plans", january), _bands(england, "new_plans", january - 1)
    years = [year for year in plans if year - 1 in plans and year - 1 in new]
    shares = np.array(USUAL_LEAVE)
    parts = band_slices()
    if years:
        last = max(years)
        before = np.concatenate([[0.0], spread(plans[last - 1])[:-1]])
        for b, part in enumerate(parts):
            shares[b] = 1.0 - (plans[last][b] - new[last - 1][b]) / max(before[part].sum(), 1.0)
    leave = np.ones(GROUPS)
    for part, share in zip(parts, np.clip(shares, _LEAST, _MOST), strict=True):
        leave[max(part.start - 1, 0) : part.stop - 1] = share
    leave[-1] = 1.0
    return leave
