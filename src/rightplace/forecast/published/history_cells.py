"""Cells of a published history as arrays over the states of a forecast."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.space import GROUPS, Space
from rightplace.vocabulary.year_group import FIRST, LAST, of_age

Reals = NDArray[np.float64]

_PART: Final = {"age": 0, "need": 1, "setting": 2}
BANDS: Final = {"0-4": (0, 4), "5-10": (5, 10), "11-15": (11, 15), "16-19": (16, 19), "20-25": (20, 24)}
"""Age bands of the history, each with its first and last age."""


def axes(dimension: str) -> tuple[int, ...]:
    """Axes of a stock array (Y, N, K) that a dimension of the history keeps."""
    return tuple(_PART[part] for part in dimension.split("+"))


def year_group(age: str) -> int | None:
    """Place on the year-group axis of an age in the history: "10", "0-2" or "20-25"; None where not known.

    Published stocks are by age on 31 August. Those under 3 are taken as 2, and 25 as 24; a group of
    the oldest is put at its first age.
    """
    first, _, last = age.partition("-")
    if not first.isdigit():
        return None
    years = int(last) if last and int(first) < 3 else int(first)
    return min(max(of_age(years), FIRST), LAST) - FIRST


def band(label: str) -> slice:
    """Places on the year-group axis of an age band of the history."""
    first, last = BANDS[label]
    return slice(of_age(first) - FIRST, of_age(last) - FIRST + 1)


def cells(history: pl.DataFrame, measure: str, year: int, dimension: str, space: Space) -> Reals | None:
    """Counts of one measure, year and dimension, with the axes of :func:`axes`; None where none is published.

    A count that is suppressed or missing adds nothing. Labels the space does not have are passed over.
    """
    rows = history.filter(
        (pl.col("measure") == measure)
        & (pl.col("year") == year)
        & (pl.col("dimension") == dimension)
        & pl.col("people").is_not_null()
    )
    if rows.is_empty():
        return None
    places = {
        "need": {name: i for i, name in enumerate(space.needs)},
        "setting": {name: i for i, name in enumerate(space.kinds)},
    }
    parts = dimension.split("+")
    out = np.zeros(tuple(space.shape[_PART[part]] for part in parts))
    for value, people in rows.select("value", "people").iter_rows():
        at = [
            year_group(label) if part == "age" else places[part].get(label)
            for part, label in zip(parts, value.split("+"), strict=True)
        ]
        if None not in at:
            out[tuple(at)] += people
    return out if out.sum() > 0 else None


def total(history: pl.DataFrame, measure: str, year: int) -> float | None:
    """The total of a measure in a year; None where it is not published."""
    rows = history.filter((pl.col("measure") == measure) & (pl.col("year") == year) & (pl.col("dimension") == "total"))
    people = rows["people"].drop_nulls()
    return float(people[0]) if len(people) else None


def bands(history: pl.DataFrame, year: int) -> Reals | None:
    """Plans by age band in a January, (bands,), in the order of the bands; None unless all are published."""
    rows = history.filter(
        (pl.col("measure") == "plans") & (pl.col("year") == year) & (pl.col("dimension") == "age_band")
    )
    people = dict(rows.filter(pl.col("people").is_not_null()).select("value", "people").iter_rows())
    return np.array([people.get(label, 0.0) for label in BANDS]) if len(people) >= len(BANDS) - 1 else None


def band_slices() -> list[slice]:
    """Places on the year-group axis of each age band; together they are the whole axis."""
    slices = [band(label) for label in BANDS]
    assert slices[-1].stop == GROUPS  # noqa: S101
    return slices
