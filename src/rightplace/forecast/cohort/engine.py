"""Running the futures: in batches, on every core, with the same numbers whatever the batches are."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import effects as scenario
from rightplace.forecast.cohort.batch import EffectsOf, Inputs, Mode, some
from rightplace.forecast.cohort.counted import Counted
from rightplace.forecast.cohort.effects import Acts
from rightplace.forecast.cohort.model import Courses, Model
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.cohort.step import FLOWS
from rightplace.progress import Progress, silent

__all__ = ["EffectsOf", "Futures", "Inputs", "Mode", "run_all", "simulate"]

Whole = NDArray[np.int32]

KEPT: Final = 5_000
"""Futures up to which every future's margins are kept; beyond, they are counted and let go."""
_BATCH: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Futures:
    """Every future: ``stock`` (futures, years + 1, margins) and ``flows`` (futures, years, FLOWS, margins).

    The first year of ``stock`` is the January the futures start from. Margins are those of :class:`Space`.
    Where there are more than ``KEPT`` futures both have no rows: the futures are in ``counted`` instead. ``held`` is
    the share of cells with altered chances whose chance was held to 1, over all futures and years.
    """

    space: Space
    stock: Whole
    flows: Whole
    counted: Counted | None = None
    inputs: Inputs | None = field(default=None, repr=False)
    held: float = 0.0

    @property
    def totals(self) -> Whole:
        """Plans in place, of shape (futures, years + 1)."""
        if self.counted is not None:
            return self.counted.totals
        groups = self.space.shape[0]
        total: Whole = self.stock[:, :, :groups].sum(axis=2, dtype=np.int32)
        return total

    def count(self) -> Counted:
        """How often each count came; made now where every future was kept."""
        if self.counted is not None:
            return self.counted
        made = Counted(self.space, len(self.stock), self.flows.shape[1])
        for first in range(0, len(self.stock), 10 * _BATCH):
            made.add(first, self.stock[first : first + 10 * _BATCH], self.flows[first : first + 10 * _BATCH])
        return made


def simulate(
    space: Space,
    model: Model,
    paths: Courses,
    start: Whole,
    *,
    seed: int,
    effects: Acts | None = None,
    mode: Mode = "cohort",
    progress: Progress = silent,
    threads: int | None = None,
    keep: int = KEPT,
) -> Futures:
    """All futures of a stock ``start`` (Y, N, K), as many and as long as ``paths`` has; these are drawn as they are needed.

    The same seed gives the same numbers with any number of ``threads`` (all cores where not said). ``effects`` alter
    rates and nothing else: draws are the same with and without them. Where ``paths.totals`` are given, they are those
    without effects; with effects, joiners are those of that baseline, altered, and the total is what comes of it.

    ``mode`` says whether cells of people are carried forward or each person is followed: the distribution is the same.
    Up to ``keep`` futures are kept one by one; more are counted as they are made, in room that does not grow with them.
    """
    if effects is None:
        effects = scenario.none(*space.shape)
    inputs = Inputs(
        space=space, model=model, paths=paths, start=start, effects=effects, seed=seed, futures=paths.futures, mode=mode
    )
    return run_all(inputs, progress=progress, threads=threads, keep=keep)


def run_all(inputs: Inputs, *, progress: Progress = silent, threads: int | None = None, keep: int = KEPT) -> Futures:
    """All futures of some inputs."""
    futures, years, width = inputs.futures, inputs.years, inputs.space.width
    kept = futures if futures <= keep else 0
    stock = np.zeros((kept, years + 1, width), dtype=np.int32)
    flows = np.zeros((kept, years, FLOWS, width), dtype=np.int32)
    counted = None if kept else Counted(inputs.space, futures, years)
    altered = np.zeros(2, dtype=np.int64)

    def finish(first: int, made: tuple[Whole, Whole, NDArray[np.int64]]) -> None:
        np.add(altered, made[2], out=altered)
        if counted is None:
            stock[first : first + len(made[0])], flows[first : first + len(made[0])] = made[0], made[1]
        else:
            counted.add(first, made[0], made[1])

    _in_batches(inputs, finish, threads or os.cpu_count() or 1, progress)
    held = float(altered[1] / altered[0]) if altered[0] else 0.0
    return Futures(space=inputs.space, stock=stock, flows=flows, counted=counted, inputs=inputs, held=held)


def _in_batches(
    inputs: Inputs,
    finish: Callable[[int, tuple[Whole, Whole, NDArray[np.int64]]], None],
    threads: int,
    progress: Progress,
) -> None:
    what, futures = "futures simulated", inputs.futures
    bounds = [(first, min(first + _BATCH, futures)) for first in range(0, futures, _BATCH)]
    finish(0, some(inputs, *bounds[0]))
    done = bounds[0][1]
    progress(done, futures, what)
    coming = iter(bounds[1:])
    running: dict[Future[tuple[Whole, Whole, NDArray[np.int64]]], tuple[int, int]] = {}
    with ThreadPoolExecutor(max_workers=threads) as pool:
        try:
            while True:
                for first, last in coming:
                    running[pool.submit(some, inputs, first, last)] = (first, last)
                    if len(running) > 2 * threads:
                        break
                if not running:
                    return
                for finished in wait(running, return_when=FIRST_COMPLETED).done:
                    first, last = running.pop(finished)
                    finish(first, finished.result())
                    done += last - first
                    progress(done, futures, what)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
