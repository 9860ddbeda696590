"""Residents by age carried forward: cohorts aged on, students replaced, and published totals kept to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

Array = npt.NDArray[np.float64]

AGES: Final = 26
ADULT: Final = 18
"""From this age people come and go for study and work, and half of a projection is a fixed share of England's."""
FIXED_SHARE: Final = 0.5
CHILD_CHANGE: Final = 0.75
"""How much of the recent yearly change of a cohort of children lasts: the years it comes from had unusual migration."""
PRIOR_PEOPLE: Final = 50.0
"""How many people's worth of England's change steadies an authority's own, so that tiny places do not run wild."""
BREAKS: Final = (2021,)
"""Mid-years whose estimates start afresh from a census: change into them from the year before is no change of people.

Source: Office for National Statistics, mid-2021 estimates, first based on Census 2021.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is published: frames with ``la_code``, ``year``, ``age`` and ``people``.

    ``estimates`` are by single age; ``children`` has the total aged 0 to 17 (its ``age`` is not read);
    ``projections`` are official ones, by single age.
    """

    estimates: pl.DataFrame
    children: pl.DataFrame
    projections: pl.DataFrame


def project(known: Known, *, until_year: int) -> pl.DataFrame:
    """The estimates, and every mid-year after them to ``until_year``, of each authority that has estimates.

    Columns ``la_code``, ``year``, ``age``, ``people``, ``projected``. A year with a published projection takes it. Ages 0
    to 17 are scaled to their published total in the years that have one.
    """
    own = known.estimates.select("la_code", "year", "age", "people", pl.lit(value=False).alias("projected"))
    if own.is_empty():
        return own
    base = int(str(own["year"].max()))
    latest = own.filter((pl.col("year") == base) & (pl.len().over("la_code", "year") == AGES))
    codes = latest["la_code"].unique().sort().to_list()
    local, national = _changes(own, codes, base)
    totals, official = _by_year(known.children, codes), _by_year(known.projections, codes)
    people = start = _matrix(latest, codes, base)
    england = start.sum(axis=0)
    share = start / np.maximum(england, 1.0)
    frames = [own]
    for year in range(base + 1, until_year + 1):
        england = np.append(england[0], england[:-1] * national)
        people = _aged(people, local, share * england)
        people = np.where(np.isnan(given := official.get(year, _nothing(codes))), people, given)
        people = _kept_to(people, totals.get(year, _nothing(codes))[:, 0])
        frames.append(_frame(people, codes, year))
    return pl.concat(frames)


def _aged(people: Array, change: Array, fixed: Array) -> Array:
    """One year on: as many born as before, the rest a year older, adults half way to a fixed share of England."""
    older = np.column_stack([people[:, 0], people[:, :-1] * change])
    older[:, ADULT:] = (1 - FIXED_SHARE) * older[:, ADULT:] + FIXED_SHARE * fixed[:, ADULT:]
    return older


def _kept_to(people: Array, totals: Array) -> Array:
    """Ages 0 to 17 scaled to their total, where there is one."""
    held = people[:, :ADULT].sum(axis=1)
    scale = np.where(np.isnan(totals) | (held <= 0), 1.0, totals / np.maximum(held, 1.0))
    return np.column_stack([people[:, :ADULT] * scale[:, None], people[:, ADULT:]])


def _changes(own: pl.DataFrame, codes: list[str], base: int) -> tuple[Array, Array]:
    """How a cohort changes in a year, at ages 0 to 24: of each authority, and of them all. The mean of the years known."""
    years = set(own["year"].unique())
    locals_, nationals = [], []
    for year in range(base - 1, base - 10, -1):
        if not {year, year + 1} <= years or year + 1 in BREAKS:
            continue
        before, after = (np.nan_to_num(_matrix(own, codes, y)) for y in (year, year + 1))
        whole = after[:, 1:].sum(axis=0) / np.maximum(before[:, :-1].sum(axis=0), 1.0)
        nationals.append(whole)
        locals_.append((after[:, 1:] + PRIOR_PEOPLE * whole) / (before[:, :-1] + PRIOR_PEOPLE))
    if not nationals:
        return np.ones((len(codes), AGES - 1)), np.ones(AGES - 1)
    lasting = np.where(np.arange(AGES - 1) < ADULT - 1, CHILD_CHANGE, 1.0)
    return 1 + lasting * (np.mean(locals_, axis=0) - 1), np.mean(nationals, axis=0)


def _nothing(codes: list[str]) -> Array:
    return np.full((len(codes), AGES), np.nan)


def _by_year(frame: pl.DataFrame, codes: list[str]) -> dict[int, Array]:
    return {int(year): _matrix(frame, codes, int(year)) for year in frame["year"].unique()}


def _matrix(frame: pl.DataFrame, codes: list[str], year: int) -> Array:
    """People by authority (rows, as ``codes``) and age (26 columns); not a number where nothing is published."""
    rows = frame.filter((pl.col("year") == year) & pl.col("la_code").is_in(codes))
    matrix = _nothing(codes)
    place = {code: at for at, code in enumerate(codes)}
    at = rows["la_code"].replace_strict(place, return_dtype=pl.Int64).to_numpy()
    matrix[at, rows["age"].to_numpy()] = rows["people"].to_numpy()
    return matrix


def _frame(people: Array, codes: list[str], year: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "la_code": np.repeat(np.array(codes, dtype=object), AGES).tolist(),
            "year": np.full(people.size, year, dtype=np.int16),
            "age": np.tile(np.arange(AGES, dtype=np.int16), len(codes)),
            "people": people.ravel(),
            "projected": np.ones(people.size, dtype=bool),
        },
        schema={"la_code": pl.String, "year": pl.Int16, "age": pl.Int16, "people": pl.Float64, "projected": pl.Boolean},
    )
