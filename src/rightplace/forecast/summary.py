"""From every future to means and quantiles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.cohort import step
from rightplace.forecast.cohort.engine import Futures
from rightplace.forecast.cohort.space import GROUPS, Space, phase_columns
from rightplace.forecast.result import FLOWS, SUMMARY

Whole = NDArray[np.int32]

QUANTILES: Final = (0.025, 0.1, 0.5, 0.9, 0.975)
_FLOW_QUANTILES: Final = (0.1, 0.5, 0.9)


def of_stock(futures: Futures, seed_year: int) -> pl.DataFrame:
    """Plans in place each January, in the columns of ``Forecast.summary``."""
    return _quantiles(cuts(futures.stock, futures.space), seed_year, QUANTILES, SUMMARY)


def of_flows(futures: Futures, seed_year: int) -> pl.DataFrame:
    """Changes in the year to each January after the first, in the columns of ``Forecast.flows``."""
    flows = futures.flows
    leaving = flows[:, :, step.LEAVE] + _a_year_younger(flows[:, :, step.TAKEN])
    every = ("total", "need", "setting", "year_group", "phase")
    wanted = (
        ("joiners", flows[:, :, step.JOIN], every),
        ("leavers", leaving, every),
        ("movers", flows[:, :, step.MOVE_OUT], every),
        ("movers_in", flows[:, :, step.MOVE_IN], ("setting",)),
        ("need_changes", flows[:, :, step.NEED_OUT], ("total", "need")),
        ("needs_in", flows[:, :, step.NEED_IN], ("need",)),
    )
    frames = [_flow(name, counts, dimensions, futures.space, seed_year) for name, counts, dimensions in wanted]
    aged = flows[:, :, step.LEAVE, GROUPS - 1 : GROUPS]
    rows = _quantiles(iter([("total", ["total"], aged)]), seed_year + 1, _FLOW_QUANTILES, _columns())
    return pl.concat([*frames, rows.with_columns(pl.lit("aged_out").alias("flow")).select(list(FLOWS))])


def cuts(margins: Whole, space: Space) -> Iterator[tuple[str, list[str], Whole]]:
    """Each dimension of a margins axis: its name, its values, and its counts with the values last."""
    yield "total", ["total"], margins[..., :GROUPS].sum(axis=-1, keepdims=True)
    for dimension, (first, values) in space.margins().items():
        yield dimension, values, margins[..., first : first + len(values)]
    phases = phase_columns()
    yield "phase", list(phases), np.stack([margins[..., columns].sum(axis=-1) for columns in phases.values()], axis=-1)


def _flow(name: str, counts: Whole, dimensions: tuple[str, ...], space: Space, seed_year: int) -> pl.DataFrame:
    wanted = (cut for cut in cuts(counts, space) if cut[0] in dimensions)
    rows = _quantiles(wanted, seed_year + 1, _FLOW_QUANTILES, _columns())
    return rows.with_columns(pl.lit(name).alias("flow")).select(list(FLOWS))


def _columns() -> dict[str, pl.DataType]:
    return {name: dtype for name, dtype in FLOWS.items() if name != "flow"}


def _a_year_younger(taken: Whole) -> Whole:
    """Plans taken away to meet a total, by the year group of the January before."""
    out = taken.copy()
    out[..., : GROUPS - 1] = taken[..., 1:GROUPS]
    out[..., GROUPS - 1] = 0
    return out


def _quantiles(
    cut: Iterator[tuple[str, list[str], Whole]], first_year: int, at: tuple[float, ...], schema: dict[str, pl.DataType]
) -> pl.DataFrame:
    frames = []
    for dimension, values, counts in cut:
        years = counts.shape[1]
        means = counts.mean(axis=0, dtype=np.float64)
        points = _linear(counts, at)
        frames.append(
            pl.DataFrame(
                {
                    "year": np.repeat(np.arange(first_year, first_year + years), len(values)),
                    "dimension": [dimension] * (years * len(values)),
                    "value": values * years,
                    "mean": means.ravel(),
                    **dict(zip(list(schema)[4:], (point.ravel() for point in points), strict=True)),
                },
                schema=schema,
            )
        )
    return pl.concat(frames)


def _linear(counts: Whole, at: tuple[float, ...]) -> NDArray[np.float64]:
    """Quantiles over the first axis, interpolated linearly between order statistics (Hyndman and Fan's type 7)."""
    ordered = np.sort(counts, axis=0)
    place = np.array(at) * (len(ordered) - 1)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, len(ordered) - 1)
    part = (place - below).reshape(-1, *([1] * (counts.ndim - 1)))
    low, high = ordered[below].astype(np.float64), ordered[above].astype(np.float64)
    out: NDArray[np.float64] = low + (high - low) * part
    return out
