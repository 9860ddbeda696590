"""What is believed of an area before its own returns are seen, from every authority's published counts known by then.

``benchmarks/forecast_priors.py`` makes the constants again from the published files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rightplace.forecast import trend
from rightplace.forecast.local_level import Drift
from rightplace.forecast.people.turning import Turning

SOURCE: Final = "DfE, Education, health and care plans (SEN2), reporting years 2022 and 2025"

JOINING: Final = {
    2012: Drift(slope=0.042, slope_sd=0.048, step_sd=0.117, noise_sd=0.083),
    2013: Drift(slope=0.029, slope_sd=0.062, step_sd=0.088, noise_sd=0.101),
    2014: Drift(slope=0.016, slope_sd=0.058, step_sd=0.146, noise_sd=0.076),
    2015: Drift(slope=0.022, slope_sd=0.050, step_sd=0.172, noise_sd=0.085),
    2016: Drift(slope=0.028, slope_sd=0.072, step_sd=0.154, noise_sd=0.113),
    2017: Drift(slope=0.035, slope_sd=0.095, step_sd=0.168, noise_sd=0.110),
    2018: Drift(slope=0.042, slope_sd=0.105, step_sd=0.175, noise_sd=0.113),
    2019: Drift(slope=0.050, slope_sd=0.098, step_sd=0.184, noise_sd=0.103),
    2020: Drift(slope=0.059, slope_sd=0.093, step_sd=0.181, noise_sd=0.104),
    2021: Drift(slope=0.050, slope_sd=0.091, step_sd=0.174, noise_sd=0.107),
    2022: Drift(slope=0.059, slope_sd=0.083, step_sd=0.180, noise_sd=0.104),
    2023: Drift(slope=0.064, slope_sd=0.096, step_sd=0.178, noise_sd=0.111),
    2024: Drift(slope=0.070, slope_sd=0.093, step_sd=0.177, noise_sd=0.112),
}  # fmt: skip
"""Joining by the last calendar year of new plans (and statements) known, from 2009: England's middle yearly growth, and how single
years and areas differ from it; lasting steps and passing noise of authorities. By :mod:`rightplace.forecast.people.drifts`."""

TURNING: Final = {
    2012: Turning(0.16, 1.12),
    2013: Turning(0.00, 1.16),
    2014: Turning(0.23, 1.14),
    2015: Turning(0.00, 1.36),
    2016: Turning(0.00, 1.57),
    2017: Turning(0.00, 1.87),
    2018: Turning(0.70, 1.76),
    2019: Turning(0.56, 1.89),
    2020: Turning(0.69, 1.92),
    2021: Turning(0.74, 1.79),
    2022: Turning(0.74, 1.79),
    2023: Turning(0.61, 1.92),
    2024: Turning(0.66, 1.88),
}  # fmt: skip
"""Turns of kinds of setting among plans in place in the January after a calendar year, from 2010; no pair of Januaries across that of 2023,
when the way of counting changed. By :mod:`rightplace.forecast.people.turning`."""

LEAVING: Final = {
    2013: Drift(slope=-0.010, slope_sd=0.041, step_sd=0.085, noise_sd=0.142),
    2014: Drift(slope=-0.022, slope_sd=0.047, step_sd=0.144, noise_sd=0.129),
    2015: Drift(slope=-0.034, slope_sd=0.091, step_sd=0.178, noise_sd=0.151),
    2016: Drift(slope=-0.052, slope_sd=0.170, step_sd=0.184, noise_sd=0.165),
    2017: Drift(slope=-0.034, slope_sd=0.183, step_sd=0.201, noise_sd=0.175),
    2018: Drift(slope=-0.052, slope_sd=0.166, step_sd=0.198, noise_sd=0.204),
    2019: Drift(slope=-0.034, slope_sd=0.165, step_sd=0.212, noise_sd=0.224),
    2020: Drift(slope=-0.052, slope_sd=0.159, step_sd=0.235, noise_sd=0.245),
    2021: Drift(slope=-0.070, slope_sd=0.136, step_sd=0.216, noise_sd=0.282),
}  # fmt: skip
"""Leaving, the same, before ceased plans were published: January counts and new plans between them, from 2010. Moves between authorities
are in the noise."""
_CEASED: Final = 2022

TURNING_WORTH: Final = 22.0
"""Worth of the prior turns, in kinds and years of an area's own. Squares of turns over what is foreseen of them, at most ten, vary by
2.46 from cell to cell and by 0.11 from authority to authority (what those of every second year, and of the years between, have in
common), in 153 authorities' plans by setting of January 2016 to 2025."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """Drifts of joining and of the odds of leaving, turns of kinds, and the last calendar year of new plans they rest on."""

    joining: Drift
    leaving: Drift
    turning: Turning
    known_to: int


def known_by(january: int) -> Priors:
    """The priors from what was counted up to a January."""
    year = min(max(january - 1, min(JOINING)), max(JOINING))
    joining = trend.JOINING if year == max(JOINING) else JOINING[year]
    leaving = trend.LEAVING if year >= _CEASED else LEAVING[max(year, min(LEAVING))]
    return Priors(joining=joining, leaving=leaving, turning=TURNING[year], known_to=year)
