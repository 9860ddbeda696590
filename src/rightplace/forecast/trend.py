"""How joining and leaving move from year to year: assumed drifts, and the laws that their paths are drawn by.

A law draws any futures (``draw(first, last)``: from ``first`` to ``last``, not included). What a future draws is keyed by its number,
so that it is the same whichever futures it is drawn with.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root, uniform
from rightplace.forecast.draws.spread import normal, student
from rightplace.forecast.local_level import Drift, Level, at_last_year

Reals = NDArray[np.float64]
Keys = NDArray[np.uint64]

JOINING: Final = Drift(slope=0.070, slope_sd=0.093, step_sd=0.177, noise_sd=0.112)
"""Joining rates, in logs. New plans (before 2014, statements) in England rose from 26,494 in 2009 to 97,747 in 2024: the
middle one of its yearly growths is 7%, with single years from -7% to +26% (logs). Steps (lasting) and noise (not lasting, beyond the chance of small counts) are those
of 153 authorities. Source: DfE, Education, health and care plans, reporting years 2022 and 2025; see ``people.drifts``."""

LEAVING: Final = Drift(slope=0.0, slope_sd=0.0, step_sd=0.20, noise_sd=0.10)
"""Odds of leaving, in logs. Across authorities the rate of ceasing moved by about 0.37 (standard deviation)
a year in 2022 to 2024, which includes the chance of small counts and the clearing of backlogs; no drift is
assumed. Source: as above."""

KIND_PULL: Final = (0.7, 0.25)
NEED_PULL: Final = (0.15, 0.10)
"""How far the pull of a kind of setting, and of a need among joiners, may be from what it was: standard deviations,
in logs, of a change at once and of a further one each year. Without them 95% ranges of published settings held half
of what came a year later: how places are recorded and opened changes more than rates and chance do."""

DAMPING: Final = (0.6, 1.0)
"""What is left of the yearly rise of joining a year later: any value in this range is as likely as another."""


def level(seen: Reals, expected: Reals, years: tuple[int, ...], drift: Drift, extra: Reals | None = None) -> Level:
    """Where the rate stands at the last year, in logs against ``expected`` counts (T,).

    ``extra`` (T,) is variance in logs beyond the chance of small counts.
    """
    known = expected > 0
    if not known.any():
        return Level(mean=np.array([0.0, drift.slope]), covariance=np.diag([0.0, drift.slope_sd**2]))
    count = np.maximum(seen[known], 0.5)
    variance = 1.0 / count + (0.0 if extra is None else extra[known])
    gaps = np.diff(np.array(years)[known], prepend=years[0])
    return at_last_year(np.log(count / expected[known]), variance, gaps, drift)


def with_first_year(standing: Level, drift: Drift, damping: tuple[float, float], years: int) -> Reals:
    """Covariance in logs (years,) of each year ahead with the first, in the paths that :func:`paths` draws (at the mean damping)."""
    middle = 0.5 * (damping[0] + damping[1])
    height, tied, slope = standing.covariance[0, 0], standing.covariance[0, 1], standing.covariance[1, 1]
    runs = np.cumsum(middle ** np.arange(1, years + 1))
    out: Reals = height + (middle + runs) * tied + middle * runs * slope + drift.step_sd**2
    out[0] += drift.noise_sd**2
    return out


class Law(Protocol):
    """What multipliers (futures, years), or (futures, years, names), are drawn by."""

    def draw(self, first: int, last: int) -> Reals:
        """Those of futures ``first`` to ``last`` (not included)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The law of a rate's multipliers (futures, years): level and slope as uncertain as they are, damped, drifting.

    ``mean`` and ``spread`` are those of level and slope; ``spread`` times its transpose is their covariance.
    """

    key: np.uint64
    mean: Reals
    spread: Reals
    drift: Drift
    damping: tuple[float, float]
    years: int

    def draw(self, first: int, last: int) -> Reals:
        """Multipliers of futures ``first`` to ``last`` (not included)."""
        out = np.empty((last - first, self.years))
        _paths(self.key, first, self.mean, self.spread, self.drift.step_sd, self.drift.noise_sd, *self.damping, out)
        return out


def paths(
    standing: Level, drift: Drift, damping: tuple[float, float], *, years: int, seed: int, stream: str
) -> Trend:  # fmt: skip
    """The law of a rate that stands so. Steps and noise are centred so that they do not raise the mean."""
    values, vectors = np.linalg.eigh(standing.covariance)
    spread = np.ascontiguousarray(vectors * np.sqrt(np.maximum(values, 0.0)))
    key = root(seed, stream)
    return Trend(key=key, mean=standing.mean, spread=spread, drift=drift, damping=damping, years=years)


@compiled
def _paths(
    key: np.uint64, first: int, mean: Reals, spread: Reals, step_sd: float, noise_sd: float, low: float, high: float, out: Reals
) -> None:  # fmt: skip
    for future in range(out.shape[0]):
        held = child(child(key, first + future), 0)
        yearly = child(child(key, first + future), 1)
        one, two = normal(held, 0), normal(held, 1)
        height = mean[0] + spread[0, 0] * one + spread[0, 1] * two
        slope = mean[1] + spread[1, 0] * one + spread[1, 1] * two
        damping = low + (high - low) * uniform(held, 4)
        for t in range(out.shape[1]):
            slope *= damping
            height += slope + step_sd * normal(child(yearly, t), 0) - 0.5 * step_sd**2
            out[future, t] = np.exp(height + noise_sd * normal(child(yearly, t), 1) - 0.5 * noise_sd**2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """The law of multipliers (futures, years, names) that drift each its own way, by a random walk in logs that starts near 1.

    They are centred so that their inverse, which multiplies the odds of moving out, has mean 1. ``spread`` is of the start
    and of each year's step.
    """

    keys: Keys
    spread: tuple[float, float]
    years: int

    def draw(self, first: int, last: int) -> Reals:
        """Multipliers of futures ``first`` to ``last`` (not included)."""
        out = np.empty((last - first, self.years, len(self.keys)))
        _walks(self.keys, first, *self.spread, out)
        return out


def pulls(names: tuple[str, ...], spread: tuple[float, float], *, years: int, seed: int, stream: str) -> Walks:
    """The law of pulls that walk. A name's draws are keyed by the name, so they do not depend on which others there are."""
    return Walks(keys=_keys(names, seed, stream), spread=spread, years=years)


