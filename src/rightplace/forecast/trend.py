"""How joining and leaving move from year to year: assumed drifts, and their paths in every future."""

from __future__ import annotations

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root, uniform
from rightplace.forecast.draws.spread import normal, student
from rightplace.forecast.local_level import Drift, Level, at_last_year

Reals = NDArray[np.float64]

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


def paths(
    standing: Level, drift: Drift, damping: tuple[float, float], *, futures: int, years: int, seed: int, stream: str
) -> Reals:
    """Multipliers (futures, years) of a rate: level and slope as uncertain as they are, damped, drifting.

    Steps and noise are centred so that they do not raise the mean.
    """
    values, vectors = np.linalg.eigh(standing.covariance)
    spread = vectors * np.sqrt(np.maximum(values, 0.0))
    out = np.empty((futures, years))
    _paths(
        root(seed, stream), standing.mean, np.ascontiguousarray(spread), drift.step_sd, drift.noise_sd, *damping, out
    )
    return out


@compiled
def _paths(
    key: np.uint64, mean: Reals, spread: Reals, step_sd: float, noise_sd: float, low: float, high: float, out: Reals
) -> None:
    for future in range(out.shape[0]):
        held = child(child(key, future), 0)
        yearly = child(child(key, future), 1)
        one, two = normal(held, 0), normal(held, 1)
        height = mean[0] + spread[0, 0] * one + spread[0, 1] * two
        slope = mean[1] + spread[1, 0] * one + spread[1, 1] * two
        damping = low + (high - low) * uniform(held, 4)
        for t in range(out.shape[1]):
            slope *= damping
            height += slope + step_sd * normal(child(yearly, t), 0) - 0.5 * step_sd**2
            out[future, t] = np.exp(height + noise_sd * normal(child(yearly, t), 1) - 0.5 * noise_sd**2)


def pulls(
    names: tuple[str, ...], spread: tuple[float, float], *, futures: int, years: int, seed: int, stream: str
) -> Reals:
    """Multipliers (futures, years, names) that drift each its own way, by a random walk in logs that starts near 1.

    They are centred so that their inverse, which multiplies the odds of moving out, has mean 1. A name's draws are keyed by the name, so they do not depend on which others there are.
    """
    out = np.empty((futures, years, len(names)))
    for place, name in enumerate(names):
        digest = hashlib.sha256(name.encode()).digest()
        _walk(root(seed, stream, int.from_bytes(digest[:4], "little")), *spread, out[:, :, place])
    return out


@compiled
def _walk(key: np.uint64, start_sd: float, step_sd: float, out: Reals) -> None:
    for future in range(out.shape[0]):
        height = start_sd * normal(child(key, future), 0) + 0.5 * start_sd**2
        for t in range(out.shape[1]):
            height += step_sd * normal(child(key, future), t + 1) + 0.5 * step_sd**2
            out[future, t] = np.exp(height)


def turns(
    names: tuple[str, ...], held: Reals, yearly: Reals, freedom: float, limit: float,
    *, futures: int, years: int, seed: int, stream: str,
) -> Reals:  # fmt: skip
    """Turns in logs (futures, years, names): one that is held for all years and one of each year, now and then very large.

    ``held`` and ``yearly`` (names,) are their scales; both are Student's t with ``freedom`` degrees of freedom. Their sum
    does not go beyond ``limit``. Draws are keyed by the name.
    """
    out = np.empty((futures, years, len(names)))
    for place, name in enumerate(names):
        digest = hashlib.sha256(name.encode()).digest()
        key = root(seed, stream, int.from_bytes(digest[:4], "little"))
        _turn(key, held[place], yearly[place], freedom, limit, out[:, :, place])
    return out


@compiled
def _turn(key: np.uint64, held: float, yearly: float, freedom: float, limit: float, out: Reals) -> None:
    for future in range(out.shape[0]):
        place = child(key, future)
        always = held * student(child(place, 0), child(place, 1), freedom)
        for t in range(out.shape[1]):
            year = child(place, t + 2)
            turn = always + yearly * student(child(year, 0), child(year, 1), freedom)
            out[future, t] = min(max(turn, -limit), limit)
