"""The parameters as tables to read: one row for each state, with what is expected."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.transition_counts.estimate import Parameters
from rightplace.forecast.transition_counts.states import States

Reals = NDArray[np.float64]
_STATE = ("academic-year", "need", "setting")


def leaving(parameters: Parameters) -> pl.DataFrame:
    """Share who leave: academic-year, need, setting, alpha, beta, expectation (alpha / (alpha + beta))."""
    return _pairs(parameters.states, parameters.leaving)


def moving(parameters: Parameters) -> pl.DataFrame:
    """Share of those who do not leave who change setting: columns as :func:`leaving`."""
    return _pairs(parameters.states, parameters.moving)


def joining(parameters: Parameters) -> pl.DataFrame:
    """Share of residents who join: academic-year, alpha, beta, expectation."""
    pairs = parameters.joining
    some = np.flatnonzero(pairs.sum(axis=1) > 0)
    groups = np.array(parameters.states.groups, dtype=np.int32)[some]
    return pl.DataFrame({"academic-year": groups, "alpha": pairs[some, 0], "beta": pairs[some, 1]}).with_columns(
        expectation=pl.col("alpha") / (pl.col("alpha") + pl.col("beta"))
    )


def arriving(parameters: Parameters) -> pl.DataFrame:
    """Joiners' states: academic-year, need, setting, alpha, expectation (the share within the year group)."""
    where = np.nonzero(parameters.arriving)
    rows = _states(parameters.states, *where).with_columns(alpha=pl.Series(parameters.arriving[where]))
    return rows.with_columns(expectation=pl.col("alpha") / pl.col("alpha").sum().over("academic-year"))


def destinations(parameters: Parameters) -> pl.DataFrame:
    """Where movers go: academic-year, need, setting, to-need, to-setting, alpha, expectation (within the state)."""
    states, table = parameters.states, parameters.destinations
    settings = states.shape[2]
    rows = _states(states, *np.unravel_index(table.origin, states.shape)).with_columns(
        pl.Series("to-need", np.array(states.needs)[table.to // settings]),
        pl.Series("to-setting", np.array(states.settings)[table.to % settings]),
        alpha=pl.Series(table.alpha),
    )
    return rows.with_columns(expectation=pl.col("alpha") / pl.col("alpha").sum().over(_STATE))


def _pairs(states: States, pairs: Reals) -> pl.DataFrame:
    where = np.nonzero(states.listed)
    rows = _states(states, *where).with_columns(alpha=pl.Series(pairs[where][:, 0]), beta=pl.Series(pairs[where][:, 1]))
    return rows.with_columns(expectation=pl.col("alpha") / (pl.col("alpha") + pl.col("beta")))


def _states(states: States, group: NDArray[np.intp], need: NDArray[np.intp], setting: NDArray[np.intp]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "academic-year": np.array(states.groups, dtype=np.int32)[group],
            "need": np.array(states.needs)[need],
            "setting": np.array(states.settings)[setting],
        }
    )
