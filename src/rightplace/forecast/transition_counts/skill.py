"""How right a forecast would have been: train on the first Januaries, foresee the rest, compare.

Each fold takes the history up to a year and foresees every later January that the history has; the January
the futures start from, which is known, is not scored. Any forecast can be scored, so that two are compared on the same folds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast.transition_counts.estimate import estimate
from rightplace.forecast.transition_counts.inputs import Inputs
from rightplace.forecast.transition_counts.options import AS_PUBLISHED, Options
from rightplace.forecast.transition_counts.scores import crps, inside, interval
from rightplace.forecast.transition_counts.simulate import simulate

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """Futures of one fold: ``total`` (futures, years), ``need`` (futures, years, needs), ``setting`` (futures, years, settings)."""

    years: list[int]
    needs: tuple[str, ...]
    settings: tuple[str, ...]
    total: Reals
    need: Reals
    setting: Reals


Forecaster = Callable[[Inputs, int], Foreseen]
"""From the inputs of a fold and the last January to foresee, the futures."""


def forecaster(*, futures: int = 1000, seed: int = 1, options: Options = AS_PUBLISHED) -> Forecaster:
    """The transition-count model itself, as a forecast to score."""

    def foresee(inputs: Inputs, last_year: int) -> Foreseen:
        run = simulate(inputs, estimate(inputs, options=options), futures=futures, seed=seed, last_year=last_year)
        total, need, setting = (run.of(name)[:, 1:].astype(np.float64) for name in ("total", "need", "setting"))
        return Foreseen(
            years=run.years[1:],
            needs=run.states.needs,
            settings=run.states.settings,
            total=total[:, :, 0],
            need=need,
            setting=setting,
        )

    return foresee


def folds(inputs: Inputs, *, foresee: Forecaster | None = None) -> pl.DataFrame:
    """One row for each fold and January foreseen.

    Columns: train_until (the last first January used), year, mean, low and high (the middle 95% of futures), truth,
    error_percent (of the mean), inside (whether the truth is between low and high), crps, and for needs and for settings how many
    there are, how many truths are inside, the mean absolute error of their means and their mean crps:
    needs, needs_inside, needs_mae, needs_crps, settings, settings_inside, settings_mae, settings_crps.

    Raises ``UserError`` where the history is of fewer than two pairs of Januaries.
    """
    history = inputs.history
    if len(history) < 2:
        raise UserError("A back-test needs three Januaries in a row.", action="Load another return.")
    foresee = foresee or forecaster()
    rows = []
    for until in history[:-1]:
        foreseen = foresee(inputs.until(until), history[-1] + 1)
        rows += [_row(foreseen, place, inputs, until) for place in range(len(foreseen.years))]
    return pl.DataFrame(rows)


def _row(foreseen: Foreseen, place: int, inputs: Inputs, until: int) -> dict[str, int | float | bool]:
    year = foreseen.years[place]
    stock = inputs.stock(year)
    truth = float(stock["people"].sum())
    total = foreseen.total[:, place]
    low, high = interval(total)
    mean = float(total.mean())
    return {
        "train_until": until,
        "year": year,
        "mean": mean,
        "low": float(low),
        "high": float(high),
        "truth": int(truth),
        "error_percent": 100.0 * (mean / truth - 1.0),
        "inside": bool(low <= truth <= high),
        "crps": float(crps(total, np.array(truth))),
        **_parts("needs", foreseen.need[:, place], _truth(stock, "need", foreseen.needs)),
        **_parts("settings", foreseen.setting[:, place], _truth(stock, "setting", foreseen.settings)),
    }


def _truth(stock: pl.DataFrame, column: str, values: tuple[str, ...]) -> Reals:
    people = dict(stock.group_by(column).agg(pl.col("people").sum()).iter_rows())
    return np.array([float(people.get(value, 0)) for value in values])


def _parts(name: str, futures: Reals, truth: Reals) -> dict[str, int | float]:
    return {
        name: len(truth),
        f"{name}_inside": int(inside(futures, truth).sum()),
        f"{name}_mae": float(np.abs(futures.mean(axis=0) - truth).mean()),
        f"{name}_crps": float(crps(futures, truth).mean()),
    }
