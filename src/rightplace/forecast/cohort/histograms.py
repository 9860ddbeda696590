"""Exact counts of counts: how many futures had each value, column by column, in room that does not grow with futures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled

Whole = NDArray[np.int32]
Counts = NDArray[np.int64]
Reals = NDArray[np.float64]
_ROOM: Final = 0.25
"""Share of a column's width kept free at each end when it is widened, so that it is seldom widened again."""


class Histograms:
    """For each of many columns of whole numbers: how often each value came, between the lowest and highest seen."""

    def __init__(self, columns: int) -> None:
        self.futures = 0
        self._low = np.zeros(columns, dtype=np.int64)
        self._high = np.full(columns, -1, dtype=np.int64)
        self._first = np.zeros(columns + 1, dtype=np.int64)
        self._times = np.zeros(0, dtype=np.int32)
        self._sum = np.zeros(columns, dtype=np.int64)

    def add(self, values: Whole) -> None:
        """Count the rows of ``values`` (futures, columns). The order of rows, and their batches, change nothing."""
        if not len(values):
            return
        values = np.ascontiguousarray(values)
        lowest, highest = values.min(axis=0).astype(np.int64), values.max(axis=0).astype(np.int64)
        self._widen(lowest, highest)
        _count(values, self._low, self._first, self._times)
        self._sum += values.sum(axis=0, dtype=np.int64)
        self.futures += len(values)

    def _widen(self, lowest: Counts, highest: Counts) -> None:
        fresh = self._high < self._low
        short = fresh | (lowest < self._low) | (highest > self._high)
        if not short.any():
            return
        low = np.where(fresh, lowest, np.minimum(lowest, self._low))
        high = np.where(fresh, highest, np.maximum(highest, self._high))
        spare = np.where(short, np.ceil(_ROOM * (high - low)).astype(np.int64), 0)
        low, high = low - spare, high + spare
        first = np.concatenate([[0], np.cumsum(high - low + 1)])
        times = np.zeros(first[-1], dtype=np.int32)
        _copy(self._low, self._high, self._first, self._times, low, first, times)
        self._low, self._high, self._first, self._times = low, high, first, times

    @property
    def nbytes(self) -> int:
        """Bytes that the counts take."""
        return int(self._times.nbytes)

    def means(self) -> Reals:
        """Mean of each column."""
        out: Reals = self._sum / max(self.futures, 1)
        return out

    def quantiles(self, at: Sequence[float]) -> Reals:
        """Quantiles (points, columns), interpolated linearly between order statistics (Hyndman and Fan's type 7)."""
        place = np.array(at) * (self.futures - 1)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, self.futures - 1)
        low = _order_statistics(below, self._low, self._first, self._times).astype(np.float64)
        high = _order_statistics(above, self._low, self._first, self._times).astype(np.float64)
        out: Reals = low + (high - low) * (place - below)[:, None]
        return out


@compiled
def _count(values: Whole, low: Counts, first: Counts, times: Whole) -> None:
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            times[first[column] + values[row, column] - low[column]] += 1


@compiled
def _copy(low: Counts, high: Counts, first: Counts, times: Whole, to_low: Counts, to_first: Counts, to: Whole) -> None:
    for column in range(len(low)):
        for value in range(low[column], high[column] + 1):
            to[to_first[column] + value - to_low[column]] = times[first[column] + value - low[column]]


@compiled
def _order_statistics(ranks: Counts, low: Counts, first: Counts, times: Whole) -> Counts:
    out = np.zeros((len(ranks), len(low)), dtype=np.int64)
    for column in range(len(low)):
        for r in range(len(ranks)):
            seen = 0
            value = low[column]
            for i in range(first[column], first[column + 1]):
                seen += times[i]
                if seen > ranks[r]:
                    value = low[column] + i - first[column]
                    break
            out[r, column] = value
    return out
