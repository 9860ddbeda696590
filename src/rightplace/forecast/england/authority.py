"""One authority of a run over England: what is asked of a worker, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace import __version__
from rightplace.errors import UserError
from rightplace.forecast.cohort.engine import simulate
from rightplace.forecast.england.mark import mark
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.ready import ready
from rightplace.forecast.scenario.acting import damped, effects_of
from rightplace.forecast.scenario.description import Scenario
from rightplace.vocabulary import authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An authority to forecast to January ``last``, from its own rows of history and population, under a ``scenario`` if any."""

    la_code: str
    history: pl.DataFrame
    population: pl.DataFrame
    last: int
    futures: int
    seed: int
    scenario: Scenario | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Every future of an authority: ``stock`` (futures, Januaries from ``january``, margins).

    Margins are those of the space of the grounds. ``stock`` is None where it failed, and ``failure`` then says why.
    ``under`` says whether it is under the scenario of its task, or the task had none.
    """

    la_code: str
    january: int
    stock: NDArray[np.int32] | None
    failure: str = ""
    under: bool = False


def forecast(task: Task, grounds: Grounds, threads: int | None = None) -> Done:
    """The futures of one authority. What goes wrong with it is in the result and not raised."""
    try:
        if task.scenario and task.scenario.assumptions:
            grounds = damped(grounds, task.scenario.choices)
        seen = task.history.filter((pl.col("measure") == "plans") & (pl.col("dimension") == "total"))["year"].max()
        if not isinstance(seen, int):
            raise UserError(f"No credible count of plans is published for {name(task.la_code)}.")
        found = ready(
            task.la_code, task.history, task.population, grounds,
            years=task.last - seen, futures=task.futures, seed=task.seed,
        )  # fmt: skip
        space, january = grounds.pattern.space, found.place.january
        shape = {"years": task.last - january, "seed": task.seed}
        acting = effects_of(task.scenario, **shape)(space, january) if task.scenario else None
        made = simulate(
            space, found.model, found.paths, found.start.people,
            seed=task.seed, effects=acting, threads=threads, keep=task.futures,
        )  # fmt: skip
    except Exception as error:
        return failed(task, str(error) or type(error).__name__)
    return Done(la_code=task.la_code, january=january, stock=made.stock, under=task.scenario is not None)


def failed(task: Task, why: str) -> Done:
    """What is given back for an authority that could not be forecast."""
    return Done(la_code=task.la_code, january=0, stock=None, failure=why, under=task.scenario is not None)


def name(la_code: str) -> str:
    """Name of an authority, or its code where it has none."""
    known = authority.AUTHORITIES.get(la_code)
    return known.name if known else la_code


def key(task: Task, of_england: str) -> str:
    """A mark of all that the result of a task depends on, to know a kept result by."""
    return mark((__version__, of_england, task))[:32]
