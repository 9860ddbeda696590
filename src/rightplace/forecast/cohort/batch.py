"""A batch of futures, made from all that a run is made from; one by itself gives the numbers it has in the run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast.cohort import effects as scenario
from rightplace.forecast.cohort.effects import Effects
from rightplace.forecast.cohort.futures import Numbers, run
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.cohort.step import FLOWS
from rightplace.forecast.draws.keyed import root
from rightplace.forecast.individual.futures import Trace, no_trace, trace_of
from rightplace.forecast.individual.futures import run as individual

Whole = NDArray[np.int32]
Mode = Literal["cohort", "individual"]
EffectsOf = Callable[[Space, int], Effects]
"""What makes a scenario's effects, given the space and the January the futures start from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a run was made from: any of its futures can be made again from it.

    ``base`` are the paths of the baseline whose joiners the futures have, where it is not their own.
    """

    space: Space
    model: Model
    paths: Paths
    start: Whole
    effects: Effects
    seed: int
    mode: Mode = "cohort"
    base: Paths | None = None
    numbers: Numbers | None = None

    @property
    def futures(self) -> int:
        """How many futures there are."""
        return len(self.paths.joining)

    @property
    def years(self) -> int:
        """How many years each future has."""
        return int(self.paths.joining.shape[1])


def some(inputs: Inputs, first: int, last: int, trace: Trace | None = None) -> tuple[Whole, Whole, NDArray[np.int64]]:
    """Futures ``first`` to ``last`` (not included): their ``stock`` and ``flows``, and cells altered and held to 1.

    ``trace`` writes down everyone of a single future, where each person is followed.
    """
    stock = np.zeros((last - first, inputs.years + 1, inputs.space.width), dtype=np.int32)
    flows = np.zeros((last - first, inputs.years, FLOWS, inputs.space.width), dtype=np.int32)
    counted = np.zeros(2, dtype=np.int64)
    paths, base = inputs.paths, inputs.base if inputs.base is not None else inputs.paths
    numbers = inputs.numbers or Numbers(np.arange(inputs.futures), np.arange(inputs.futures))
    compare = (inputs.base is not None or len(inputs.effects.rate) > 0) and bool(np.any(base.totals >= 0))
    nothing = scenario.none(*inputs.space.shape, inputs.futures)
    key = root(inputs.seed, "forecast")
    what = (inputs.model, base, paths, int(compare), inputs.effects, nothing, inputs.start, key, numbers, first, last)
    if inputs.mode == "individual":
        individual(*what, trace or no_trace(), stock, flows, counted)
    else:
        run(*what, stock, flows, counted)
    return stock, flows, counted


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
