"""Every authority's total, forecast from each January on what was known then and scored on the Januaries after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import polars as pl

from rightplace.errors import UserError
from rightplace.forecast.backtest import averages, parts, smoothing, words
from rightplace.forecast.backtest import origin as origins
from rightplace.forecast.backtest.origin import National, Origin
from rightplace.forecast.backtest.ranges import Ranged, ranged
from rightplace.forecast.backtest.result import Backtest
from rightplace.forecast.backtest.rivals import RIVALS
from rightplace.forecast.backtest.scores import scored
from rightplace.progress import Progress, silent

FIRST: Final = 2019
"""The first January forecast from unless another is asked for."""
PARTS_FUTURES: Final = 200
"""Futures of settings and age bands of an authority, where more are asked for: they take far longer than totals."""
ABOUT: Final = "authorities in England"

KnownAt = Callable[[int | None], National]
"""All that was published up to a January (None: up to now), nothing later having any part in it.
``rightplace.returns.statistics.build.national_from_statistics`` with its ``until`` is one."""


def backtest(
    known_at: KnownAt,
    *,
    first: int = FIRST,
    horizons: int = 3,
    futures: int = 1000,
    seed: int = 1,
    with_library: bool = True,
    with_parts: bool = False,
    progress: Progress = silent,
) -> Backtest:
    """Forecasts of every authority from each January from ``first``, up to ``horizons`` years ahead, beside the rivals'.

    ``with_parts`` scores kinds of setting and age bands too, from at most ``PARTS_FUTURES`` futures.
    ``with_library`` has exponential smoothing by a library among the rivals, where the library is installed; that takes longer
    than all the rest. Our totals are those of :func:`rightplace.forecast.england.totals.totals_of_all`. ``progress`` counts Januaries
    read, then forecasts of an authority from one of them.

    Raises ``UserError`` where no January from ``first`` has a later one to be scored on, or a number asked for is below 1.
    """
    if horizons < 1 or futures < 1:
        raise UserError("A back-test needs at least one year ahead and one future.", action="Give larger numbers.")
    known = _known(known_at, first, progress)
    library = smoothing.find() if with_library else smoothing.NOT_ASKED
    rivals: dict[str, Ranged] = {name: ranged(rival) for name, rival in RIVALS.items()}
    if library.rival is not None:
        rivals[smoothing.NAME] = library.rival
    frames, done = [], 0
    asked = sum(len(origin.past.codes) for origin in known[:-1])
    for place, origin in enumerate(known[:-1]):
        later = known[place + 1 : place + 1 + horizons]
        truth = np.column_stack([one.counts(origin.past.codes) for one in later])
        within = _part(progress, done, len(origin.past.codes), asked)
        frames.append(origins.forecasts(origin, truth, rivals, futures=futures, seed=seed, progress=within))
        done += len(origin.past.codes)
        if with_parts:
            few = min(futures, PARTS_FUTURES)
            frames.append(parts.forecasts(origin, later, futures=few, seed=seed, progress=progress))
    rows = pl.concat(frames, how="diagonal_relaxed")
    if rows.is_empty():
        raise UserError(
            "No authority has counts in a January, the one before and one after it.",
            action="Add more years to the folder.",
        )
    remarks = [parts.remark(known[:-1])] if with_parts else []
    told = (*words.of_published(known[0].january, known[-1].january), *words.not_believed(known))
    return averages.of(scored(rows), ABOUT, (*told, library.remark, *remarks))


def _known(known_at: KnownAt, first: int, progress: Progress) -> list[Origin]:
    """What was known in each January from ``first`` to the last, oldest first."""
    newest = known_at(None)
    last = newest.last_january
    if first >= last:
        raise UserError(
            f"No January after {first} is published, so that nothing forecast from it can be scored.",
            action=f"Choose a first January before {last}.",
        )
    found = []
    for done, january in enumerate(range(first, last), start=1):
        progress(done - 1, last - first, "Januaries read as they were known")
        found.append(origins.of(known_at(january)))
        if found[-1].january != january:
            raise UserError(f"No plans are published for January {january}.", action="Choose a later first January.")
    progress(last - first, last - first, "Januaries read as they were known")
    return [*found, origins.of(newest)]


def _part(progress: Progress, before: int, here: int, every: int) -> Progress:
    """Progress within one origin, told as part of them all."""

    def told(done: int, asked: int, what: str) -> None:
        progress(before + here * done // max(asked, 1), every, "authorities forecast from a past January")

    return told
