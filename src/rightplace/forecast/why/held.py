"""The same futures with some of what moves from year to year held at its first year ahead."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.cohort import effects
from rightplace.forecast.cohort.batch import Inputs
from rightplace.forecast.cohort.effects import JOINING, Effects
from rightplace.forecast.cohort.space import GROUPS
from rightplace.forecast.cohort.step import JOIN

Reals = NDArray[np.float64]
Whole = NDArray[np.int32]

POPULATION: Final = "population"
JOINING_RATE: Final = "joining_rate"
LEAVING_RATE: Final = "leaving_rate"
MOVES: Final = "moves"
SCENARIO: Final = "scenario"
_MOST: Final = 10.0
"""Joiners of a year are multiplied by this at most to bring them to the first year's rate."""


def with_only(inputs: Inputs, moving: Set[str], flows: Whole) -> Inputs:
    """The inputs where only the parts named in ``moving`` move from year to year; ``flows`` are those of the run itself.

    Joining is held through the paths where joiners follow rates. Where they are made to meet totals, each year's joiners are
    multiplied instead, so that there are as many per resident, or in all, as in the first year ahead.
    """
    paths = inputs.paths.draw(0, inputs.futures)
    changed = paths._replace(
        leaving=paths.leaving if LEAVING_RATE in moving else _first(paths.leaving),
        needs=paths.needs if MOVES in moving else _first(paths.needs),
        kinds=paths.kinds if MOVES in moving else _first(paths.kinds),
        ages=paths.ages if MOVES in moving or not paths.ages.size else _first(paths.ages),
    )
    acting = inputs.effects if SCENARIO in moving else effects.none(*inputs.space.shape)
    if np.any(paths.totals >= 0):
        joiners = flows[:, :, JOIN, :GROUPS].sum(axis=2, dtype=np.float64)
        held = _held_joining(inputs, moving, joiners)
        return replace(inputs, paths=changed, base=paths, effects=effects.join(acting, held))
    changed = changed._replace(
        residents=paths.residents
        if POPULATION in moving
        else np.ascontiguousarray(np.broadcast_to(paths.residents[:1], paths.residents.shape)),
        joining=paths.joining if JOINING_RATE in moving else _first(paths.joining),
    )
    return replace(inputs, paths=changed, effects=acting)


def _first(path: Reals) -> Reals:
    """The first year ahead, in every year."""
    return np.ascontiguousarray(np.broadcast_to(path[:, :1], path.shape))


def _held_joining(inputs: Inputs, moving: Set[str], joiners: Reals) -> Effects:
    """Factors on each year's joiners, one effect a year, for rates or residents as in the first year ahead."""
    rate = inputs.model.joining.rate
    expected = inputs.paths.residents @ (rate[:, 0] / rate[:, 1])
    grown = expected / expected[0]
    per_head = joiners / np.maximum(grown, 1e-12)
    wanted = joiners.copy() if JOINING_RATE in moving else per_head[:, :1] * grown
    wanted = wanted if POPULATION in moving else wanted / grown
    factor = np.clip(np.divide(wanted, joiners, out=np.ones_like(joiners), where=joiners > 0), 0.0, _MOST)
    years = inputs.years
    return Effects(
        rate=np.full(years, JOINING, dtype=np.int64),
        first=np.arange(years),
        last=np.arange(1, years + 1),
        cells=np.ones((years, *inputs.space.shape), dtype=np.uint8),
        to=np.ones((years, len(inputs.space.kinds)), dtype=np.uint8),
        factor=np.ascontiguousarray(factor.T),
    )
