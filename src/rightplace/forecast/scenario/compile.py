"""A scenario as the engine reads it: effects by year step and cell, with a factor in every future."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import accumulate, groupby

import numpy as np
from numpy.typing import NDArray

from rightplace.calendar.census import census_day
from rightplace.forecast.cohort import effects
from rightplace.forecast.cohort.effects import Effects
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root, uniform
from rightplace.forecast.scenario.description import RATES, Change, Scenario
from rightplace.vocabulary.year_group import FIRST, YEAR_GROUPS

Reals = NDArray[np.float64]


def compile_effects(
    scenario: Scenario, space: Space, *, years: int, futures: int, seed: int, seed_year: int
) -> Effects:
    """What a scenario does in a forecast of ``years`` Januaries after January ``seed_year``.

    A change draws one number a future, keyed by the seed and the name of the change. In a year that it acts in for a part ``w``
    the factor is 1 + w (f - 1); see :func:`share_of_year`. A change that acts every year has the factor f to the power of the years it has
    acted in so far. Words that the area does not have change nothing.
    """
    made = [
        _effect(change, space, first, last, factor)
        for change in scenario.changes
        for first, last, factor in _factors(change, _draw(change, futures, seed), years, seed_year)
    ]
    nothing = effects.none(*space.shape, futures)
    return effects.join(nothing, *made)


def share_of_year(change: Change, january: int) -> float:
    """The part of the year from one January's census day to that of ``january`` in which a change acts.

    For moving it is all or nothing: whether it is in force on 1 September, when school places change. For the rest it is the share of days.
    """
    if change.rate == "moving":
        return float(change.start <= date(january - 1, 9, 1) and _before(date(january - 1, 9, 1), change.until))
    first, last = census_day(january - 1), census_day(january)
    end = last if change.until is None else min(last, change.until)
    return max((end - max(first, change.start)).days, 0) / (last - first).days


def _before(day: date, until: date | None) -> bool:
    return until is None or day < until


def _factors(change: Change, drawn: Reals, years: int, seed_year: int) -> Iterator[tuple[int, int, Reals]]:
    """Runs of year steps with the same factors: first, last (not included), factor of each future."""
    parts = [share_of_year(change, seed_year + 1 + step) for step in range(years)]
    if change.every_year:
        parts = list(accumulate(parts))
    for part, run in groupby(range(years), key=lambda step: parts[step]):
        held = list(run)
        if part > 0.0:
            yield held[0], held[-1] + 1, drawn**part if change.every_year else 1.0 + part * (drawn - 1.0)


def _effect(change: Change, space: Space, first: int, last: int, factor: Reals) -> Effects:
    return Effects(
        rate=np.array([RATES[change.rate]], dtype=np.int64),
        first=np.array([first], dtype=np.int64),
        last=np.array([last], dtype=np.int64),
        cells=cells(change, space)[None],
        to=_chosen(space.kinds, change.to_settings)[None],
        factor=factor[None],
    )


def cells(change: Change, space: Space) -> NDArray[np.uint8]:
    """1 where a change acts: year group, need, kind of setting."""
    groups = np.zeros(len(YEAR_GROUPS), dtype=np.uint8)
    groups[[group - FIRST for group in change.year_groups or YEAR_GROUPS]] = 1
    needs, kinds = _chosen(space.needs, change.needs), _chosen(space.kinds, change.settings)
    out: NDArray[np.uint8] = groups[:, None, None] * needs[None, :, None] * kinds[None, None, :]
    return out


def _chosen(words: tuple[str, ...], wanted: tuple[str, ...]) -> NDArray[np.uint8]:
    return np.array([not wanted or word in wanted for word in words], dtype=np.uint8)


def _draw(change: Change, futures: int, seed: int) -> Reals:
    name = int.from_bytes(hashlib.sha256(change.name.encode()).digest()[:4], "little")
    out = np.empty(futures)
    _even(root(seed, "scenario", name), change.low, change.high, out)
    return out


@compiled
def _even(key: np.uint64, low: float, high: float, out: Reals) -> None:
    for future in range(len(out)):
        out[future] = low + (high - low) * uniform(child(key, future), 0)
