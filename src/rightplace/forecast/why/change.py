"""Why the number of plans changes: what joining and leaving as they are would do, and what each thing that moves adds."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.errors import UserError
from rightplace.forecast.cohort import step
from rightplace.forecast.cohort.batch import Inputs, drawn, first_of
from rightplace.forecast.cohort.counted import columns, wide
from rightplace.forecast.cohort.engine import Futures, run_all
from rightplace.forecast.result import Forecast
from rightplace.forecast.why.held import (
    JOINING_RATE,
    LEAVING_RATE,
    MOVES,
    POPULATION,
    SCENARIO,
    with_only,
)
from rightplace.progress import Progress, silent

Whole = NDArray[np.int32]
Counts = NDArray[np.int64]

WHY: Final = {
    "year": pl.Int32(), "dimension": pl.String(), "value": pl.String(), "part": pl.String(),
    "mean": pl.Float64(), "p10": pl.Float64(), "p90": pl.Float64(),
}  # fmt: skip
PARTS: Final = (
    "joiners", "leavers", "moved", "need_changed", "grown_older",
    POPULATION, JOINING_RATE, LEAVING_RATE, MOVES, SCENARIO, "interaction", "change",
)  # fmt: skip
MOST: Final = 1_000


def decompose(
    made: Forecast,
    *,
    dimensions: tuple[str, ...] = ("total", "need", "setting", "phase"),
    futures: int = MOST,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Why plans change from the January a forecast starts from to each later one.

    Columns year, dimension, value, part, mean, p10, p90, in people. In every future the parts but the last add up to the
    last, ``change``, exactly; so their means do. joiners, leavers (a minus), moved, need_changed and grown_older are what would
    have happened with population, rates and pulls as in the first year ahead. population, joining_rate, leaving_rate and
    moves (the pulls of settings, needs and ages) are what each adds by moving alone; scenario what a scenario adds alone;
    interaction what they add together beyond that.

    The first ``futures`` of the forecast are run again, once for each part, with the same draws.
    Raises ``UserError`` for a forecast that does not hold what it was made from.
    """
    if made.inputs is None:
        raise UserError("This forecast does not hold what it was made from.", action="Make the forecast again.")
    inputs = drawn(first_of(made.inputs, futures))
    parts = _parts(inputs, dimensions, progress)
    first = int(made.summary["year"].to_numpy().min())
    names = columns(inputs.space, dimensions)
    return pl.concat(_frame(part, parts[part], names, first) for part in PARTS if part in parts)


def _parts(inputs: Inputs, dimensions: tuple[str, ...], progress: Progress) -> dict[str, Counts]:
    """Each part of each future (futures, years, columns)."""
    switches = [POPULATION, JOINING_RATE, LEAVING_RATE, MOVES] + ([SCENARIO] if len(inputs.effects.rate) else [])

    def stock(run: Futures) -> Counts:
        return wide(run.stock, dimensions, inputs.space).astype(np.int64)

    def run(which: Inputs, done: int) -> Futures:
        made = run_all(which, keep=which.futures)
        progress(done, len(switches) + 2, "parts worked out")
        return made

    whole = run(inputs, 1)
    still = run(with_only(inputs, frozenset(), whole.flows), 2)
    end, held = stock(whole), stock(still)
    out = _as_now(still, held, dimensions)
    for done, switch in enumerate(switches, start=3):
        alone = run(with_only(inputs, frozenset({switch}), whole.flows), done)
        out[switch] = (stock(alone) - held)[:, 1:]
    out["interaction"] = (end - held)[:, 1:] - sum(out[switch] for switch in switches)
    out["change"] = (end - end[:, :1])[:, 1:]
    return out


def _as_now(still: Futures, held: Counts, dimensions: tuple[str, ...]) -> dict[str, Counts]:
    """What joining, leaving, moving and need changes as in the first year ahead add up to."""

    def flow(row: int) -> Counts:
        return wide(still.flows[:, :, row], dimensions, still.space).astype(np.int64).cumsum(axis=1)

    turn = {"need": (step.NEED_IN, step.NEED_OUT), "setting": (step.MOVE_IN, step.MOVE_OUT)}
    names = np.array([dimension for dimension, _ in columns(still.space, dimensions)])
    out = {"joiners": flow(step.JOIN), "leavers": -flow(step.LEAVE) - flow(step.TAKEN)}
    for part, dimension in (("moved", "setting"), ("need_changed", "need")):
        into, away = turn[dimension]
        out[part] = np.where(names == dimension, flow(into) - flow(away), 0)
    out["grown_older"] = (held - held[:, :1])[:, 1:] - sum(out.values())
    return out


def _frame(part: str, counts: Counts, names: list[tuple[str, str]], first: int) -> pl.DataFrame:
    years = counts.shape[1]
    low, high = np.quantile(counts, (0.1, 0.9), axis=0)
    return pl.DataFrame(
        {
            "year": np.repeat(np.arange(first + 1, first + 1 + years), len(names)),
            "dimension": [dimension for dimension, _ in names] * years,
            "value": [value for _, value in names] * years,
            "part": [part] * (years * len(names)),
            "mean": counts.mean(axis=0).ravel(),
            "p10": low.ravel(),
            "p90": high.ravel(),
        },
        schema=WHY,
    )
