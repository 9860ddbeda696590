"""How requests move from one year to the next: what is believed of the requests of the year to come.

They rise as joining does, and move about that by as much as they have in every authority's published counts.
``benchmarks/forecast_priors.py`` makes the constants again from the published files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from rightplace.forecast.chosen import Chosen
from rightplace.forecast.local_level import Level


class Moves(NamedTuple):
    """Standard deviations, in logs, of a lasting yearly step of an authority's requests and of noise that passes."""

    step_sd: float
    noise_sd: float


REQUESTS: Final = {
    2019: Moves(0.117, 0.085),
    2020: Moves(0.147, 0.048),
    2021: Moves(0.143, 0.045),
    2022: Moves(0.145, 0.045),
    2023: Moves(0.138, 0.052),
    2024: Moves(0.136, 0.050),
}
"""Requests for an assessment by the last calendar year known, from 2016, the first published, less the middle change of each year. By
:mod:`rightplace.forecast.people.drifts`. Source: DfE, Education, health and care plans (SEN2), reporting year 2025."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rise:
    """The log of next year's requests over last year's: ``mean``, and ``variance`` beyond the chance of small counts."""

    mean: float
    variance: float


def rise(january: int, joining: Level, damping: tuple[float, float], chosen: Chosen | None = None) -> Rise:
    """What is believed of the year after a January from what was counted up to it (before January 2020, from the counts to 2019).

    The rise is that of ``joining``, damped, or the one ``chosen`` for it. Last year's requests have noise of their own, which does not
    last: it counts twice.
    """
    moves = REQUESTS[min(max(january - 1, min(REQUESTS)), max(REQUESTS))]
    slope, doubt = float(joining.mean[1]), float(joining.covariance[1, 1])
    if chosen is not None:
        ends = (float(np.log1p(chosen.low)), float(np.log1p(chosen.high)))
        slope, doubt = 0.5 * (ends[0] + ends[1]), (ends[1] - ends[0]) ** 2 / 12.0
    left = 0.5 * (damping[0] + damping[1])
    return Rise(mean=left * slope, variance=left**2 * doubt + moves.step_sd**2 + 2.0 * moves.noise_sd**2)
