"""Counts by future as a frame: a row for each thing counted, with its mean and its range over the futures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

RANGE: Final = {"mean": pl.Float64(), "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64()}


def ranges(counts: NDArray[Any], axes: Mapping[str, Sequence[Any]], *, empty: bool = False) -> pl.DataFrame:
    """``counts`` (futures, one axis for each of ``axes``) as rows; those that are nothing in every future only if ``empty``.

    Quantiles are interpolated linearly between futures.
    """
    wide = counts.reshape(len(counts), -1)
    at = np.arange(wide.shape[1]) if empty else np.flatnonzero(wide.any(axis=0))
    places = np.unravel_index(at, counts.shape[1:])
    p10, p50, p90 = np.quantile(wide[:, at], (0.1, 0.5, 0.9), axis=0)
    return pl.DataFrame(
        {name: [values[i] for i in place] for (name, values), place in zip(axes.items(), places, strict=True)}
        | {"mean": wide[:, at].mean(axis=0), "p10": p10, "p50": p50, "p90": p90}
    )
