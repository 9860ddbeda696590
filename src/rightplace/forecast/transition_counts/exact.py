"""What is expected, exactly: the mean of all futures, with no draw.

The model is linear in the number of people: a mean count moves by mean shares. So means need no simulation,
and a simulation can be checked against them.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.transition_counts.estimate import Parameters
from rightplace.forecast.transition_counts.inputs import Inputs
from rightplace.forecast.transition_counts.margins import BANDS, FLOWS, bands, cost_gbp, labels
from rightplace.forecast.transition_counts.start import projected, starting

Reals = NDArray[np.float64]


def expected(inputs: Inputs, parameters: Parameters, *, last_year: int | None = None) -> pl.DataFrame:
    """The mean of every row of a forecast: year, dimension, value, mean.

    The seed January comes first, with flows of nought. Raises ``DataError`` where the population has no January
    after it, or lacks residents of a year group that can join.
    """
    states = parameters.states
    people = starting(inputs, states).astype(np.float64)
    years = [inputs.seed_year, *inputs.years(last_year)]
    residents = projected(inputs, parameters, last_year)
    cost = cost_gbp(inputs, states)
    means = [_rows(people, np.zeros(len(FLOWS)), cost, bands(states))]
    for here in residents:
        people, flows = _year(people, here, parameters)
        means.append(_rows(people, flows, cost, bands(states)))
    dimensions, values = zip(*labels(states), strict=True)
    return pl.DataFrame(
        {
            "year": np.repeat(np.array(years, dtype=np.int32), len(values)),
            "dimension": list(dimensions) * len(years),
            "value": list(values) * len(years),
            "mean": np.concatenate(means),
        }
    )


def _share(pairs: Reals) -> Reals:
    total = pairs.sum(axis=-1)
    share: Reals = np.divide(pairs[..., 0], total, out=np.zeros_like(total), where=total > 0)
    return share


def _year(people: Reals, residents: Reals, parameters: Parameters) -> tuple[Reals, Reals]:
    states, table = parameters.states, parameters.destinations
    ageing = people.copy()
    ageing[-1] = 0.0
    here = np.where(states.listed, ageing, 0.0)
    leaving = here * _share(parameters.leaving)
    moving = np.where(parameters.may_move, (here - leaving) * _share(parameters.moving), 0.0)
    after = np.zeros_like(people)
    after[1:] = (here - leaving - moving)[:-1]
    every = np.bincount(table.origin, table.alpha, minlength=people.size)
    group = table.origin // (people.shape[1] * people.shape[2])
    arrives = moving.reshape(-1)[table.origin] * table.alpha / every[table.origin]
    going = group < len(people) - 1
    np.add.at(after.reshape(len(people), -1), (group[going] + 1, table.to[going]), arrives[going])
    every = parameters.arriving.sum(axis=(1, 2))
    joiners = np.where(every > 0, np.nan_to_num(residents) * _share(parameters.joining), 0.0)
    after += parameters.arriving * np.divide(joiners, every, out=np.zeros_like(every), where=every > 0)[:, None, None]
    lost = ageing.sum() - here.sum()
    leave = parameters.options.unlisted_state == "leave"
    flows = [joiners.sum(), leaving.sum() + lost * leave, moving.sum(), lost * (not leave), people[-1].sum()]
    return after, np.array(flows)


def _rows(people: Reals, flows: Reals, cost: Reals, band: NDArray[np.intp]) -> Reals:
    by_group = people.sum(axis=(1, 2))
    spent = (people.sum(axis=0) * cost).sum(axis=0)
    return np.concatenate(
        [
            [people.sum()],
            np.bincount(band, by_group, minlength=len(BANDS)),
            by_group,
            people.sum(axis=(0, 2)),
            people.sum(axis=(0, 1)),
            [spent.sum()],
            spent,
            flows,
        ]
    )
