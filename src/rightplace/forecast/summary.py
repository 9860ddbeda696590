"""From every future to means and quantiles."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rightplace.forecast.cohort.counted import EVERY, FLOW_DIMENSIONS, Counted, columns
from rightplace.forecast.cohort.engine import Futures
from rightplace.forecast.cohort.histograms import Histograms
from rightplace.forecast.result import FLOWS, SUMMARY

QUANTILES: Final = (0.025, 0.1, 0.5, 0.9, 0.975)
_FLOW_QUANTILES: Final = (0.1, 0.5, 0.9)


def of_stock(futures: Futures, seed_year: int, counted: Counted | None = None) -> pl.DataFrame:
    """Plans in place each January, in the columns of ``Forecast.summary``."""
    counted = counted or futures.count()
    return _frame(counted.stock, columns(futures.space, EVERY), seed_year, QUANTILES, SUMMARY)


def of_flows(futures: Futures, seed_year: int, counted: Counted | None = None) -> pl.DataFrame:
    """Changes in the year to each January after the first, in the columns of ``Forecast.flows``."""
    counted = counted or futures.count()
    schema = {name: dtype for name, dtype in FLOWS.items() if name != "flow"}
    frames = [
        _frame(counted.flows[flow], columns(futures.space, dimensions), seed_year + 1, _FLOW_QUANTILES, schema)
        .with_columns(pl.lit(flow).alias("flow"))
        .select(list(FLOWS))
        for flow, dimensions in FLOW_DIMENSIONS.items()
    ]
    return pl.concat(frames)


def _frame(
    counts: Histograms,
    names: list[tuple[str, str]],
    first_year: int,
    at: tuple[float, ...],
    schema: dict[str, pl.DataType],
) -> pl.DataFrame:
    """One row for each dimension, year and value, in that order."""
    means = counts.means().reshape(-1, len(names))
    points = counts.quantiles(at).reshape(len(at), -1, len(names))
    frames = []
    for dimension in dict.fromkeys(name for name, _ in names):
        places = [place for place, name in enumerate(names) if name[0] == dimension]
        years = len(means)
        frames.append(
            pl.DataFrame(
                {
                    "year": np.repeat(np.arange(first_year, first_year + years), len(places)),
                    "dimension": [dimension] * (years * len(places)),
                    "value": [names[place][1] for place in places] * years,
                    "mean": means[:, places].ravel(),
                    **dict(zip(list(schema)[4:], (point[:, places].ravel() for point in points), strict=True)),
                },
                schema=schema,
            )
        )
    return pl.concat(frames)
