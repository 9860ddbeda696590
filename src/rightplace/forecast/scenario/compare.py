"""A forecast without and with a scenario, and the difference between the two in each future."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.area.record import Area
from rightplace.forecast.cohort.batch import some
from rightplace.forecast.cohort.counted import EVERY, columns, wide
from rightplace.forecast.cohort.engine import Inputs, Mode
from rightplace.forecast.cohort.histograms import Histograms
from rightplace.forecast.published.evidence import National
from rightplace.forecast.result import Forecast
from rightplace.forecast.run import forecast
from rightplace.forecast.scenario.description import Scenario
from rightplace.progress import Progress, silent

DIFFERENCE: Final = {
    "year": pl.Int32(), "dimension": pl.String(), "value": pl.String(),
    "mean": pl.Float64(), "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64(),
}  # fmt: skip
POINTS: Final = (0.1, 0.5, 0.9)
"""Quantiles of a difference."""
_BATCH: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a scenario changes.

    ``difference``: plans with the scenario less plans without it, columns year, dimension, value, mean, p10, p50, p90. It is taken in each
    future, whose draws are the same with and without, and only then summed up: its range is not the difference of two ranges.
    """

    baseline: Forecast
    scenario: Forecast
    difference: pl.DataFrame


def compare(
    area: Area,
    scenario: Scenario,
    *,
    years: int = 10,
    futures: int = 1000,
    seed: int = 1,
    progress: Progress = silent,
    national: National | None = None,
    mode: Mode = "cohort",
) -> Comparison:
    """The forecast of an area without and with a scenario. Raises as :func:`rightplace.forecast.run.forecast` does."""
    run = partial(
        forecast, area, years=years, futures=futures, seed=seed, progress=progress, national=national, mode=mode
    )
    without, under = run(), run(scenario=scenario)
    if without.inputs is None or under.inputs is None:
        raise ValueError("A forecast without its inputs cannot be compared.")
    first = int(without.summary["year"].to_numpy().min())
    return Comparison(
        baseline=without, scenario=under, difference=difference(without.inputs, under.inputs, first, progress)
    )


def difference(without: Inputs, under: Inputs, first: int, progress: Progress = silent) -> pl.DataFrame:
    """Plans of one run less those of another in each future, in the columns of ``Comparison.difference``.

    ``first`` is the January both start from. Futures are worked out again, a few at a time: memory does not grow with them.
    """
    named = columns(under.space, EVERY)
    counted = Histograms((under.years + 1) * len(named))
    done = 0
    for gap in _gaps(without, under):
        counted.add(gap.reshape(len(gap), -1))
        done += len(gap)
        progress(done, under.futures, "futures compared")
    means = counted.means().reshape(-1, len(named))
    points = counted.quantiles(POINTS).reshape(len(POINTS), -1, len(named))
    years = len(means)
    frame = pl.DataFrame(
        {
            "year": np.repeat(np.arange(first, first + years), len(named)),
            "dimension": [dimension for dimension, _ in named] * years,
            "value": [value for _, value in named] * years,
            "mean": means.ravel(),
            **{name: point.ravel() for name, point in zip(("p10", "p50", "p90"), points, strict=True)},
        },
        schema=DIFFERENCE,
    )
    order = {dimension: place for place, dimension in enumerate(EVERY)}
    return frame.sort(pl.col("dimension").replace_strict(order), maintain_order=True)


def _gaps(without: Inputs, under: Inputs) -> Iterator[NDArray[np.int32]]:
    """Differences of some futures at a time (futures, years + 1, columns), on every core."""

    def gap(first: int) -> NDArray[np.int32]:
        last = min(first + _BATCH, under.futures)
        one, other = (wide(some(inputs, first, last)[0], EVERY, under.space) for inputs in (without, under))
        return other - one

    many = os.cpu_count() or 1
    starts = range(0, under.futures, _BATCH)
    with ThreadPoolExecutor(max_workers=many) as pool:
        for place in range(0, len(starts), many):
            yield from pool.map(gap, starts[place : place + many])
