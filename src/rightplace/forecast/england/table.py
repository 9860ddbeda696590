"""Means and quantiles of futures as rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.counted import EVERY, columns, wide
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.result import SUMMARY
from rightplace.forecast.summary import QUANTILES


def rows(stock: NDArray[Any], space: Space, january: int) -> pl.DataFrame:
    """Plans each January from ``january``, by dimension and value, in the columns of ``Forecast.summary``.

    ``stock`` is (futures, Januaries, margins).
    """
    counts, named = wide(stock, EVERY, space), columns(space, EVERY)
    points = np.quantile(counts, QUANTILES, axis=0)
    names = list(SUMMARY)[4:]
    years, width = counts.shape[1:]
    frame = pl.DataFrame(
        {
            "year": np.repeat(np.arange(january, january + years), width),
            "dimension": [dimension for dimension, _ in named] * years,
            "value": [value for _, value in named] * years,
            "mean": counts.mean(axis=0, dtype=np.float64).ravel(),
            **{name: point.ravel() for name, point in zip(names, points, strict=True)},
        },
        schema=SUMMARY,
    )
    order = {dimension: place for place, dimension in enumerate(EVERY)}
    return frame.sort(pl.col("dimension").replace_strict(order), maintain_order=True)
