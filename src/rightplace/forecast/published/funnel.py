"""What an authority's funnel and region foretell of its growth: requests and new plans of the last year, and the region's growth.

With d an authority's log growth less England's, r its requests in the calendar year before a January per plan in force
in it, n its new plans per plan (both less England's median), and g the mean d of its region,

    signal(t) = w1 r(t) + w2 n(t) + w3 g(t)
    d(t+1) = m d(t) + signal(t) + e,                e ~ s x Student's t,   s^2 = a^2 + b^2 / plans
    signal(t+1) = k1 signal(t) + k2 d(t+1) + u,     u ~ normal

m, w, k and the sizes of e and u are estimated over all authorities and Januaries known, so no authority's own return steers far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.published.panel import FLOWS, Panel
from rightplace.forecast.published.regression import error_level, robust_slopes, weighted_median
from rightplace.vocabulary.authority import AUTHORITIES

Reals = NDArray[np.float64]

FIRST_TARGET: Final = 2018
"""Growth into Januaries before this one is not used: before, EHC plans were replacing statements."""
OWN_LIMIT: Final = 0.10
"""An authority's growth counts for at most this much above or below England's in foretelling the next."""
LIMITS: Final = (0.15, 0.10)
"""Requests and new plans per plan count for at most this much above or below England's median."""
ENOUGH: Final = 100
"""Yearly growths with a funnel known that are needed before any of this is estimated."""
KEPT: Final = 3
"""Januaries whose medians and regional growth are kept: futures of an area may start from an earlier one than the last."""
_SMALLEST: Final = 200


CHANCE: Final = 0.5
"""b of an authority's errors: what chance alone makes of them. In a year about an eighth of plans are new and an eighth end, so
that of n plans the number in a year varies by the square root of n/4. Estimated, it was larger before 2021 and not since."""
RECENT: Final = 0.5
"""What a year's errors count for against the next year's when the size of errors is estimated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The constants above: ``momentum`` m, ``weights`` w, ``carry`` k, ``carry_sd`` the size of u, ``area_sd`` a, ``size_sd`` b.

    ``medians`` maps a January to England's medians of r and n before they are taken off; ``regions`` to each region's g.
    ``evidence`` counts the yearly growths behind it.
    """

    momentum: float
    weights: tuple[float, float, float]
    carry: tuple[float, float]
    carry_sd: float
    area_sd: float
    size_sd: float
    freedom: float
    medians: dict[int, tuple[float, float]]
    regions: dict[int, dict[str, float]]
    evidence: int

    def signal(self, la_code: str, january: int, requests: float, new_plans: float) -> float | None:
        """An authority's signal, from requests and new plans per plan; None where they, or England's, are not known."""
        if january not in self.medians or not (np.isfinite(requests) and np.isfinite(new_plans)):
            return None
        parts = [
            float(np.clip(ratio - median, -limit, limit))
            for ratio, median, limit in zip((requests, new_plans), self.medians[january], LIMITS, strict=True)
        ]
        region = self.regions[january].get(region_of(la_code), 0.0)
        return float(np.dot(self.weights, [*parts, region]))


def region_of(la_code: str) -> str:
    """The region of an authority; an empty text where the code is not one."""
    return AUTHORITIES[la_code].region if la_code in AUTHORITIES else ""


def fit(panel: Panel, england: Reals) -> Funnel | None:
    """The constants from every authority's counts; None where too few have requests and new plans published.

    ``england`` is England's log growth into each January after the first.
    """
    if any(name not in panel.flows for name in FLOWS) or len(panel.years) < KEPT + 1:
        return None
    apart, ratios, medians = _deviations(panel, england)
    near = _regional(panel, apart)
    features = np.stack(
        [apart, *(np.clip(r - m, -x, x) for r, m, x in zip(ratios, medians, LIMITS, strict=True)), near]
    )
    past, outcome, plans, january = _pairs(panel, features, panel.growth() - england)
    if len(outcome) < ENOUGH:
        return None
    slopes = robust_slopes(past, np.clip(outcome, -OWN_LIMIT, OWN_LIMIT))
    large = plans >= _SMALLEST
    weight = RECENT ** (panel.years[-1] - january)
    a, freedom = error_level((outcome - past @ slopes)[large], plans[large], weight[large], chance=CHANCE)
    carry, carry_sd = _carry(panel, features, slopes)
    kept = range(len(panel.years) - KEPT, len(panel.years))
    return Funnel(
        momentum=float(slopes[0]),
        weights=(float(slopes[1]), float(slopes[2]), float(slopes[3])),
        carry=carry,
        carry_sd=carry_sd,
        area_sd=a,
        size_sd=CHANCE,
        freedom=freedom,
        medians={panel.years[t]: (float(medians[0][t]), float(medians[1][t])) for t in kept if np.isfinite([m[t] for m in medians]).all()},
        regions={panel.years[t]: _named(panel, near[:, t]) for t in kept},
        evidence=len(outcome),
    )  # fmt: skip


