"""Summing up futures: mean, spread and quantiles of every row of a forecast."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

Reals = NDArray[np.float64]

QUANTILES: Final = {"p2_5": 0.025, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p97_5": 0.975}
"""Columns of quantiles; between two futures they are interpolated."""


def summarise(values: Reals) -> dict[str, Reals]:
    """Statistics of ``values`` (rows, futures), each of shape (rows,).

    ``sd`` is the sample standard deviation, nought for a single future. Every future counts, those with
    nobody in a row as well.
    """
    ordered = np.sort(values, axis=1)
    futures = values.shape[1]
    mean = ordered.mean(axis=1)
    return {
        "mean": mean,
        "sd": ordered.std(axis=1, ddof=1, mean=mean[:, None]) if futures > 1 else np.zeros_like(mean),
        "min": ordered[:, 0],
        **{name: _quantile(ordered, share) for name, share in QUANTILES.items()},
        "max": ordered[:, -1],
    }


def _quantile(ordered: Reals, share: float) -> Reals:
    place = share * (ordered.shape[1] - 1)
    below = int(place)
    above = min(below + 1, ordered.shape[1] - 1)
    between: Reals = ordered[:, below] + (place - below) * (ordered[:, above] - ordered[:, below])
    return between


def as_frame(years: list[int], labels: list[tuple[str, str]], each: list[dict[str, Reals]]) -> pl.DataFrame:
    """One frame of the statistics of each year: year, dimension, value and the statistics."""
    dimensions, values = zip(*labels, strict=True)
    return pl.DataFrame(
        {
            "year": np.repeat(np.array(years, dtype=np.int32), len(labels)),
            "dimension": list(dimensions) * len(years),
            "value": list(values) * len(years),
            **{name: np.concatenate([statistics[name] for statistics in each]) for name in each[0]},
        }
    )
