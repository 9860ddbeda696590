"""A batch of futures, made from all that a run is made from; one by itself gives the numbers it has in the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast.cohort.altered import Altered, altered_by
from rightplace.forecast.cohort.bench import bench
from rightplace.forecast.cohort.drawn import empty
from rightplace.forecast.cohort.effects import Acts
from rightplace.forecast.cohort.futures import Numbers, given, run
from rightplace.forecast.cohort.model import Courses, Model, Paths
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.cohort.step import FLOWS
from rightplace.forecast.cohort.year import Given
from rightplace.forecast.draws.keyed import root
from rightplace.forecast.individual import chances
from rightplace.forecast.individual.futures import Trace, no_trace, trace_of
from rightplace.forecast.individual.futures import run as individual

Whole = NDArray[np.int32]
Mode = Literal["cohort", "individual"]
EffectsOf = Callable[[Space, int], Acts]
"""What makes a scenario's effects, given the space and the January the futures start from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a run was made from: any of its ``futures`` can be made again from it.

    ``paths`` and ``effects`` are drawn for a batch of futures when it is worked out, so that they need no room that grows with
    the futures. ``base`` are the paths of the baseline whose joiners the futures have, where it is not their own.
    """

    space: Space
    model: Model
    paths: Courses
    start: Whole
    effects: Acts
    seed: int
    futures: int
    mode: Mode = "cohort"
    base: Courses | None = None
    numbers: Numbers | None = None

    @property
    def years(self) -> int:
        """How many years each future has."""
        return self.paths.years

    def numbered(self, first: int, last: int) -> Numbers:
        """What futures ``first`` to ``last`` (not included) draw their parameters and chances by."""
        if self.numbers is None:
            return Numbers(np.arange(first, last), np.arange(first, last))
        return Numbers(*(part[first:last] for part in self.numbers))


def first_of(inputs: Inputs, futures: int) -> Inputs:
    """The first ``futures`` of a run's futures; they have the same numbers."""
    return replace(inputs, futures=min(futures, inputs.futures))


def drawn(inputs: Inputs) -> Inputs:
    """The inputs with their paths and effects drawn, for who works all the futures out more than once and has room for them."""
    every = (0, inputs.futures)
    base = None if inputs.base is None else inputs.base.draw(*every)
    return replace(inputs, paths=inputs.paths.draw(*every), effects=inputs.effects.draw(*every), base=base)


def some(inputs: Inputs, first: int, last: int, trace: Trace | None = None) -> tuple[Whole, Whole, NDArray[np.int64]]:
    """Futures ``first`` to ``last`` (not included): their ``stock`` and ``flows``, and cells altered and held to 1.

    ``trace`` writes down everyone of a single future, where each person is followed.
    """
    cells = int(np.prod(inputs.space.shape))
    stock = np.zeros((last - first, inputs.years + 1, inputs.space.width), dtype=np.int32)
    flows = np.zeros((last - first, inputs.years, FLOWS, inputs.space.width), dtype=np.int32)
    paths, acting = inputs.paths.draw(first, last), inputs.effects.draw(first, last)
    base = paths if inputs.base is None else inputs.base.draw(first, last)
    acts = len(acting.rate) > 0
    follows = (inputs.base is not None or acts) and bool(np.any(base.totals >= 0))
    altered = altered_by(acting, cells) if follows or acts else None
    joiners = given(last - first, inputs.years, cells) if follows else None
    if follows:
        _futures(inputs, base, None, joiners, (first, last), None, (stock.copy(), flows.copy()))
    _futures(inputs, paths, altered, joiners, (first, last), trace, (stock, flows))
    return stock, flows, altered.counted if altered is not None else np.zeros(2, dtype=np.int64)


def _futures(
    inputs: Inputs,
    paths: Paths,
    altered: Altered | None,
    joiners: Given | None,
    bounds: tuple[int, int],
    trace: Trace | None,
    out: tuple[Whole, Whole],
) -> None:
    """Work out the futures of ``bounds`` on their ``paths``, into ``out``. The compiled code is that of what is asked for and no more."""
    shape = inputs.space.shape
    what = (
        inputs.model,
        paths,
        altered,
        joiners,
        inputs.start.ravel(),
        root(inputs.seed, "forecast"),
        inputs.numbered(*bounds),
        0,
        bounds[1] - bounds[0],
    )
    made = (empty(*shape), bench(*shape))
    if inputs.mode == "individual":
        individual(*what, *made, chances.room(int(np.prod(shape))), trace or no_trace(), *out)
    else:
        run(*what, *made, *out)


def alone(inputs: Inputs, future: int) -> tuple[Whole, Whole]:
    """One future run alone, with the numbers it has in the run: ``stock`` (years + 1, margins), ``flows`` (years, FLOWS, margins).

    Raises ``UserError`` where there is no such future.
    """
    check(inputs, future)
    stock, flows, _ = some(inputs, future, future + 1)
    return stock[0], flows[0]


def traced(inputs: Inputs, future: int, persons: int) -> Trace:
    """Everyone of one future of mode "individual", ``persons`` rows in all, January after January."""
    trace = trace_of(persons, inputs.years)
    some(inputs, future, future + 1, trace)
    return trace


def check(inputs: Inputs, future: int) -> None:
    """Raise ``UserError`` where a run has no such future."""
    if not 0 <= future < inputs.futures:
        raise UserError(
            f"There is no future {future}: this run has futures 0 to {inputs.futures - 1}.", action="Give one of those."
        )
