"""What is counted of a stock: the rows of a forecast, in one order everywhere."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.transition_counts.inputs import Inputs
from rightplace.forecast.transition_counts.states import States

Reals = NDArray[np.float64]

BANDS: Final[tuple[tuple[str, int], ...]] = (
    ("Reception and below", 0),
    ("Years 1 to 6", 6),
    ("Years 7 to 11", 11),
    ("Years 12 and 13", 13),
    ("Year 14 and above", 99),
)
"""Bands of year groups, each with its last."""

FLOWS: Final = ("joiners", "leavers", "movers", "vanished", "aged out")
"""What happened between two Januaries: ``vanished`` were in a state that was not listed for their year group,
``aged out`` passed year group 20. Plans = plans before + joiners - leavers - vanished - aged out."""


def labels(states: States) -> list[tuple[str, str]]:
    """(dimension, value) of every row of a forecast, costs after counts and flows last."""
    return [
        ("total", "all"),
        *(("band", name) for name, _ in BANDS),
        *(("year_group", str(group)) for group in states.groups),
        *(("need", need) for need in states.needs),
        *(("setting", setting) for setting in states.settings),
        ("cost", "all"),
        *(("setting_cost", setting) for setting in states.settings),
        *(("flow", flow) for flow in FLOWS),
    ]


def bands(states: States) -> NDArray[np.intp]:
    """The band (its place in ``BANDS``) of each year group."""
    return np.searchsorted([last for _, last in BANDS], states.groups)


def cost_gbp(inputs: Inputs, states: States) -> Reals:
    """Pounds a year by need and setting (N, S); nought where the inputs have no cost."""
    cost = np.zeros(states.shape[1:])
    known = inputs.costs.filter(pl.col("need").is_in(states.needs) & pl.col("setting").is_in(states.settings))
    for need, setting, pounds in known.select("need", "setting", "cost").iter_rows():
        cost[states.needs.index(need), states.settings.index(setting)] = pounds
    return cost
