"""How plans are spread and how they change in England: the pattern an area's published counts are read by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import DataError
from rightplace.forecast.cohort import space
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.published import fitting
from rightplace.forecast.published.history_cells import axes, cells
from rightplace.vocabulary.year_group import FIRST, of_age

Reals = NDArray[np.float64]

MARGINS: Final = ("age+setting", "age+need", "need+setting")
_SCHOOL_LEAVING: Final = of_age(16) - FIRST
_LARGEST_SHARE: Final = 0.95
_TINY: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """England's plans between two Januaries, on the states of ``space``; ``year`` is the later.

    ``stock`` (Y, N, K) plans at the later January; ``joiners`` (Y, N, K) new plans between them, by
    year group at the later; ``new_by_age`` (Y,) published new plans by age at start; ``leave`` (Y,)
    the share of each year group that leaves in a year, moves between authorities left out.
    """

    space: Space
    year: int
    stock: Reals
    joiners: Reals
    new_by_age: Reals
    leave: Reals


def complete(history: pl.DataFrame, year: int) -> pl.DataFrame:
    """England's counts as the sum of the authorities that published single ages in both Januaries and of new plans.

    ``history`` has ``la_code``. Only the cells a pattern is made of are kept.
    """
    wanted = [("plans", year - 1, "age+setting"), ("plans", year, "age+setting"), ("new_plans", year - 1, "age")]
    codes: set[str] | None = None
    for measure, when, dimension in wanted:
        rows = history.filter(
            (pl.col("measure") == measure) & (pl.col("year") == when) & (pl.col("dimension") == dimension)
        )
        held = set(rows.filter(pl.col("people") > 0)["la_code"])
        codes = held if codes is None else codes & held
    kept = history.filter(
        pl.col("la_code").is_in(sorted(codes or ()))
        & (pl.col("la_code").str.len_chars() == 3)
        & pl.col("la_code").str.contains(r"^\d+$")
        & pl.col("measure").is_in(["plans", "new_plans", "ceased_plans", "transferred_out"])
        & pl.col("dimension").is_in(["age", *MARGINS])
        & pl.col("year").is_between(year - 1, year)
    )
    keys = ["year", "measure", "dimension", "value"]
    return kept.group_by(keys).agg(pl.col("people").sum()).filter(pl.col("people") > 0).sort(keys)


def build(england: pl.DataFrame, year: int) -> Pattern:
    """The pattern of the year to January ``year``, from England's counts.

    Raises ``DataError`` where the counts by age and setting of both Januaries, or new plans by age, are missing.
    """
    values = england.filter(pl.col("dimension") == "need+setting")["value"].str.split_exact("+", 1).struct.unnest()
    ages = england.filter(pl.col("dimension") == "age+setting")["value"].str.split_exact("+", 1).struct.field("field_1")
    if values.is_empty() or ages.is_empty():
        raise DataError("England's plans by need and setting, and by age and setting, are not in the history.")
    states = space.of(values["field_0"].to_list(), [*values["field_1"].to_list(), *ages.to_list()])
    before = _needed(england, "plans", year - 1, "age+setting", states)
    after = _needed(england, "plans", year, "age+setting", states)
    new = _needed(england, "new_plans", year - 1, "age", states)
    stock = _joint(england, "plans", year, states, after.sum())
    mix = _joint(england, "new_plans", year - 1, states, new.sum())
    leave, joined = _leave_and_join(england, year, before.sum(axis=1), after.sum(axis=1), new, states)
    share = mix / np.maximum(mix.sum(axis=(1, 2), keepdims=True), _TINY)
    joiners = joined[:, None, None] * share
    return Pattern(space=states, year=year, stock=stock, joiners=joiners, new_by_age=new, leave=leave)


def _needed(england: pl.DataFrame, measure: str, year: int, dimension: str, states: Space) -> Reals:
    found = cells(england, measure, year, dimension, states)
    if found is None:
        raise DataError(f"England's {measure} of {year} by {dimension} are not in the history.")
    return found


def _joint(england: pl.DataFrame, measure: str, year: int, states: Space, total: float) -> Reals:
    """Need by setting by age, from the three two-way tables."""
    margins = [
        (axes(dimension), counts)
        for dimension in MARGINS
        if (counts := cells(england, measure, year, dimension, states)) is not None
    ]
    return fitting.fit(np.ones(states.shape), margins, total)


def _leave_and_join(
    england: pl.DataFrame, year: int, before: Reals, after: Reals, new: Reals, states: Space
) -> tuple[Reals, Reals]:
    """Share leaving (Y,) and joiners (Y,) that carry one January's ages to the next's.

    New and ceased plans are published by exact age, stocks by age on 31 August, so one of the two
    is taken as published and the other from the change in stock: below 16 the few that cease,
    from 16 the few that start.
    """
    ceased = cells(england, "ceased_plans", year - 1, "age", states)
    away = cells(england, "transferred_out", year - 1, "age", states)
    ended = np.zeros_like(before) if ceased is None else np.maximum(ceased - (0.0 if away is None else away), 0.0)
    leave = np.clip(ended / np.maximum(before, 1.0), 0.0, _LARGEST_SHARE)
    older = np.clip(1.0 - (after[1:] - new[1:]) / np.maximum(before[:-1], 1.0), 0.0, _LARGEST_SHARE)
    leave[_SCHOOL_LEAVING:-1] = older[_SCHOOL_LEAVING:]
    leave[-1] = 1.0
    joined = new.copy()
    joined[1 : _SCHOOL_LEAVING + 1] = np.maximum(after[1:] - before[:-1] * (1.0 - leave[:-1]), 1.0)[:_SCHOOL_LEAVING]
    joined[0] = max(after[0], 0.0)
    return leave, joined
