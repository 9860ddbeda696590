"""What makes a forecast uncertain: rates not known, trends not known, and chance."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast.cohort.batch import Inputs, drawn, first_of
from rightplace.forecast.cohort.counted import columns, wide
from rightplace.forecast.cohort.engine import run_all
from rightplace.forecast.cohort.futures import Numbers
from rightplace.forecast.result import Forecast
from rightplace.progress import Progress, silent

Reals = NDArray[np.float64]

DOUBT: Final = {
    "year": pl.Int32(), "dimension": pl.String(), "value": pl.String(), "source": pl.String(),
    "variance": pl.Float64(), "share": pl.Float64(),
}  # fmt: skip
SOURCES: Final = ("parameters", "trend", "chance")
MOST: Final = 2_000
_OTHERS: Final = 1_000_000_000
"""Added to the number of a future, it gives one that no run has."""


def uncertainty(
    made: Forecast,
    *,
    dimensions: tuple[str, ...] = ("total", "need", "setting", "phase"),
    futures: int = MOST,
    progress: Progress = silent,
) -> pl.DataFrame:
    """The share of each source in the variance of plans each January ahead.

    Columns year, dimension, value, source, variance, share. By the law of total variance, with parameters P and trends T:
    chance is E[Var(plans | P, T)], parameters is E[Var(plans | T)] less that, trend is what is left. Each expectation is estimated from
    pairs of futures that share what is given and nothing else; an estimate below nought, by chance, is nought. Shares add up to 1,
    and are null where plans do not vary.

    The first ``futures`` of the forecast are run three times. Raises ``UserError`` for fewer than two futures, or a
    forecast that does not hold what it was made from.
    """
    if made.inputs is None or made.inputs.futures < 2:
        raise UserError(
            "The sources of uncertainty need a forecast of at least two futures, with what it was made from.",
            action="Make the forecast again, with more futures.",
        )
    inputs = drawn(first_of(made.inputs, futures))
    names = columns(inputs.space, dimensions)
    variances = _variances(inputs, dimensions, progress)
    whole = sum(variances.values())
    first = int(made.summary["year"].to_numpy().min()) + 1
    return pl.concat(_frame(source, variances[source], np.asarray(whole), names, first) for source in SOURCES)


def _variances(inputs: Inputs, dimensions: tuple[str, ...], progress: Progress) -> dict[str, Reals]:
    """Variance of each source (years, columns)."""
    here = np.arange(inputs.futures)

    def plans(which: Inputs, done: int) -> Reals:
        run = run_all(which, keep=which.futures)
        progress(done, 3, "sources worked out")
        out: Reals = wide(run.stock[:, 1:], dimensions, inputs.space).astype(np.float64)
        return out

    own = plans(inputs, 1)
    all_but_chance = plans(replace(inputs, numbers=Numbers(here, here + _OTHERS)), 2)
    trend_alone = plans(replace(inputs, numbers=Numbers(here + _OTHERS, here + 2 * _OTHERS)), 3)
    by_chance = 0.5 * ((own - all_but_chance) ** 2).mean(axis=0)
    given_trend = 0.5 * ((own - trend_alone) ** 2).mean(axis=0)
    return {
        "parameters": np.maximum(given_trend - by_chance, 0.0),
        "trend": np.maximum(own.var(axis=0, ddof=1) - given_trend, 0.0),
        "chance": by_chance,
    }


def _frame(source: str, variance: Reals, whole: Reals, names: list[tuple[str, str]], first: int) -> pl.DataFrame:
    years = len(variance)
    share = np.divide(variance, whole, out=np.full_like(variance, np.nan), where=whole > 0)
    return pl.DataFrame(
        {
            "year": np.repeat(np.arange(first, first + years), len(names)),
            "dimension": [dimension for dimension, _ in names] * years,
            "value": [value for _, value in names] * years,
            "source": [source] * (years * len(names)),
            "variance": variance.ravel(),
            "share": share.ravel(),
        },
        schema=DOUBT,
    ).with_columns(pl.col("share").fill_nan(None))
