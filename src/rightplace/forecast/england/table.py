"""Means and quantiles of futures as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort.counted import EVERY, columns, wide
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.result import SUMMARY
from rightplace.forecast.summary import QUANTILES


def rows(
    stock: NDArray[Any],
    space: Space,
    january: int,
    schema: Mapping[str, pl.DataType] = SUMMARY,
    at: Sequence[float] = QUANTILES,
) -> pl.DataFrame:
    """Plans each January from ``january``, by dimension and value: means, and quantiles ``at``, in the columns ``schema``.

    ``stock`` is (futures, Januaries, margins). The columns are those of ``Forecast.summary`` where no others are given.
    """
    counts, named = wide(stock, EVERY, space), columns(space, EVERY)
    points = np.quantile(counts, at, axis=0)
    names = list(schema)[4:]
    years, width = counts.shape[1:]
    frame = pl.DataFrame(
        {
            "year": np.repeat(np.arange(january, january + years), width),
            "dimension": [dimension for dimension, _ in named] * years,
            "value": [value for _, value in named] * years,
            "mean": counts.mean(axis=0, dtype=np.float64).ravel(),
            **{name: point.ravel() for name, point in zip(names, points, strict=True)},
        },
        schema=schema,
    )
    order = {dimension: place for place, dimension in enumerate(EVERY)}
    return frame.sort(pl.col("dimension").replace_strict(order), maintain_order=True)
