"""Pupils expected to need a specialist place, by phase, provision and year group: what the School Capacity survey asks for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast.run import forecast
from rightplace.places.pathways.counting import count
from rightplace.places.sharing.rounding import whole
from rightplace.progress import Progress, silent
from rightplace.vocabulary.setting import SettingKind
from rightplace.vocabulary.year_group import FIRST

PHASES: Final[dict[str, tuple[int, int, int]]] = {"primary": (0, 6, 5), "secondary": (7, 14, 7)}
"""First and last year group, and the academic years ahead that are asked for.

Five and seven years: Department for Education, School capacity (SCAP) survey 2026: guide for local authorities, section 1. That
years 12 to 14 count as secondary is not verified.
"""

PROVISION: Final[dict[str, str]] = {
    SettingKind.SPECIAL_STATE: "special_school", SettingKind.SEN_UNIT: "sen_unit",
    SettingKind.RESOURCED_PROVISION: "resourced_provision", SettingKind.ALTERNATIVE_PROVISION: "alternative_provision",
    SettingKind.SPECIAL_NON_MAINTAINED: "independent_or_non_maintained_special",
    SettingKind.SPECIAL_INDEPENDENT: "independent_or_non_maintained_special",
}  # fmt: skip
"""Kinds of setting that are specialist provision, and what they are called in the sheet."""
ALL: Final = "all"
_LATEST: Final = 10

CELLS: Final = {
    "academic_year": pl.Int32(), "phase": pl.String(), "provision": pl.String(), "year_group": pl.Int32(), "pupils": pl.Int64(),
    "mean": pl.Float64(),
}  # fmt: skip
RANGES: Final = {
    "academic_year": pl.Int32(), "phase": pl.String(), "provision": pl.String(), "low": pl.Float64(), "middle": pl.Float64(),
    "high": pl.Float64(), "mean": pl.Float64(),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialist:
    """``cells``: pupils in whole numbers, columns :data:`CELLS`; ``academic_year`` is the September it starts.

    Those of a phase and year add up to the middle (p50) of all provision of that phase and year, rounded: it is divided between
    provision and year groups as the means are, by largest remainder. ``ranges``: p10, p50 and p90 over the futures of each provision, and
    of "all" together. ``start`` is the January the forecast starts from.
    """

    la_code: str
    name: str
    start: int
    futures: int
    method: str
    cells: pl.DataFrame
    ranges: pl.DataFrame


def specialist(
    area: Area, *, first: int | None = None, futures: int = 400, seed: int = 1, progress: Progress = silent
) -> Specialist:
    """The pupils of an area expected to need a specialist place, five years ahead for primary and seven for secondary.

    ``first`` is the September of the first academic year, normally the one after the last return's January. Raises ``UserError``
    for one before that or more than ten years on, and as :func:`rightplace.forecast.run.forecast` does.
    """
    last_return = _last_january(area)
    later = 0 if first is None else first - last_return
    if not 0 <= later <= _LATEST:
        raise UserError(
            f"The forecast cannot start in September {first}: the last return is of January {last_return}.",
            action=f"Give a year from {last_return} to {last_return + _LATEST}.",
        )
    years = later + max(ahead for _, _, ahead in PHASES.values())
    made = forecast(area, years=years, futures=futures, seed=seed, mode="individual", progress=progress)
    if made.inputs is None:
        raise UserError("This forecast does not hold what it was made from.", action="Make the forecast again.")
    start = int(made.summary["year"].to_numpy().min())
    places = count(made.inputs, made.futures_total, progress).places
    # Where the last January is not believed the forecast starts from an earlier one and is that much longer.
    cells, ranges = tables(places, made.inputs.space.kinds, start, skip=last_return + later - start)
    return Specialist(
        la_code=made.la_code,
        name=made.name,
        start=start,
        futures=futures,
        method=made.method,
        cells=cells,
        ranges=ranges,
    )


def _last_january(area: Area) -> int:
    """The January of the last return, or of the last published counts."""
    census = area.census_years()
    if census:
        return max(census)
    years = area["history"].filter(pl.col("measure") == "plans", pl.col("dimension") == "total")["year"]
    return int(years.to_numpy().max()) if len(years) else 0


def tables(
    places: NDArray[np.int32], kinds: tuple[str, ...], start: int, *, skip: int = 0
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cells and ranges from everyone in place by future, January, year group and kind of setting.

    ``start`` is the first January of ``places``; ``skip`` is how many academic years after it the first of the sheet starts.
    """
    names = list(dict.fromkeys(PROVISION.values()))
    of_kind = np.zeros((len(kinds), len(names)), dtype=np.int64)
    for row, kind in enumerate(kinds):
        if kind in PROVISION:
            of_kind[row, names.index(PROVISION[kind])] = 1
    cells: list[tuple[object, ...]] = []
    ranges: list[tuple[object, ...]] = []
    for phase, (first, last, ahead) in PHASES.items():
        wanted = places[:, skip + 1 : skip + ahead + 1, first - FIRST : last - FIRST + 1, :] @ of_kind
        for year in range(wanted.shape[1]):
            here = wanted[:, year]
            when = (start + skip + year, phase)
            ranges += [(*when, name, *_range(here[:, :, i].sum(axis=1))) for i, name in enumerate(names)]
            ranges.append((*when, ALL, *_range(here.sum(axis=(1, 2)))))
            cells += [(*when, *cell) for cell in _cells(here, names, range(first, last + 1))]
    return pl.DataFrame(cells, schema=CELLS, orient="row"), pl.DataFrame(ranges, schema=RANGES, orient="row")


def _range(pupils: NDArray[np.int64]) -> tuple[float, float, float, float]:
    low, middle, high = np.quantile(pupils, (0.1, 0.5, 0.9)).tolist()
    return low, middle, high, float(pupils.mean())


def _cells(here: NDArray[np.int64], names: list[str], groups: range) -> list[tuple[str, int, int, float]]:
    """Provision, year group, pupils and mean of one phase and year; the pupils add up to the middle of all of them."""
    of = [(name, group) for name in names for group in groups]
    sums = here.sum(axis=0).T.ravel().tolist()
    middle = floor(float(np.median(here.sum(axis=(1, 2)))) + 0.5)
    total = sum(sums)
    exact = [Fraction(middle * each, total) if total else Fraction(0) for each in sums]
    pupils = whole(exact, [f"{name} {group:02}" for name, group in of])
    return [(*cell, number, each / len(here)) for cell, number, each in zip(of, pupils, sums, strict=True)]
