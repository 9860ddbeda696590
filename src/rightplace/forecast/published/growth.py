"""Totals from totals: an authority's growth, drawn towards England's, damped, with errors as large as they have been.

With d the authority's log growth less England's,

    d(t+1) = m1 d(t) + m2 d(t-1) + e,    e ~ s x Student's t,    s^2 = a^2 + b^2 / plans,
    growth(t+1) = damping x England's(t) + shock + d(t+1).

All constants are estimated from the counts up to the January the forecast is made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.published.panel import Panel

Reals = NDArray[np.float64]

FIRST_JANUARY: Final = 2016
"""Growth into Januaries before this one is not used: EHC plans were replacing statements and England hardly grew."""
OWN_LIMIT: Final = 0.10
"""An authority's growth counts for at most this much above or below England's in foretelling the next."""
DAMPING: Final = (0.90, 1.00)
"""What is left of England's growth a year later: any value in this range is as likely as another. Of fixed values
tried on Januaries 2021 to 2025, those from 0.94 to 1 had the least error one to three years ahead."""
_ENGLAND_PRIOR: Final = (0.014, 8.0)
"""Standard deviation of the yearly change in England's growth before any is seen, and its worth in years."""
_SETTLED: Final = 2018
"""Changes in England's growth before this January belong to the move from statements, and are not used."""
ENOUGH: Final = 150
"""Yearly growths needed before momentum and errors are estimated; with fewer the next constants stand."""
BEFORE_EVIDENCE: Final = ((0.25, 0.05), 0.035, 1.0, 5.0)
"""Momentum, a, b and degrees of freedom, rounded from those of January 2016 to 2025."""
_SMALLEST: Final = 200
_LEAST_SIZE_SD: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """The constants of the model. Growth is in logs.

    ``england`` maps a January to England's growth into it. ``momentum`` is (m1, m2). ``area_sd`` is a,
    ``size_sd`` is b, ``freedom`` the degrees of freedom of e. ``england_sd`` is the yearly shock of
    England's growth, with ``damping`` its range. ``evidence`` counts the yearly growths behind it.
    """

    england: dict[int, float]
    momentum: tuple[float, float]
    area_sd: float
    size_sd: float
    freedom: float
    england_sd: float
    damping: tuple[float, float]
    evidence: int

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
    outcome, past, size = _yearly(panel, rise, place)
    momentum, area_sd, size_sd, freedom = BEFORE_EVIDENCE
    if len(outcome) >= ENOUGH:
        slopes = _robust_slopes(past, np.clip(outcome, -OWN_LIMIT, OWN_LIMIT))
        momentum = (float(slopes[0]), float(slopes[1]))
        area_sd, size_sd, freedom = _error(outcome - past @ slopes, size)
    england = {panel.years[i + 1]: float(rise[i]) for i in place}
    return Growth(
        england=england,
        momentum=momentum,
        area_sd=area_sd,
        size_sd=size_sd,
        freedom=freedom,
        england_sd=_england_sd(england),
        damping=DAMPING,
        evidence=len(outcome),
    )


def _yearly(panel: Panel, england: Reals, place: list[int]) -> tuple[Reals, Reals, Reals]:
    """Growth apart from England's in a year (rows), the same of the two years before (rows, 2), and plans."""
    apart = panel.growth() - england
    limited = np.clip(apart, -OWN_LIMIT, OWN_LIMIT)
    now, past, plans = [np.zeros(0)], [np.zeros((0, 2))], [np.zeros(0)]
    for i in place:
        if i - 2 in place:
            held = np.isfinite(apart[:, i]) & np.isfinite(limited[:, i - 1]) & np.isfinite(limited[:, i - 2])
            now.append(apart[held, i])
            past.append(np.stack([limited[held, i - 1], limited[held, i - 2]], axis=1))
            plans.append(panel.counts[held, i])
    return np.concatenate(now), np.concatenate(past), np.concatenate(plans)


def _robust_slopes(x: Reals, y: Reals, bend: float = 0.06, rounds: int = 30) -> Reals:
    """Regression through the origin in which outcomes far from the line count for less (Huber 1964)."""
    weight = np.ones(len(y))
    slopes: Reals = np.zeros(x.shape[1])
    for _ in range(rounds):
        root = np.sqrt(weight)
        slopes = np.asarray(np.linalg.lstsq(x * root[:, None], y * root, rcond=None)[0], dtype=np.float64)
        weight = np.minimum(1.0, bend / np.maximum(np.abs(y - x @ slopes), 1e-12))
    return slopes


def _error(residuals: Reals, plans: Reals) -> tuple[float, float, float]:
    """Maximum-likelihood a, b and degrees of freedom of the errors of authorities that are not tiny."""
    from scipy.optimize import minimize
    from scipy.stats import t

    large = plans >= _SMALLEST
    e, n = residuals[large], plans[large]

    def unlikely(at: Reals) -> float:
        scale = np.sqrt(np.exp(2 * at[0]) + np.exp(2 * at[1]) / n)
        return float(-np.sum(t.logpdf(e / scale, 2.5 + np.exp(at[2])) - np.log(scale)))

    best = minimize(unlikely, [-3.2, 0.0, 0.5], method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-4}).x
    return float(np.exp(best[0])), max(float(np.exp(best[1])), _LEAST_SIZE_SD), float(2.5 + np.exp(best[2]))


def _england_sd(england: dict[int, float]) -> float:
    """Size of England's yearly shock: what was seen, with a prior worth a few years."""
    changes = [england[year] - england[year - 1] for year in england if year - 1 in england and year >= _SETTLED]
    sd, worth = _ENGLAND_PRIOR
    return float(np.sqrt((worth * sd**2 + sum(change**2 for change in changes)) / (worth + len(changes))))
