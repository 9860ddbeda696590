"""What is kept of every future, however many there are: how often each count came, and a few totals."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import step
from rightplace.forecast.cohort.histograms import Histograms
from rightplace.forecast.cohort.space import GROUPS, Space, phase_columns
from rightplace.vocabulary.year_group import YEAR_GROUPS, age

Whole = NDArray[np.int32]
Counts = NDArray[np.int64]

EVERY: Final = ("total", "year_group", "need", "setting", "phase")
FLOW_DIMENSIONS: Final = {
    "joiners": EVERY,
    "leavers": EVERY,
    "movers": EVERY,
    "movers_in": ("setting",),
    "need_changes": ("total", "need"),
    "needs_in": ("need",),
    "aged_out": ("total",),
}
"""The dimensions each flow is counted by."""
AGES: Final = np.array([age(group) for group in YEAR_GROUPS], dtype=np.int64)


class Counted:
    """Histograms of plans in place and of each flow; each future's total plans and years of age, ``totals`` and ``ages`` (futures,
    years + 1): these alone, 8 bytes a future and year, need room that grows with the futures."""

    def __init__(self, space: Space, futures: int, years: int) -> None:
        self.space, self.years = space, years
        self.stock = Histograms((years + 1) * len(columns(space, EVERY)))
        self.flows = {
            flow: Histograms(years * len(columns(space, dimensions))) for flow, dimensions in FLOW_DIMENSIONS.items()
        }
        self.totals = np.zeros((futures, years + 1), dtype=np.int32)
        self.ages = np.zeros((futures, years + 1), dtype=np.int32)

    def add(self, first: int, stock: Whole, flows: Whole) -> None:
        """Count futures ``first`` and on: margins ``stock`` (futures, years + 1, width) and ``flows``."""
        futures = len(stock)
        self.stock.add(wide(stock, EVERY, self.space).reshape(futures, -1))
        for flow, rows in flow_rows(flows):
            dimensions = FLOW_DIMENSIONS[flow]
            if flow == "aged_out":
                self.flows[flow].add(rows[..., GROUPS - 1].reshape(futures, -1))
            else:
                self.flows[flow].add(wide(rows, dimensions, self.space).reshape(futures, -1))
        self.totals[first : first + futures] = stock[..., :GROUPS].sum(axis=-1, dtype=np.int32)
        self.ages[first : first + futures] = stock[..., :GROUPS] @ AGES


def flow_rows(flows: Whole) -> list[tuple[str, Whole]]:
    """Each flow's name and its margins (futures, years, width), from the rows of the engine."""
    leaving = flows[:, :, step.LEAVE] + _a_year_younger(flows[:, :, step.TAKEN])
    return [
        ("joiners", flows[:, :, step.JOIN]),
        ("leavers", leaving),
        ("movers", flows[:, :, step.MOVE_OUT]),
        ("movers_in", flows[:, :, step.MOVE_IN]),
        ("need_changes", flows[:, :, step.NEED_OUT]),
        ("needs_in", flows[:, :, step.NEED_IN]),
        ("aged_out", flows[:, :, step.LEAVE]),
    ]


def columns(space: Space, dimensions: tuple[str, ...]) -> list[tuple[str, str]]:
    """Dimension and value of each column that :func:`wide` makes."""
    out = []
    for dimension in dimensions:
        if dimension == "total":
            out.append(("total", "total"))
        elif dimension == "phase":
            out += [("phase", phase) for phase in phase_columns()]
        else:
            out += [(dimension, value) for value in space.margins()[dimension][1]]
    return out


def wide(margins: Whole, dimensions: tuple[str, ...], space: Space) -> Whole:
    """Margins by each dimension wanted, side by side in the last axis."""
    parts: list[Whole] = []
    for dimension in dimensions:
        if dimension == "total":
            parts.append(margins[..., :GROUPS].sum(axis=-1, keepdims=True, dtype=np.int32))
        elif dimension == "phase":
            parts += [margins[..., at].sum(axis=-1, keepdims=True, dtype=np.int32) for at in phase_columns().values()]
        else:
            first, values = space.margins()[dimension]
            parts.append(margins[..., first : first + len(values)])
    return np.concatenate(parts, axis=-1)


def _a_year_younger(taken: Whole) -> Whole:
    """Plans taken away to meet a total, by the year group of the January before."""
    out = taken.copy()
    out[..., : GROUPS - 1] = taken[..., 1:GROUPS]
    out[..., GROUPS - 1] = 0
    return out
