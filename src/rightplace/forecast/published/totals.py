"""Totals of authorities in every future, with England's part of the growth shared between them."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root, uniform
from rightplace.forecast.draws.spread import normal, student
from rightplace.forecast.published.funnel import OWN_LIMIT
from rightplace.forecast.published.growth import Growth
from rightplace.forecast.published.panel import FLOWS, Panel

Reals = NDArray[np.float64]

_ENGLAND_FREEDOM: Final = 5.0
_UNIT: Final = math.sqrt((_ENGLAND_FREEDOM - 2.0) / _ENGLAND_FREEDOM)
"""Makes a Student's t of that freedom one of standard deviation 1."""
_LARGEST: Final = (0.4, 2.0)
"""An authority's error in a year is at most 0.4 in logs and twice its own scale: larger falls are not believed either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an authority stands: its last credible January and count, and its growth apart from England's.

    ``signal`` is what its funnel and region foretell; None where requests or new plans are not known.
    """

    la_code: str
    january: int
    plans: float
    apart: tuple[float, float]
    signal: float | None = None


def standing(panel: Panel, la_code: str, growth: Growth) -> Standing | None:
    """Where an authority of a panel stands; None where it has no count at all."""
    row = panel.codes.index(la_code)
    counts = panel.counts[row]
    known = {year: float(count) for year, count in zip(panel.years, counts, strict=True) if np.isfinite(count)}
    if not known:
        return None
    january = max(known)
    signal = None
    if growth.funnel is not None:
        at = panel.years.index(january)
        requests, new_plans = (float(panel.per_plan(name)[row, at]) for name in FLOWS)
        signal = growth.funnel.signal(la_code, january, requests, new_plans)
    apart = growth.deviations(known, january)
    return Standing(la_code=la_code, january=january, plans=known[january], apart=apart, signal=signal)


def error(place: Standing, growth: Growth) -> float:
    """The scale of an authority's own error in a year, in logs."""
    sizes = growth.funnel if growth.funnel is not None and place.signal is not None else growth
    return float(np.sqrt(sizes.area_sd**2 + sizes.size_sd**2 / place.plans))


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The law of plans of an authority each January after its standing (futures, years).

    England's growth is keyed by seed, future and January, so it is the same for every authority of a run. ``known`` is
    England's growth from the authority's January to the ``newest``; ``numbers`` are the constants in the order :func:`_draw` has them.
    """

    area: np.uint64
    england: np.uint64
    apart: Reals
    known: Reals
    plans: float
    january: int
    newest: int
    numbers: Reals
    years: int

    def draw(self, first: int, last: int) -> NDArray[np.int64]:
        """Plans of futures ``first`` to ``last`` (not included)."""
        out = np.empty((last - first, self.years), dtype=np.int64)
        start = (self.plans, self.january, self.newest)
        _draw(self.area, self.england, first, self.apart, self.known, *start, self.numbers, out)
        return out


def ahead(place: Standing, growth: Growth, *, last: int, seed: int) -> Totals:
    """The law of an authority's totals to January ``last``."""
    known = np.array([growth.england[year] for year in range(place.january, growth.last + 1) if year in growth.england])
    if not len(known):
        known = np.array([growth.england[growth.last]])
    digest = hashlib.sha256(place.la_code.encode()).digest()
    return Totals(
        area=root(seed, "forecast.area_growth", int.from_bytes(digest[:4], "little")),
        england=root(seed, "forecast.england_growth"),
        apart=np.array(place.apart),
        known=known,
        plans=place.plans,
        january=place.january,
        newest=growth.last,
        numbers=_numbers(place, growth),
        years=last - place.january,
    )


def _numbers(place: Standing, growth: Growth) -> Reals:
    """The constants the draws need, in the order :func:`_draw` has them."""
    funnel = growth.funnel if place.signal is not None else None
    one, two = growth.momentum if funnel is None else (funnel.momentum, 0.0)
    freedom = growth.freedom if funnel is None else funnel.freedom
    signal = (0.0, 0.0, 0.0) if funnel is None else (*funnel.carry, funnel.carry_sd)
    return np.array(
        [one, two, freedom, growth.england_sd, *growth.damping, error(place, growth), place.signal or 0.0, *signal]
    )


@compiled
def _draw(
    area: np.uint64,
    england: np.uint64,
    first: int,
    apart: Reals,
    known: Reals,
    plans: float,
    january: int,
    newest: int,
    numbers: Reals,
    out: NDArray[np.int64],
) -> None:
    one, two, freedom, england_sd, low, high, scale, foretold, left, added, signal_sd = numbers
    largest = _LARGEST[0] + _LARGEST[1] * scale
    for future in range(out.shape[0]):
        shared, own = child(england, first + future), child(area, first + future)
        damping = low + (high - low) * uniform(child(shared, 0), 0)
        now, before, level, rise, signal = apart[0], apart[1], np.log(plans), known[0], foretold
        for t in range(out.shape[1]):
            ahead = january + t + 1 - newest
            if ahead <= 0:
                rise = known[min(t + 1, len(known) - 1)]
            else:
                year = child(shared, ahead)
                shock = _UNIT * student(child(year, 0), child(year, 1), _ENGLAND_FREEDOM)
                rise = damping * rise + england_sd * shock
            year = child(own, t)
            error = scale * student(child(year, 0), child(year, 1), freedom)
            error = min(max(error, -largest), largest)
            near = min(max(now, -OWN_LIMIT), OWN_LIMIT)
            far = min(max(before, -OWN_LIMIT), OWN_LIMIT)
            before, now = now, one * near + two * far + signal + error
            grew = min(max(now, -OWN_LIMIT), OWN_LIMIT)
            signal = left * signal + added * grew + signal_sd * normal(child(year, 2), 0)
            level += rise + now
            out[future, t] = int(np.floor(np.exp(level) + 0.5))
