"""Futures one after another, each year after year."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import step, year
from rightplace.forecast.cohort.altered import Altered, alter
from rightplace.forecast.cohort.bench import Bench
from rightplace.forecast.cohort.drawn import Drawn, begin
from rightplace.forecast.cohort.model import Model, Paths
from rightplace.forecast.cohort.year import CHANCE, JOINING, NEED, Given
from rightplace.forecast.draws.compiled import compiled, part
from rightplace.forecast.draws.keyed import child

Whole = NDArray[np.int32]
Key = np.uint64


class Numbers(NamedTuple):
    """Which future's parameters, and which future's chances, each future (row of the paths) draws: normally its own."""

    parameters: NDArray[np.int64]
    chances: NDArray[np.int64]


def given(futures: int, years: int, cells: int) -> Given:
    """Room for the joiners of a baseline."""
    return Given(np.zeros((futures, years, cells), np.int32), np.zeros((futures, years), np.int64))


@part
def start_from(people: Whole, bench: Bench, stock: Whole) -> int:
    """The January the future starts from, by cell; says how many cells have people."""
    for c in range(len(people)):
        bench.after[c] = people[c]
        bench.joining[c] = 0
    return year.collect(bench, stock, stock)


@compiled
def run(
    model: Model,
    paths: Paths,
    altered: Altered | None,
    given: Given | None,
    start: Whole,
    root: Key,
    numbers: Numbers,
    first: int,
    last: int,
    drawn: Drawn,
    bench: Bench,
    stock: Whole,
    flows: Whole,
) -> None:
    """Futures ``first`` to ``last`` (not included) from ``start``, by cell, written to ``stock`` and ``flows``.

    ``given`` is as for :func:`year.join_year`; like ``stock`` and ``flows`` its first row is that of the first future.
    """
    for row in range(first, last):
        i = row - first
        key, of_chance = child(root, numbers.parameters[row]), child(child(root, numbers.chances[row]), CHANCE)
        begin(model.need_changes, model.joining, drawn, child(key, NEED), child(key, JOINING))
        held = start_from(start, bench, stock[i, 0])
        for t in range(flows.shape[1]):
            flow, keys, when = flows[i, t], (key, child(of_chance, t)), (i, row, t)
            pulls, total = (paths.needs[row, t], paths.kinds[row, t]), paths.totals[row, t]
            year.expect(paths, drawn.rate, row, t, bench.expected, bench.odds)
            if altered is not None:
                alter(altered, row, t)
            year.survive(model, drawn, keys, pulls[1], bench, altered, when, held, flow)
            surplus = year.join_year(drawn, keys[1], pulls, total, when, bench, altered, given)
            if surplus > 0:
                year.take(bench, surplus, keys[1], flow[step.TAKEN])
            held = year.collect(bench, flow[step.JOIN], stock[i, t + 1])
