"""Totals from totals: an authority's growth, drawn towards England's, damped, with errors as large as they have been.

With d the authority's log growth less England's,

    d(t+1) = m1 d(t) + m2 d(t-1) + e,    e ~ s x Student's t,    s^2 = a^2 + b^2 / plans,
    growth(t+1) = damping x England's(t) + shock + d(t+1),

or, where requests and new plans are published, with the signal of :mod:`rightplace.forecast.published.funnel` in the place of
m2 d(t-1). All constants are estimated from the counts up to the January the forecast is made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.published import funnel as funnels
from rightplace.forecast.published.funnel import CHANCE, OWN_LIMIT, RECENT, Funnel
from rightplace.forecast.published.panel import Panel
from rightplace.forecast.published.regression import error_level, robust_slopes

Reals = NDArray[np.float64]

FIRST_JANUARY: Final = 2016
"""Growth into Januaries before this one is not used: EHC plans were replacing statements and England hardly grew."""
DAMPING_PRIOR: Final = (1.0, 0.05)
"""Mean and standard deviation of what is left of England's growth a year later, before any is seen: growth goes on as it is,
give or take a twentieth. No draw is above 1: that growth feeds on itself is not assumed."""
DAMPING: Final = (0.91, 1.0)
"""The range before England's growth is seen in any two Januaries."""
_ENGLAND_PRIOR: Final = (0.014, 8.0)
"""Standard deviation of the yearly change in England's growth before any is seen, and its worth in years."""
_SETTLED: Final = 2018
"""Changes in England's growth before this January belong to the move from statements, and are not used."""
ENOUGH: Final = 150
"""Yearly growths needed before momentum and errors are estimated; with fewer the next constants stand."""
BEFORE_EVIDENCE: Final = ((0.25, 0.05), 0.04, CHANCE, 5.0)
"""Momentum, a, b and degrees of freedom, rounded from those of January 2016 to 2025."""
_SMALLEST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """The constants of the model. Growth is in logs.

    ``england`` maps a January to England's growth into it. ``momentum`` is (m1, m2). ``area_sd`` is a,
    ``size_sd`` is b, ``freedom`` the degrees of freedom of e. ``england_sd`` is the yearly shock of
    England's growth, with ``damping`` its range. ``evidence`` counts the yearly growths behind it. ``funnel`` is what
    requests, new plans and the region foretell, where enough of them are published.
    """

    england: dict[int, float]
    momentum: tuple[float, float]
    area_sd: float
    size_sd: float
    freedom: float
    england_sd: float
    damping: tuple[float, float]
    evidence: int
    funnel: Funnel | None = None

    @property
    def last(self) -> int:
        """The last January England's growth is known into."""
        return max(self.england)

    def deviations(self, januaries: dict[int, float], january: int) -> tuple[float, float]:
        """An authority's growth less England's into a January and the one before, limited; nought where not known."""

        def one(year: int) -> float:
            before, after, england = januaries.get(year - 1), januaries.get(year), self.england.get(year)
            if not before or not after or england is None:
                return 0.0
            return float(np.clip(np.log(after / before) - england, -OWN_LIMIT, OWN_LIMIT))

        return one(january), one(january - 1)


def fit(panel: Panel) -> Growth:
    """The constants, from every authority's counts in the panel."""
    rise = panel.england_growth()
    known = [i for i in range(len(rise)) if np.isfinite(rise[i])]
    place = [i for i in known if panel.years[i + 1] >= FIRST_JANUARY] or known
    outcome, past, size, january = _yearly(panel, rise, place)
    momentum, area_sd, size_sd, freedom = BEFORE_EVIDENCE
    if len(outcome) >= ENOUGH:
        slopes = robust_slopes(past, np.clip(outcome, -OWN_LIMIT, OWN_LIMIT))
        momentum = (float(slopes[0]), float(slopes[1]))
        large = size >= _SMALLEST
        errors, weight = (outcome - past @ slopes)[large], RECENT ** (panel.years[-1] - january)[large]
        area_sd, freedom = error_level(errors, size[large], weight, chance=CHANCE)
    england = {panel.years[i + 1]: float(rise[i]) for i in place}
    return Growth(
        england=england,
        momentum=momentum,
        area_sd=area_sd,
        size_sd=size_sd,
        freedom=freedom,
        england_sd=_england_sd(england),
        damping=_damping(england),
        evidence=len(outcome),
        funnel=funnels.fit(panel, rise),
    )


def _yearly(panel: Panel, england: Reals, place: list[int]) -> tuple[Reals, Reals, Reals, Reals]:
    """Growth apart from England's in a year (rows), the same of the two years before (rows, 2), plans, and the January grown to."""
    apart = panel.growth() - england
    limited = np.clip(apart, -OWN_LIMIT, OWN_LIMIT)
    now, past, plans, years = [np.zeros(0)], [np.zeros((0, 2))], [np.zeros(0)], [np.zeros(0)]
    for i in place:
        if i - 2 in place:
            held = np.isfinite(apart[:, i]) & np.isfinite(limited[:, i - 1]) & np.isfinite(limited[:, i - 2])
            now.append(apart[held, i])
            past.append(np.stack([limited[held, i - 1], limited[held, i - 2]], axis=1))
            plans.append(panel.counts[held, i])
            years.append(np.full(held.sum(), float(panel.years[i + 1])))
    return np.concatenate(now), np.concatenate(past), np.concatenate(plans), np.concatenate(years)


def _damping(england: dict[int, float]) -> tuple[float, float]:
    """The range of the damping: its prior, moved by how England's growth went on, and not above 1.

    growth(t+1) = damping x growth(t) + normal error of the shock's prior size. The range is even, with the mean and standard
    deviation of what is then known of the damping.
    """
    centre, sd = DAMPING_PRIOR
    shock = _ENGLAND_PRIOR[0]
    pairs = [(england[year - 1], england[year]) for year in england if year - 1 in england and year >= _SETTLED]
    worth = sd**-2 + sum(before**2 for before, _ in pairs) / shock**2
    mean = (centre / sd**2 + sum(before * after for before, after in pairs) / shock**2) / worth
    reach = np.sqrt(3.0 / worth)
    return float(min(mean - reach, 1.0)), float(min(mean + reach, 1.0))


def _england_sd(england: dict[int, float]) -> float:
    """Size of England's yearly shock: what was seen, with a prior worth a few years."""
    changes = [england[year] - england[year - 1] for year in england if year - 1 in england and year >= _SETTLED]
    sd, worth = _ENGLAND_PRIOR
    return float(np.sqrt((worth * sd**2 + sum(change**2 for change in changes)) / (worth + len(changes))))
