"""Exponential smoothing by the library statsmodels, where it is installed: a rival that we did not write.

Holt's method with an additive damped trend on the log of each authority's counts, the constants and starting values fitted by the
library's own default; its ranges are the library's simulation with normal errors of the size left by the fit. The method is that of
Hyndman, Koehler, Ord and Snyder, *Forecasting with Exponential Smoothing* (2008).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.backtest.ranges import QUANTILES, Ranged
from rightplace.forecast.published.panel import Panel
from rightplace.streams import generator

Reals = NDArray[np.float64]

NAME: Final = "exponential smoothing (statsmodels)"
SHORTEST: Final = 5
"""Counts running that a fit needs: it has as many constants to find."""
REPETITIONS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The rival, or None where the library is not installed; and a sentence for the notes."""

    rival: Ranged | None
    remark: str


NOT_ASKED: Final = Library(rival=None, remark="Exponential smoothing by a library was not asked for.")
"""No such rival."""


def find() -> Library:
    """The rival, if the library can be used."""
    try:
        import statsmodels
        from statsmodels.tsa.holtwinters import ExponentialSmoothing
    except ImportError as error:
        return Library(
            rival=None,
            remark=f"Exponential smoothing by a library is not among the rivals: statsmodels cannot be used ({error}). "
            "Where it is installed beside Rightplace the same command has it.",
        )

    def rival(past: Panel, years: int) -> Reals:
        return smoothed(ExponentialSmoothing, past, years)

    return Library(
        rival=rival, remark=f"Exponential smoothing is by statsmodels {statsmodels.__version__}, a series at a time."
    )


def smoothed(model: Any, past: Panel, years: int) -> Reals:
    """Quantiles of the next Januaries, (quantiles, authorities, years); NaN where no model could be fitted."""
    out = np.full((len(QUANTILES), len(past.codes), years), np.nan)
    for place, code in enumerate(past.codes):
        series = _last_run(past.counts[place])
        if len(series) >= SHORTEST:
            draws = generator(0, "backtest.smoothing", int(code), past.years[-1]).standard_normal((years, REPETITIONS))
            found = _one(model, np.log(series), years, draws)
            if found is not None and np.isfinite(found).all():
                out[:, place] = found
    return out


def _one(model: Any, logs: Reals, years: int, draws: Reals) -> Reals | None:
    """Quantiles of one series; None where the library refuses it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fitted = model(logs, trend="add", damped_trend=True, initialization_method="estimated").fit()
            middle = np.asarray(fitted.forecast(years), dtype=np.float64)
            errors = draws * np.sqrt(fitted.sse / len(logs))
            futures = fitted.simulate(years, anchor="end", repetitions=draws.shape[1], random_errors=errors)
        except (ValueError, ArithmeticError, IndexError, np.linalg.LinAlgError):
            return None
    found = np.quantile(np.asarray(futures, dtype=np.float64).reshape(years, -1), QUANTILES, axis=1)
    found[len(QUANTILES) // 2] = middle
    quantiles: Reals = np.exp(found)
    return quantiles


def _last_run(counts: Reals) -> Reals:
    """The counts after the last one that is missing."""
    missing = np.flatnonzero(~np.isfinite(counts))
    return counts[missing[-1] + 1 :] if len(missing) else counts
