"""Binomial and Poisson counts by inversion: the smallest count whose cumulative chance reaches ``u``.

One uniform number gives one count, and the count rises with ``u`` and with the rate. So two runs
that share ``u`` and differ a little in the rate differ a little in the count, which is what makes
a scenario comparable with its baseline. Terms are summed exactly by their recurrence, from nought
or, where the mean is large, from nine standard deviations below it (chance below 1e-17).
"""

from __future__ import annotations

import math
from typing import Final

from rightplace.forecast.draws.compiled import typed

_LARGE_MEAN: Final = 60.0
_DEVIATIONS: Final = 9.0
_NEGLIGIBLE: Final = 1e-18


@typed("int64(int64, float64, float64)")
def _rarer(trials: int, chance: float, u: float) -> int:
    mean = trials * chance
    count = 0
    if mean < _LARGE_MEAN:
        term = (1.0 - chance) ** trials
    else:
        count = max(0, int(mean - _DEVIATIONS * math.sqrt(mean * (1.0 - chance))))
        ways = math.lgamma(trials + 1.0) - math.lgamma(count + 1.0) - math.lgamma(trials - count + 1.0)
        term = math.exp(ways + count * math.log(chance) + (trials - count) * math.log1p(-chance))
    odds = chance / (1.0 - chance)
    below = term
    while below < u and count < trials:
        count += 1
        term *= odds * (trials - count + 1) / count
        below += term
        if term < _NEGLIGIBLE and count > mean:
            break
    return count


@typed("int64(int64, float64, float64)")
def binomial(trials: int, chance: float, u: float) -> int:
    """Successes in ``trials`` at ``chance`` each, for the uniform number ``u``."""
    if u <= 1.0 - trials * chance:  # none at all has at least this chance, so most small cells need nothing further
        return 0
    if trials == 1 or chance >= 1.0:
        return trials
    if chance > 0.5:
        return trials - _rarer(trials, 1.0 - chance, 1.0 - u)
    return _rarer(trials, chance, u)


@typed("int64(float64, float64)")
def poisson(mean: float, u: float) -> int:
    """Events where ``mean`` are expected, for the uniform number ``u``."""
    if u <= 1.0 - mean:
        return 0
    count = 0
    term = 0.0
    if mean < _LARGE_MEAN:
        term = math.exp(-mean)
    else:
        count = max(0, int(mean - _DEVIATIONS * math.sqrt(mean)))
        term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1.0))
    below = term
    while below < u:
        count += 1
        term *= mean / count
        below += term
        if term < _NEGLIGIBLE and count > mean:
            break
    return count
