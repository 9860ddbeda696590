"""Counting, in every future, who went from where to where: each person matched from one January to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort.batch import Inputs, alone, traced
from rightplace.forecast.cohort.space import GROUPS
from rightplace.places.pathways import stages
from rightplace.progress import Progress

Whole = NDArray[np.int64]
Numbers = NDArray[np.int32]


class Counts(NamedTuple):
    """People counted, by future.

    ``moved`` (futures, years, stages, from, to): from one January to the next. ``from`` and ``to`` are kinds of setting; the row
    after them is, in ``from``, those who had no plan and, in ``to``, those whose plan ended. ``followed`` (futures, years + 1,
    start kinds, kinds now and ended) are those in place at the start, and where they are each January. ``places``
    (futures, years + 1, year groups, kinds) is everyone in place each January.
    """

    moved: Numbers
    followed: Numbers
    places: Numbers


def count(inputs: Inputs, totals: NDArray[np.int32], progress: Progress) -> Counts:
    """Follow everyone in every future of a run; ``totals`` (futures, years + 1) are how many it has in place each January.

    A run that counted by cell is followed in futures as likely, which are not its own.
    """
    own = inputs.mode == "individual"
    inputs = replace(inputs, mode="individual")
    kinds, years = len(inputs.space.kinds), inputs.years
    made = Counts(
        np.zeros((inputs.futures, years, len(stages.NAMES), kinds + 1, kinds + 1), np.int32),
        np.zeros((inputs.futures, years + 1, kinds, kinds + 1), np.int32),
        np.zeros((inputs.futures, years + 1, GROUPS, kinds), np.int32),
    )
    for future in range(inputs.futures):
        persons = totals[future].sum() if own else alone(inputs, future)[0][:, :GROUPS].sum()
        _one(inputs, future, int(persons), made)
        progress(future + 1, inputs.futures, "futures followed")
    return made


class _January(NamedTuple):
    """Who is in place, in the order of their keys: key, row of the year group, kind of setting."""

    key: NDArray[np.uint64]
    group: Whole
    kind: Whole


def _one(inputs: Inputs, future: int, persons: int, made: Counts) -> None:
    before: _January | None = None
    start: _January | None = None
    for year, here in enumerate(_januaries(inputs, future, persons)):
        np.add.at(made.places[future, year], (here.group, here.kind), 1)
        start = start or here
        _follow(start, here, made.followed[future, year])
        if before is not None:
            _move(before, here, made.moved[future, year - 1])
        before = here


def _januaries(inputs: Inputs, future: int, persons: int) -> Iterator[_January]:
    trace = traced(inputs, future, persons)
    kinds = len(inputs.space.kinds)
    size = len(inputs.space.needs) * kinds
    first = 0
    for last in trace.ends:
        key, cell = trace.people.key[first:last], trace.people.cell[first:last].astype(np.int64)
        order = np.argsort(key)
        yield _January(key[order], cell[order] // size, cell[order] % kinds)
        first = last


def _found(those: _January, among: _January) -> tuple[NDArray[np.bool_], Whole]:
    """Whether each of ``those`` is ``among`` the others, and at which row (meaningless where not)."""
    if not len(among.key):
        return np.zeros(len(those.key), bool), np.zeros(len(those.key), np.int64)
    at = np.minimum(np.searchsorted(among.key, those.key), len(among.key) - 1)
    return among.key[at] == those.key, at


def _move(before: _January, here: _January, moved: Numbers) -> None:
    """Everyone of either January, once: from where to where, at the stage of the September between."""
    stage, none = stages.of_groups(), moved.shape[-1] - 1
    kept, at = _found(before, here)
    to = np.full(len(before.key), none)
    to[kept] = here.kind[at[kept]]
    np.add.at(moved, (stage[before.group + 1], before.kind, to), 1)
    new = ~_found(here, before)[0]
    np.add.at(moved, (stage[here.group[new]], none, here.kind[new]), 1)


def _follow(start: _January, here: _January, followed: Numbers) -> None:
    kept, at = _found(start, here)
    now = np.full(len(start.key), followed.shape[-1] - 1)
    now[kept] = here.kind[at[kept]]
    np.add.at(followed, (start.kind, now), 1)
