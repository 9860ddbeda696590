"""Totals of authorities in every future, with England's part of the growth shared between them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root, uniform
from rightplace.forecast.draws.spread import student
from rightplace.forecast.published.growth import OWN_LIMIT, Growth
from rightplace.forecast.published.panel import Panel

Reals = NDArray[np.float64]

_ENGLAND_FREEDOM: Final = 5.0
_LARGEST: Final = (0.4, 2.0)
"""An authority's error in a year is at most 0.4 in logs and twice its own scale: larger falls are not believed either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an authority stands: its last credible January and count, and its growth apart from England's."""

    la_code: str
    january: int
    plans: float
    apart: tuple[float, float]


def standing(panel: Panel, la_code: str, growth: Growth) -> Standing | None:
    """Where an authority of a panel stands; None where it has no count at all."""
    counts = panel.counts[panel.codes.index(la_code)]
    known = {year: float(count) for year, count in zip(panel.years, counts, strict=True) if np.isfinite(count)}
    if not known:
        return None
    january = max(known)
    return Standing(la_code=la_code, january=january, plans=known[january], apart=growth.deviations(known, january))


def draw(place: Standing, growth: Growth, *, last: int, futures: int, seed: int) -> NDArray[np.int64]:
    """Plans of an authority each January after its standing, to January ``last``: (futures, Januaries).

    England's growth is keyed by seed, future and January, so it is the same for every authority of a run.
    """
    out = np.empty((futures, last - place.january), dtype=np.int64)
    known = np.array([growth.england[year] for year in range(place.january, growth.last + 1) if year in growth.england])
    if not len(known):
        known = np.array([growth.england[growth.last]])
    scale = np.sqrt(growth.area_sd**2 + growth.size_sd**2 / place.plans)
    numbers = np.array(
        [growth.momentum[0], growth.momentum[1], growth.freedom, growth.england_sd, *growth.damping, scale]
    )
    digest = hashlib.sha256(place.la_code.encode()).digest()
    area = root(seed, "forecast.area_growth", int.from_bytes(digest[:4], "little"))
    england = root(seed, "forecast.england_growth")
    _draw(area, england, np.array(place.apart), known, place.plans, place.january, growth.last, numbers, out)
    return out


@compiled
def _draw(
    area: np.uint64,
    england: np.uint64,
    apart: Reals,
    known: Reals,
    plans: float,
    january: int,
    newest: int,
    numbers: Reals,
    out: NDArray[np.int64],
) -> None:
    one, two, freedom, england_sd, low, high, scale = numbers
    largest = _LARGEST[0] + _LARGEST[1] * scale
    for future in range(out.shape[0]):
        shared, own = child(england, future), child(area, future)
        damping = low + (high - low) * uniform(child(shared, 0), 0)
        now, before, level, rise = apart[0], apart[1], np.log(plans), known[0]
        for t in range(out.shape[1]):
            ahead = january + t + 1 - newest
            if ahead <= 0:
                rise = known[min(t + 1, len(known) - 1)]
            else:
                year = child(shared, ahead)
                rise = damping * rise + england_sd * student(child(year, 0), child(year, 1), _ENGLAND_FREEDOM)
            year = child(own, t)
            error = scale * student(child(year, 0), child(year, 1), freedom)
            error = min(max(error, -largest), largest)
            near = min(max(now, -OWN_LIMIT), OWN_LIMIT)
            far = min(max(before, -OWN_LIMIT), OWN_LIMIT)
            before, now = now, one * near + two * far + error
            level += rise + now
            out[future, t] = int(np.floor(np.exp(level) + 0.5))
