"""The sufficiency of an area's places: children expected, places there, and how many are short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast.result import Forecast
from rightplace.places.bases import bases
from rightplace.places.sufficiency.cells import Cells, Reals, Whole
from rightplace.places.sufficiency.children import children
from rightplace.places.sufficiency.localities import NOT_KNOWN, Localities, localities
from rightplace.places.sufficiency.there import There, there
from rightplace.progress import Progress, silent

Dimension = Literal["locality", "phase", "need", "setting"]
DIMENSIONS: Final[tuple[Dimension, ...]] = ("locality", "phase", "need", "setting")
ALL: Final = "all"

TABLE: Final[dict[str, pl.DataType]] = {
    "year": pl.Int32(), "locality": pl.String(), "phase": pl.String(), "need": pl.String(), "setting": pl.String(),
    "children_mean": pl.Float64(), "children_p10": pl.Float64(), "children_p50": pl.Float64(),
    "children_p90": pl.Float64(), "places": pl.Float64(), "bases_unknown": pl.Int64(), "roll_unknown": pl.Float64(),
    "short_mean": pl.Float64(), "short_p10": pl.Float64(), "short_p50": pl.Float64(), "short_p90": pl.Float64(),
}  # fmt: skip
"""Columns of a table. ``year`` is a January; a dimension that the table is not by is "all".

``places`` are those known, null where none is known and some base there has an unknown number; ``bases_unknown`` counts
those bases and ``roll_unknown`` their pupils where known. ``short`` is children less places known: below nought there
are places to spare, and where ``bases_unknown`` is above nought it is the most that could be short.
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sufficiency:
    """``children`` (futures, Januaries, localities, phases, needs, kinds); ``places`` of each January.

    ``split`` says whether homes are known well enough to tell localities apart. ``notes`` say what is not known.
    """

    cells: Cells
    januaries: tuple[int, ...]
    children: Whole
    places: tuple[There, ...]
    split: bool
    notes: tuple[str, ...]

    def table(self, *by: Dimension) -> pl.DataFrame:
        """Children, places and shortage by the dimensions given, January by January: columns of :data:`TABLE`.

        In every future children add up exactly, whatever the table is by, and so do means, places and mean shortages;
        quantiles do not. Rows without children or bases are left out. Raises ``UserError`` for an unknown dimension.
        """
        if set(by) - set(DIMENSIONS):
            raise UserError(f"A table is by {', '.join(DIMENSIONS)}, and not by {', '.join(by)}.")
        away = tuple(place for place, name in enumerate(DIMENSIONS) if name not in by)
        labels = list(product(*(values if name in by else (ALL,) for name, values in self.cells.names.items())))
        frames = [self._year(step, away, labels) for step in range(len(self.januaries))]
        return pl.concat(frames)

    def _year(self, step: int, away: tuple[int, ...], labels: Sequence[tuple[str, ...]]) -> pl.DataFrame:
        here = self.places[step]
        people = _flat(self.children[:, step].sum(axis=tuple(1 + axis for axis in away), dtype=np.int64))
        places = here.places.sum(axis=away).ravel()
        touched: npt.NDArray[Any] = np.asarray(here.unknown.any(axis=tuple(1 + axis for axis in away)))
        unknown = _flat(touched).sum(axis=0)
        roll = here.roll.sum(axis=away).ravel()
        known: Reals = np.where((places == 0) & (unknown > 0), np.nan, places)
        at = np.quantile(people, (0.1, 0.5, 0.9), axis=0)
        frame = pl.DataFrame(labels, schema=list(DIMENSIONS), orient="row").with_columns(
            year=pl.lit(self.januaries[step]),
            children_mean=pl.Series(people.mean(axis=0)),
            **{f"children_p{p}": pl.Series(row) for p, row in zip((10, 50, 90), at, strict=True)},
            places=pl.Series(known).fill_nan(None),
            bases_unknown=pl.Series(unknown),
            roll_unknown=pl.Series(roll),
        )
        ends = ("mean", "p10", "p50", "p90")
        short = {f"short_{end}": pl.col(f"children_{end}") - pl.col("places") for end in ends}
        full = frame.with_columns(**short).filter(
            (pl.col("children_mean") > 0) | (pl.col("places") > 0) | (pl.col("bases_unknown") > 0)
        )
        return full.select(list(TABLE)).cast(TABLE)  # type: ignore[arg-type]


def sufficiency(
    area: Area,
    forecast: Forecast,
    *,
    futures: int = 200,
    zones: int = 5,
    seed: int = 1,
    progress: Progress = silent,
) -> Sufficiency:
    """Whether an area's places are enough for those whom its futures expect in each kind of setting.

    Children go on being placed as they are now. Places are those of the area's own open settings in the September before
    each January, whoever uses them; those that are not known are said, never guessed. Raises ``UserError`` for numbers
    below one, or where the forecast does not keep what it was made from.
    """
    if futures < 1 or zones < 1:
        raise UserError("Sufficiency needs at least one future and one locality.", action="Give larger numbers.")
    where = localities(area, count=zones)
    expected = children(area, forecast, where, futures=futures, seed=seed, progress=progress)
    every = [bases(area, september=january - 1) for january in expected.januaries]
    own = [frame.filter(pl.col("la_code") == area.la_code) for frame in every]
    there_by_year: list[There] = []
    for step, frame in enumerate(own):
        if step and frame.equals(own[step - 1]):
            there_by_year.append(there_by_year[-1])
        else:
            there_by_year.append(there(frame, where.of_bases(frame), expected.cells, expected.expected))
    return Sufficiency(
        cells=expected.cells,
        januaries=expected.januaries,
        children=expected.counts,
        places=tuple(there_by_year),
        split=where.split,
        notes=_notes(area, own[0], every[0], expected.cells, where, there_by_year[0]),
    )


def _flat(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The first axis, and all others laid end to end."""
    return array.reshape(len(array), int(np.prod(array.shape[1:])))


def _notes(
    area: Area, own: pl.DataFrame, every: pl.DataFrame, cells: Cells, where: Localities, now: There
) -> tuple[str, ...]:
    notes = []
    counted = own.filter(pl.col("setting_kind").is_in(cells.kinds))
    unknown = counted["capacity"].null_count()
    if unknown:
        notes.append(
            f"The number of places is not known for {unknown:,} of the {counted.height:,} bases of these kinds in "
            f"{area.name}. Where it is not, what is short is the most it could be, or is not known."
        )
    if counted.is_empty():
        notes.append(f"No base of these kinds is known in {area.name}.")
    homeless = int(every.filter(pl.col("setting_kind").is_in(cells.kinds))["la_code"].null_count())
    if homeless:
        notes.append(f"{homeless:,} bases are left out, as it is not known which authority they stand in.")
    if not where.split:
        notes.append("Homes are not known, so the area is not split into localities.")
    elif now.places[cells.localities.index(NOT_KNOWN)].sum() > 0:
        notes.append("Some bases have no place on the map, so their locality is not known.")
    return tuple(notes)
