"""Any one future of a forecast, run again alone: its numbers, or everyone in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rightplace.errors import UserError
from rightplace.forecast.cohort.batch import Inputs, alone, first_of
from rightplace.forecast.cohort.counted import EVERY, FLOW_DIMENSIONS, columns, flow_rows, wide
from rightplace.forecast.cohort.engine import KEPT, Futures, run_all
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.individual import follow as followed
from rightplace.forecast.result import Forecast

PLANS: Final = {"year": pl.Int32(), "dimension": pl.String(), "value": pl.String(), "people": pl.Int64()}
FLOWS: Final = {"year": pl.Int32(), "flow": pl.String(), **{name: PLANS[name] for name in list(PLANS)[1:]}}


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFuture:
    """One future: ``plans`` in place each January (year, dimension, value, people), and ``flows`` (year, flow, ...)."""

    number: int
    plans: pl.DataFrame
    flows: pl.DataFrame


def rerun(made: Forecast, *, future: int) -> OneFuture:
    """Future number ``future`` (from 0) of a forecast, run again alone: the numbers it has in the forecast, to the last person.

    Raises ``UserError`` where there is no such future.
    """
    inputs, first = _inputs(made), _first(made)
    stock, flows = alone(inputs, future)
    names = columns(inputs.space, EVERY)
    plans = _frame(wide(stock, EVERY, inputs.space), names, first)
    frames = []
    for flow, rows in flow_rows(flows[None]):
        dimensions = FLOW_DIMENSIONS[flow]
        aged = flow == "aged_out"
        counts = rows[0, :, GROUPS - 1 : GROUPS] if aged else wide(rows[0], dimensions, inputs.space)
        frame = _frame(counts, columns(inputs.space, dimensions), first + 1)
        frames.append(frame.with_columns(pl.lit(flow).alias("flow")).select(list(FLOWS)))
    return OneFuture(number=future, plans=plans, flows=pl.concat(frames))


def follow(made: Forecast, *, future: int) -> pl.DataFrame:
    """Everyone of one future: see :func:`rightplace.forecast.individual.follow.follow`.

    The numbers are those of the forecast where its mode is "individual", and as likely where it is "cohort".
    """
    return followed.follow(_inputs(made), _first(made), future=future)


def kept(made: Forecast, *, futures: int = KEPT) -> Futures:
    """The first ``futures`` of a forecast run again and all kept, for what needs every one (localities, places)."""
    return run_all(first_of(_inputs(made), futures), keep=futures)


def _inputs(made: Forecast) -> Inputs:
    if made.inputs is None:
        raise UserError("This forecast does not hold what it was made from.", action="Make the forecast again.")
    return made.inputs


def _first(made: Forecast) -> int:
    return int(made.summary["year"].to_numpy().min())


def _frame(counts: np.ndarray, names: list[tuple[str, str]], first: int) -> pl.DataFrame:
    years = len(counts)
    return pl.DataFrame(
        {
            "year": np.repeat(np.arange(first, first + years), len(names)),
            "dimension": [dimension for dimension, _ in names] * years,
            "value": [value for _, value in names] * years,
            "people": counts.ravel(),
        },
        schema=PLANS,
    )