def _keys(names: tuple[str, ...], seed: int, stream: str) -> Keys:
    digests = [hashlib.sha256(name.encode()).digest() for name in names]
    keys = [root(seed, stream, int.from_bytes(digest[:4], "little")) for digest in digests]
    return np.array(keys, dtype=np.uint64)


@compiled
def _walks(keys: Keys, first: int, start_sd: float, step_sd: float, out: Reals) -> None:
    for place in range(len(keys)):
        for future in range(out.shape[0]):
            key = child(keys[place], first + future)
            height = start_sd * normal(key, 0) + 0.5 * start_sd**2
            for t in range(out.shape[1]):
                height += step_sd * normal(key, t + 1) + 0.5 * step_sd**2
                out[future, t, place] = np.exp(height)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The law of turns in logs (futures, years, names): one that is held for all years and one of each year, now and then very large.

    ``held`` and ``yearly`` (names,) are their scales; both are Student's t with ``freedom`` degrees of freedom. Their sum
    does not go beyond ``limit``.
    """

    keys: Keys
    held: Reals
    yearly: Reals
    freedom: float
    limit: float
    years: int

    def draw(self, first: int, last: int) -> Reals:
        """Turns of futures ``first`` to ``last`` (not included)."""
        out = np.empty((last - first, self.years, len(self.keys)))
        _turns(self.keys, first, self.held, self.yearly, self.freedom, self.limit, out)
        return out


def turns(
    names: tuple[str, ...], held: Reals, yearly: Reals, freedom: float, limit: float, *, years: int, seed: int, stream: str
) -> Turns:  # fmt: skip
    """The law of turns of these names, by which draws are keyed."""
    keys = _keys(names, seed, stream)
    scales = np.ascontiguousarray(held), np.ascontiguousarray(yearly)
    return Turns(keys=keys, held=scales[0], yearly=scales[1], freedom=freedom, limit=limit, years=years)


@compiled
def _turns(
    keys: Keys, first: int, held: Reals, yearly: Reals, freedom: float, limit: float, out: Reals
) -> None:  # fmt: skip
    for name in range(len(keys)):
        for future in range(out.shape[0]):
            place = child(keys[name], first + future)
            always = held[name] * student(child(place, 0), child(place, 1), freedom)
            for t in range(out.shape[1]):
                year = child(place, t + 2)
                turn = always + yearly[name] * student(child(year, 0), child(year, 1), freedom)
                out[future, t, name] = min(max(turn, -limit), limit)
