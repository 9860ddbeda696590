"""A scenario as the engine reads it: effects by year step and cell, with a factor in every future."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby
from typing import NamedTuple

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


class Law(NamedTuple):
    """What the factors of one change are drawn by: an even number f between ``low`` and ``high`` in each future, keyed by ``key``.

    Each of ``parts`` is a run of years with a factor of its own: 1 + part (f - 1), or f to the power of the part where ``every_year``.
    """

    key: np.uint64
    low: float
    high: float
    parts: tuple[float, ...]
    every_year: bool

    def draw(self, first: int, last: int) -> Iterator[Reals]:
        """Factors of futures ``first`` to ``last`` (not included), part by part."""
        drawn = np.empty(last - first)
        _even(self.key, first, self.low, self.high, drawn)
        for part in self.parts:
            yield drawn**part if self.every_year else 1.0 + part * (drawn - 1.0)


@dataclass(frozen=True, slots=True)
class Changes:
    """The effects of a scenario's changes, of which ``acting`` holds all but the factors: these are drawn by ``laws``."""

    acting: Effects
    laws: tuple[Law, ...]

    @property
    def rate(self) -> NDArray[np.int64]:
        """The rate each effect acts on (E,)."""
        return self.acting.rate

    def draw(self, first: int, last: int) -> Effects:
        """The effects of futures ``first`` to ``last`` (not included)."""
        rows = [row for law in self.laws for row in law.draw(first, last)]
        return self.acting._replace(factor=np.array(rows).reshape(-1, last - first))


def compile_effects(scenario: Scenario, space: Space, *, years: int, seed: int, seed_year: int) -> Changes:
    """What a scenario does in a forecast of ``years`` Januaries after January ``seed_year``.

    A change draws one number a future, keyed by the seed and the name of the change. In a year that it acts in for a part ``w``
    the factor is 1 + w (f - 1); see :func:`share_of_year`. A change that acts every year has the factor f to the power of the years it has
    acted in so far. Words that the area does not have change nothing.
    """
    made, laws = [effects.none(*space.shape)], []
    for change in scenario.changes:
        runs = list(_runs(change, years, seed_year))
        laws.append(_law(change, tuple(part for _, _, part in runs), seed))
        made += [_effect(change, space, first, last) for first, last, _ in runs]
    return Changes(Effects(*(np.concatenate(column) for column in zip(*made, strict=True))), tuple(laws))


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


def _runs(change: Change, years: int, seed_year: int) -> Iterator[tuple[int, int, float]]:
    """Runs of year steps with the same factor: first, last (not included), the part of a year, or of years, acted in."""
    parts = [share_of_year(change, seed_year + 1 + step) for step in range(years)]
    if change.every_year:
        parts = list(accumulate(parts))
    for part, run in groupby(range(years), key=lambda step: parts[step]):
        held = list(run)
        if part > 0.0:
            yield held[0], held[-1] + 1, part


def _effect(change: Change, space: Space, first: int, last: int) -> Effects:
    return Effects(
        rate=np.array([RATES[change.rate]], dtype=np.int64),
        first=np.array([first], dtype=np.int64),
        last=np.array([last], dtype=np.int64),
        cells=cells(change, space)[None],
        to=_chosen(space.kinds, change.to_settings)[None],
        factor=np.ones((1, 1)),
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


def _law(change: Change, parts: tuple[float, ...], seed: int) -> Law:
    name = int.from_bytes(hashlib.sha256(change.name.encode()).digest()[:4], "little")
    return Law(root(seed, "scenario", name), change.low, change.high, parts, change.every_year)


@compiled
def _even(key: np.uint64, first: int, low: float, high: float, out: Reals) -> None:
    for future in range(len(out)):
        out[future] = low + (high - low) * uniform(child(key, first + future), 0)