def _deviations(panel: Panel, england: Reals) -> tuple[Reals, list[Reals], list[Reals]]:
    """Limited d (authorities, Januaries; NaN in the first), the ratios of the flows, and their medians (Januaries,)."""
    unknown = np.full((len(panel.codes), 1), np.nan)
    apart = np.hstack([unknown, np.clip(panel.growth() - england, -OWN_LIMIT, OWN_LIMIT)])
    ratios = [panel.per_plan(name) for name in FLOWS]
    medians = []
    for ratio in ratios:
        some = np.isfinite(ratio).sum(axis=0) >= 2
        medians.append(np.array([np.nanmedian(ratio[:, t]) if some[t] else np.nan for t in range(ratio.shape[1])]))
    return apart, ratios, medians


def _regional(panel: Panel, apart: Reals) -> Reals:
    """The mean of d over each authority's region, (authorities, Januaries); nought where none is known."""
    names = np.array([region_of(code) for code in panel.codes])
    out = np.zeros(apart.shape)
    for name in np.unique(names):
        here = apart[names == name]
        known = np.isfinite(here)
        out[names == name] = np.where(known, here, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return out


def _named(panel: Panel, near: Reals) -> dict[str, float]:
    return {region_of(code): float(mean) for code, mean in zip(panel.codes, near, strict=True)}


def _pairs(panel: Panel, features: Reals, growth: Reals) -> tuple[Reals, Reals, Reals, Reals]:
    """Features in a January (rows, 4), d into the next (rows,), not limited, plans in the former, and the year of the latter."""
    rows, outcomes, plans, years = [np.zeros((0, 4))], [np.zeros(0)], [np.zeros(0)], [np.zeros(0)]
    for t in range(len(panel.years) - 1):
        if panel.years[t + 1] >= FIRST_TARGET:
            held = np.isfinite(features[:, :, t]).all(axis=0) & np.isfinite(growth[:, t])
            rows.append(features[:, held, t].T)
            outcomes.append(growth[held, t])
            plans.append(panel.counts[held, t])
            years.append(np.full(held.sum(), float(panel.years[t + 1])))
    return np.concatenate(rows), np.concatenate(outcomes), np.concatenate(plans), np.concatenate(years)


def _carry(panel: Panel, features: Reals, slopes: Reals) -> tuple[tuple[float, float], float]:
    """How much of a signal is left a year later, what growth adds to it, and the size of what neither foretells."""
    signal = np.tensordot(slopes[1:], features[1:], axes=1)
    first = max(FIRST_TARGET - panel.years[0] - 1, 0)
    now, after, grew = signal[:, first:-1].ravel(), signal[:, first + 1 :].ravel(), features[0][:, first + 1 :].ravel()
    held = np.isfinite(now) & np.isfinite(after) & np.isfinite(grew)
    if held.sum() < ENOUGH:
        return (0.5, 0.0), float(np.nanstd(signal))
    x = np.stack([now, grew], axis=1)[held]
    carry = robust_slopes(x, after[held])
    years_ago = np.arange(signal.shape[1] - first - 2, -1, -1)
    weight = np.broadcast_to(RECENT**years_ago, (len(signal), len(years_ago))).ravel()[held]
    return (float(carry[0]), float(carry[1])), 1.4826 * weighted_median(np.abs(after[held] - x @ carry), weight)
