"""Futures one after another, and each future year after year: the passes of a year in their order."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import arrivals, step
from rightplace.forecast.cohort.drawn import Drawn, begin, empty, fill_destinations, fill_joiners, fill_shares
from rightplace.forecast.cohort.model import Joining, Model, Paths
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]

_LEAVING: Final = 0
_MOVING: Final = 1
_DESTINATION: Final = 2
_NEED: Final = 3
_JOINING: Final = 4
_CHANCE: Final = 5
"""Streams of a future: five of parameters, one of chances."""


class Bench(NamedTuple):
    """Room for a year under way: stocks (Y, N, K), and ``joiners`` (Y,)."""

    people: Whole
    out: Whole
    into: Whole
    joiners: Whole


@compiled
def _survive(
    model: Model, drawn: Drawn, key: np.uint64, chances: np.uint64, odds: float, pull: Reals, bench: Bench, flows: Whole
) -> None:
    """Those who have plans leave, move and grow a year older; ``people`` is changed in place."""
    people, out, into = bench.people, bench.out, bench.into
    fill_shares(model.leaving, drawn.leaving, child(key, _LEAVING), people)
    step.leave(people, drawn.leaving.cell, odds, child(chances, 0), out)
    step.margins(out, flows[step.LEAVE])
    step.clear(into)
    step.exchange(people, out, into)
    fill_shares(model.moving, drawn.moving, child(key, _MOVING), people)
    step.move(people, drawn.moving.cell, pull, child(chances, 1), out)
    step.margins(out, flows[step.MOVE_OUT])
    fill_destinations(model.destinations, drawn.destinations, child(key, _DESTINATION), out)
    step.arrive(out, drawn.destinations.cell, pull, child(chances, 2), into)
    step.margins(into, flows[step.MOVE_IN])
    step.exchange(people, out, into)
    step.age(people)


@compiled
def _change_needs(drawn: Drawn, chances: np.uint64, bench: Bench, flows: Whole) -> None:
    step.change(bench.people, drawn.change, child(chances, 3), bench.out)
    step.margins(bench.out, flows[step.NEED_OUT])
    step.become(bench.out, drawn.becomes, child(chances, 4), bench.into)
    step.margins(bench.into, flows[step.NEED_IN])
    step.exchange(bench.people, bench.out, bench.into)


@compiled
def _join(
    joining: Joining,
    drawn: Drawn,
    key: np.uint64,
    chances: np.uint64,
    expected: Reals,
    pulls: tuple[Reals, Reals],
    total: int,
    bench: Bench,
    flows: Whole,
) -> None:
    """New plans, by rate, or as many as bring the stock to ``total`` where that is not -1."""
    people, out, into, count = bench.people, bench.out, bench.into, bench.joiners
    if total < 0:
        arrivals.by_rate(expected, child(chances, 5), count)
    else:
        arrivals.to_number(total - step.everyone(people), expected, child(chances, 5), count)
    fill_joiners(joining, drawn.joiners, key, count)
    arrivals.divide(count, drawn.joiners, joining.order, pulls, child(chances, 6), into)
    step.clear(out)
    step.exchange(people, out, into)
    step.margins(into, flows[step.JOIN])
    surplus = step.everyone(people) - total
    if total >= 0 and surplus > 0:
        arrivals.thin(people, surplus, child(chances, 7), out)
        step.clear(into)
        step.exchange(people, out, into)
        step.margins(out, flows[step.TAKEN])


@compiled
def run(
    model: Model, paths: Paths, start: Whole, root: np.uint64, first: int, last: int, stock: Whole, flows: Whole
) -> None:
    """Futures ``first`` to ``last`` (not included), written to their rows of ``stock`` and ``flows``."""
    groups, needs, kinds = start.shape
    drawn = empty(groups, needs, kinds)
    people = np.empty_like(start)
    bench = Bench(people, np.empty_like(start), np.empty_like(start), np.zeros(groups, dtype=np.int32))
    expected = np.empty(groups)
    for future in range(first, last):
        key = child(root, future)
        begin(model.need_changes, model.joining, drawn, child(key, _NEED), child(key, _JOINING))
        step.copy(start, people)
        step.margins(people, stock[future, 0])
        for t in range(flows.shape[1]):
            chances = child(child(key, _CHANCE), t)
            flow = flows[future, t]
            pulls = (paths.needs[future, t], paths.kinds[future, t])
            _survive(model, drawn, key, chances, paths.leaving[future, t], pulls[1], bench, flow)
            _change_needs(drawn, chances, bench, flow)
            for y in range(groups):
                expected[y] = paths.residents[t, y] * paths.joining[future, t] * drawn.rate[y]
            _join(
                model.joining,
                drawn,
                child(key, _JOINING),
                chances,
                expected,
                pulls,
                paths.totals[future, t],
                bench,
                flow,
            )
            step.margins(people, stock[future, t + 1])
