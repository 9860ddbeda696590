"""Running the transition-count model: many futures on every core, summed up."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast.draws.keyed import root
from rightplace.forecast.transition_counts.estimate import Parameters
from rightplace.forecast.transition_counts.future import DRAWS, LEAVERS, VANISHED, run
from rightplace.forecast.transition_counts.inputs import Inputs
from rightplace.forecast.transition_counts.margins import BANDS, bands, cost_gbp, labels
from rightplace.forecast.transition_counts.start import projected, starting
from rightplace.forecast.transition_counts.states import States
from rightplace.forecast.transition_counts.summary import as_frame, summarise
from rightplace.forecast.transition_counts.tables import lay_out
from rightplace.progress import Progress, silent

Reals = NDArray[np.float64]

_BATCH: Final = 50
"""Futures run between two reports of progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """Futures of the model.

    ``summary`` has one row for each year (the seed January first), dimension and value, with mean, sd, min,
    p2_5, p25, p50, p75, p97_5 and max over futures. Dimensions: total, band, year_group, need, setting (people); cost,
    setting_cost (pounds a year); flow (people between the January before and this one).

    ``counts`` (futures, years + 1, G + N + S) has every future's people by year group, need and setting, end to
    end. ``draws`` is how many random numbers were used.
    """

    years: list[int]
    states: States
    summary: pl.DataFrame
    counts: NDArray[np.int32]
    draws: int

    def of(self, dimension: str) -> NDArray[np.int64]:
        """Every future's people, (futures, years + 1, values), by "total", "year_group", "need" or "setting"."""
        groups, needs, _ = self.states.shape
        if dimension == "total":
            total: NDArray[np.int64] = self.counts[:, :, :groups].sum(axis=2, keepdims=True, dtype=np.int64)
            return total
        first, last = {
            "year_group": (0, groups),
            "need": (groups, groups + needs),
            "setting": (groups + needs, self.counts.shape[2]),
        }[dimension]
        return self.counts[:, :, first:last].astype(np.int64)


def simulate(
    inputs: Inputs,
    parameters: Parameters,
    *,
    futures: int = 1000,
    seed: int = 1,
    last_year: int | None = None,
    threads: int | None = None,
    progress: Progress = silent,
) -> Simulation:
    """Draw futures from the seed January to the end of the population, or ``last_year``.

    The same seed gives the same numbers with any number of ``threads`` (all cores where not said).

    Raises ``UserError`` where ``futures`` is below 1 and ``DataError`` where the population does not reach far enough.
    """
    if futures < 1:
        raise UserError(f"{futures} futures cannot be run.", action="Ask for 1 or more.")
    states = parameters.states
    tables = lay_out(parameters, projected(inputs, parameters, last_year), cost_gbp(inputs, states))
    start = starting(inputs, states).reshape(-1)
    years = [inputs.seed_year, *inputs.years(last_year)]
    counts = np.zeros((futures, len(years), sum(states.shape)), dtype=np.int32)
    spent = np.zeros((futures, len(years), len(states.settings)))
    flows = np.zeros((futures, len(years), DRAWS + 1), dtype=np.int64)
    key = root(seed, "transition counts")

    def batch(first: int) -> None:
        each = slice(first, first + _BATCH)
        run(tables, start, key, first, counts[each], spent[each], flows[each])

    _in_batches(batch, futures, threads or os.cpu_count() or 1, progress)
    return Simulation(
        years=years,
        states=states,
        summary=_summary(years, parameters, counts, spent, flows),
        counts=counts,
        draws=int(flows[:, :, DRAWS].sum()),
    )


def _summary(
    years: list[int], parameters: Parameters, counts: NDArray[np.int32], spent: Reals, flows: NDArray[np.int64]
) -> pl.DataFrame:
    states = parameters.states
    between = flows[:, :, :DRAWS].copy()
    if parameters.options.unlisted_state == "leave":
        between[:, :, LEAVERS] += between[:, :, VANISHED]
        between[:, :, VANISHED] = 0
    each = [summarise(_rows(states, counts[:, y], spent[:, y], between[:, y])) for y in range(len(years))]
    return as_frame(years, labels(states), each)


def _in_batches(batch: Callable[[int], None], futures: int, threads: int, progress: Progress) -> None:
    pool = ThreadPoolExecutor(threads)
    try:
        work = [pool.submit(batch, first) for first in range(0, futures, _BATCH)]
        for done, finished in enumerate(as_completed(work), start=1):
            finished.result()
            progress(min(done * _BATCH, futures), futures, "running futures")
    finally:
        pool.shutdown(cancel_futures=True)


def _rows(states: States, counts: NDArray[np.int32], spent: Reals, flows: NDArray[np.int64]) -> Reals:
    """Every row of a forecast in one year, in the order of its labels: (rows, futures)."""
    people = counts.T.astype(np.float64)
    by_group = people[: len(states.groups)]
    by_band = np.zeros((len(BANDS), len(counts)))
    np.add.at(by_band, bands(states), by_group)
    total = by_group.sum(axis=0, keepdims=True)
    cost = spent.T
    return np.concatenate([total, by_band, people, cost.sum(axis=0, keepdims=True), cost, flows.T])
