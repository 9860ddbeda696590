"""Running the futures: in batches, on every core, with the same numbers whatever the batches are."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.cohort.step import FLOWS
from rightplace.forecast.cohort.year import run
from rightplace.forecast.draws.keyed import root
from rightplace.progress import Progress, silent

Whole = NDArray[np.int32]
_BATCH: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Futures:
    """Every future: ``stock`` (futures, years + 1, margins) and ``flows`` (futures, years, FLOWS, margins).

    The first year of ``stock`` is the January the futures start from. Margins are those of :class:`Space`.
    """

    space: Space
    stock: Whole
    flows: Whole

    @property
    def totals(self) -> NDArray[np.int64]:
        """Plans in place, of shape (futures, years + 1)."""
        groups = self.space.shape[0]
        total: NDArray[np.int64] = self.stock[:, :, :groups].sum(axis=2, dtype=np.int64)
        return total


def simulate(
    space: Space,
    model: Model,
    paths: Paths,
    start: Whole,
    *,
    seed: int,
    progress: Progress = silent,
    threads: int | None = None,
) -> Futures:
    """All futures of a stock ``start`` (Y, N, K), as many and as long as ``paths.joining`` has rows and columns.

    The same seed gives the same numbers with any number of ``threads`` (all cores where not said).
    """
    futures, years = paths.joining.shape
    stock = np.zeros((futures, years + 1, space.width), dtype=np.int32)
    flows = np.zeros((futures, years, FLOWS, space.width), dtype=np.int32)
    key = root(seed, "forecast")

    def batch(first: int, last: int) -> None:
        run(model, paths, start, key, first, last, stock, flows)

    _in_batches(batch, futures, threads or os.cpu_count() or 1, progress)
    return Futures(space=space, stock=stock, flows=flows)


def _in_batches(batch: Callable[[int, int], None], futures: int, threads: int, progress: Progress) -> None:
    what = "futures simulated"
    bounds = [(first, min(first + _BATCH, futures)) for first in range(0, futures, _BATCH)]
    batch(*bounds[0])
    done = bounds[0][1]
    progress(done, futures, what)
    with ThreadPoolExecutor(max_workers=threads) as pool:
        running: dict[Future[None], int] = {pool.submit(batch, first, last): last - first for first, last in bounds[1:]}
        try:
            for finished in as_completed(running):
                finished.result()
                done += running[finished]
                progress(done, futures, what)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
