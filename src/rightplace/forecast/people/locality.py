"""Futures shared out among localities: planning areas, or groups of neighbourhoods.

Of the plans of one year group band in the last Januaries, n lived in each locality. A locality's shares are drawn once for each future
from a Dirichlet distribution with parameters K m + n, where m are the shares of all ages together and K the prior weight that
makes the counts likeliest; each January's plans of the band are then a multinomial draw. Every future adds up to the area's exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast.cohort.engine import Futures
from rightplace.forecast.cohort.space import phase_columns
from rightplace.forecast.people import pooling
from rightplace.streams import generator
from rightplace.vocabulary.year_group import FIRST, LAST

Reals = NDArray[np.float64]

ELSEWHERE: Final = "not known"
"""Locality of plans whose neighbourhood is not known or is in no group."""
SPLIT: Final = {
    "year": pl.Int32(), "locality": pl.String(), "dimension": pl.String(), "value": pl.String(),
    "mean": pl.Float64(), "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64(),
}  # fmt: skip


def by_name(neighbourhoods: pl.DataFrame) -> dict[str, str]:
    """Neighbourhood to locality by the words of its name before its number: "Barnet 012B" is in Barnet.

    Raises ``UserError`` where no neighbourhood has a name.
    """
    named = neighbourhoods.filter(pl.col("name").is_not_null())
    if named.is_empty():
        raise UserError(
            "Neighbourhoods have no names to group them by.", action="Give a locality for each neighbourhood."
        )
    words = named.select("neighbourhood_id", pl.col("name").str.replace(r"\s*\d+\w*$", "").str.strip_chars())
    return {place: name or ELSEWHERE for place, name in words.iter_rows()}


def split(
    futures: Futures, census: pl.DataFrame, groups: Mapping[str, str], seed: int, *, seed_year: int | None = None
) -> pl.DataFrame:
    """Plans by locality, in total and by phase: columns of ``SPLIT``. ``groups`` maps a neighbourhood to its locality.

    Raises ``UserError`` where no plan can be placed, or where futures were counted and not kept.
    """
    start = seed_year if seed_year is not None else int(census["census_year"].max())  # type: ignore[arg-type]
    names, counts, now = _counts(census, groups, start)
    drawn = draw(futures, counts, seed)
    if np.array_equal(now.sum(axis=1), drawn[0, 0].sum(axis=1)):
        drawn[:, 0] = now
    frames = [_frame(drawn.sum(axis=2), names, "total", "total", start)]
    for place, phase in enumerate(phase_columns()):
        frames.append(_frame(drawn[:, :, place], names, "phase", phase, start))
    return pl.concat(frames).sort("year", "locality", "dimension", "value")


def draw(futures: Futures, counts: Reals, seed: int) -> NDArray[np.int64]:
    """Plans (futures, years + 1, phases, localities). ``counts`` (phases, localities) are plans seen."""
    if not len(futures.stock):
        raise UserError("Localities need every future to be kept.", action="Ask for 5,000 futures or fewer.")
    stock = np.stack([futures.stock[:, :, columns].sum(axis=2) for columns in phase_columns().values()], axis=2)
    overall = (counts.sum(axis=0) + 0.5) / (counts.sum() + 0.5 * counts.shape[1])
    parameters = pooling.split_weight(counts, np.tile(overall, (len(counts), 1))) * overall + counts
    out = np.zeros((*stock.shape, counts.shape[1]), dtype=np.int64)
    for future in range(len(stock)):
        draws = generator(seed, "forecast.locality", future)
        for phase, alpha in enumerate(parameters):
            out[future, :, phase] = draws.multinomial(stock[future, :, phase], draws.dirichlet(alpha))
    return out


def _counts(census: pl.DataFrame, groups: Mapping[str, str], start: int) -> tuple[list[str], Reals, Reals]:
    """Localities; plans of all Januaries by phase and locality, a year half as much as the one after; and those of January ``start``."""
    place = pl.col("neighbourhood_id").replace_strict(list(groups), list(groups.values()), default=None)
    rows = census.drop_nulls("year_group").select(
        year=pl.col("census_year").cast(pl.Int64),
        locality=place.cast(pl.String).fill_null(ELSEWHERE),
        group=pl.col("year_group").cast(pl.Int64).clip(FIRST, LAST) - FIRST,
    )
    names = sorted(rows["locality"].unique())
    if not [name for name in names if name != ELSEWHERE]:
        raise UserError(
            "No plan lives in a neighbourhood of any locality.",
            action="Check the neighbourhoods that localities are made of.",
        )
    phases = list(phase_columns().values())
    phase_of = {group: place for place, columns in enumerate(phases) for group in columns}
    out, now = np.zeros((len(phases), len(names))), np.zeros((len(phases), len(names)))
    for year, locality, group, people in rows.group_by("year", "locality", "group").len().iter_rows():
        at = (phase_of[group], names.index(locality))
        out[at] += people * 0.5 ** (start - year)
        now[at] += people if year == start else 0
    return names, out, now


def _frame(drawn: NDArray[np.int64], names: list[str], dimension: str, value: str, start: int) -> pl.DataFrame:
    years = drawn.shape[1]
    points = np.quantile(drawn, (0.1, 0.5, 0.9), axis=0)
    return pl.DataFrame(
        {
            "year": np.repeat(np.arange(start, start + years), len(names)), "locality": names * years,
            "dimension": [dimension] * (years * len(names)), "value": [value] * (years * len(names)),
            "mean": drawn.mean(axis=0).ravel(), **{f"p{p}": q.ravel() for p, q in zip((10, 50, 90), points, strict=True)},
        },
        schema=SPLIT,
    )  # fmt: skip
