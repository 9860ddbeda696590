"""Children and young people expected, future by future and January by January, in every cell at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast.cohort.batch import Inputs, alone, traced
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.result import Forecast
from rightplace.places.sufficiency.cells import KINDS, Cells, Reals, Whole, cells, in_kinds, in_phases
from rightplace.places.sufficiency.localities import Localities, evidence, seen
from rightplace.progress import Progress, silent
from rightplace.streams import generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Children:
    """``counts`` (futures, Januaries, localities, phases, needs, kinds); the first January is the one the futures start from.

    ``expected`` (year groups, needs, kinds) is the mean over the futures and the Januaries ahead.
    """

    cells: Cells
    januaries: tuple[int, ...]
    counts: Whole
    expected: Reals


def children(
    area: Area, forecast: Forecast, where: Localities, *, futures: int, seed: int, progress: Progress = silent
) -> Children:
    """Children and young people in ``futures`` futures of the forecast, each person followed.

    Need, phase and kind go together as they do in each followed future; localities then share each January's children of a
    phase by shares drawn once for each future. Raises ``UserError`` where the forecast does not keep what it was made from.
    """
    if forecast.inputs is None:
        raise UserError("The forecast does not keep what it was made from.", action="Make the forecast again.")
    inputs = replace(forecast.inputs, mode="individual")
    first = int(forecast.summary["year"].to_numpy().min())
    januaries = tuple(range(first, first + inputs.years + 1))
    of = cells(inputs.space, where.names)
    people = seen(area, where, january=first)
    shares = evidence(people, where, january=first)
    kinds, phases = in_kinds(inputs.space), in_phases()
    number = min(futures, inputs.futures)
    counts = np.zeros((number, len(januaries), *of.shape), np.int32)
    expected = np.zeros((GROUPS, len(of.needs), len(of.kinds)))
    for future in range(number):
        joint = _joint(inputs, future) @ kinds
        expected += joint[1:].mean(axis=0)
        by_phase = np.einsum("ygnk,gp->ypnk", joint, phases).astype(np.int64)
        counts[future] = _split(by_phase, shares, generator(seed, "places.sufficiency.localities", future))
        progress(future + 1, number, "children counted by place")
    now = _now(people.filter(pl.col("census_year") == first), of)
    if (now.sum(axis=0) == counts[0, 0].sum(axis=0)).all():
        counts[:, 0] = now
    return Children(cells=of, januaries=januaries, counts=counts, expected=expected / number)


def _joint(inputs: Inputs, future: int) -> Whole:
    """Everyone of a future by January, year group, need and kind."""
    stock, _ = alone(inputs, future)
    trace = traced(inputs, future, int(stock[:, :GROUPS].sum()))
    size = int(np.prod(inputs.space.shape))
    begins = np.concatenate([[0], trace.ends[:-1]])
    years = [
        np.bincount(trace.people.cell[start:end], minlength=size)
        for start, end in zip(begins, trace.ends, strict=True)
    ]  # fmt: skip
    return np.stack(years).reshape(len(years), *inputs.space.shape).astype(np.int32)


def _split(by_phase: npt.NDArray[np.int64], parameters: Reals, draws: np.random.Generator) -> npt.NDArray[np.int64]:
    """(Januaries, localities, phases, needs, kinds) from the same without localities."""
    out = np.zeros((by_phase.shape[0], parameters.shape[1], *by_phase.shape[1:]), np.int64)
    for phase, alpha in enumerate(parameters):
        split = draws.multinomial(by_phase[:, phase], draws.dirichlet(alpha))
        out[:, :, phase] = np.moveaxis(split, -1, 1)
    return out


def _now(people: pl.DataFrame, of: Cells) -> Whole:
    """The children counted in the January the futures start from, by cell."""
    found = np.zeros((len(of.localities), GROUPS, len(of.needs), len(of.kinds)))
    kinds = {str(kind): place for place, kind in enumerate(KINDS)}
    rows = people.filter(pl.col("need").is_in(of.needs)).group_by("locality", "group", "need", "setting_kind").len()
    for locality, group, need, kind, number in rows.iter_rows():
        found[locality, group, of.needs.index(need), kinds[kind]] += number
    now: Whole = np.einsum("lgnk,gp->lpnk", found, in_phases()).astype(np.int32)
    return now
