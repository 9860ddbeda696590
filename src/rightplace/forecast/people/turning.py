"""How far the numbers in a kind of setting turn from year to year, and what that does to shares.

Of plans x and x' in a kind in two Januaries, among n and n' in all, the later is Binomial(x + x', p), so far as plans came and
went between them (the log of its chance is divided by their share, the turnover), with

    logit p = log(n' / n) + z,    z ~ s / sqrt((x + x') / 2) x Student's t with 3 degrees of freedom:

places open, and are recorded differently, by amounts that are large, for its size, in a small kind. Over h years s^2 = h yearly^2 +
h^2 held^2: some of a turn goes on and some is of its own year. Degrees of freedom of 2 to 3 fit authorities' counts best; 3 has a variance.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]

FREEDOM: Final = 3.0
LARGEST: Final = 2.0
"""No turn is beyond exp(2): no kind comes to more than about seven times what it would be, or less than a seventh. Nor are pulls of needs."""
_GRID: Final = np.linspace(-5.0, 5.0, 121)
_SCALES: Final = np.arange(0.1, 5.01, 0.05)
_ODD: Final = 10.0


class Turning(NamedTuple):
    """Scale of turns of a kind that one person is in: ``held`` from year to year, and ``yearly``."""

    held: float
    yearly: float

    def times(self, factor: float) -> Turning:
        """The same with every scale multiplied."""
        return Turning(self.held * factor, self.yearly * factor)

    def once_seen(self, years: float) -> Turning:
        """What is not yet known after some years: the held part is seen in them, through the yearly part."""
        blur = self.yearly**2 / max(years, 1e-9)
        held = self.held**2 * blur / max(self.held**2 + blur, 1e-300)
        return Turning(float(np.sqrt(held)), self.yearly)


def scale(before: Reals, after: Reals, all_before: Reals, all_after: Reals, turnover: float = 1.0) -> float:
    """The likeliest s of pairs of counts some years apart; pairs with nobody in either are passed over.

    ``turnover`` is the share of a kind's plans that came or went between the counts: only they are up to chance.
    """
    seen = (before + after > 0) & (all_before > 0) & (all_after > 0)
    x, later, n, all_later = (part[seen] for part in (before, after, all_before, all_after))
    odds = np.log(all_later / n)[:, None] + _GRID
    fits = (later[:, None] * odds - (x + later)[:, None] * np.logaddexp(0.0, odds)) / turnover
    fits = np.exp(fits - fits.max(axis=1, keepdims=True))
    size = np.sqrt(0.5 * (x + later))[:, None]

    def likelihood(s: float) -> float:
        weight = (1.0 + (_GRID * size / s) ** 2 / FREEDOM) ** (-0.5 * (FREEDOM + 1.0))
        weight /= weight.sum(axis=1, keepdims=True)
        return float(np.log((fits * weight).sum(axis=1)).sum())

    rough = max(_SCALES[::8], key=likelihood)
    return float(max(_SCALES[np.abs(_SCALES - rough) < 0.4], key=likelihood))


def of_scales(scales: dict[int, float]) -> Turning:
    """Held and yearly parts from the scales of turns over some years, by least squares on squares; neither is below nought."""
    from scipy.optimize import nnls

    years = np.array(list(scales), dtype=np.float64)
    squares = np.array(list(scales.values())) ** 2
    parts = nnls(np.stack([years**2, years], axis=1), squares)[0]
    return Turning(held=float(np.sqrt(parts[0])), yearly=float(np.sqrt(parts[1])))


def of_start(turns: Reals) -> Reals:
    """Turns z in log odds of ``turns``, s / sqrt(x) x t for x plans at the start, within ``LARGEST``.

    The scale is that of the numbers at both ends, x and x' = x exp(z) (so far as the kind is a small part of all): z sqrt((1 + exp(z)) / 2) = s / sqrt(x) x t.
    """
    z = np.linspace(-LARGEST, LARGEST, 401)
    out: Reals = np.interp(turns, z * np.sqrt(0.5 * (1.0 + np.exp(z))), z)
    return out


def own_factor(seen: Reals, expected: Reals, chance: Reals, variance: Reals, worth: float) -> float:
    """How much more an area's kinds turn than foreseen: a factor of their scales, drawn to 1.

    ``seen`` and ``expected`` (T, K) are plans in each kind after each year, and as many as the pooled rates of all years foresee, with
    variance ``chance``; ``variance`` (K,) is that of the factor that turns put on them. By the prior (seen - expected)^2 T / (T - 1) is
    on average chance + expected^2 variance. Its ratio to that, at most ten in a cell, counts for (T - 1) / T a
    cell against ``worth`` cells at 1. Cells where fewer than one is expected are left out.
    """
    years = len(seen)
    cells = expected >= 1.0
    if years < 2 or not cells.any():
        return 1.0
    foreseen = chance + expected**2 * variance
    ratio = np.minimum((seen - expected) ** 2 * years / (years - 1.0) / foreseen, _ODD)[cells]
    count = cells.sum() * (years - 1.0) / years
    return float(np.sqrt((worth + count * ratio.mean()) / (worth + count)))


def counterweights(shares: Reals, pulls: Reals, rounds: int = 6) -> Reals:
    """Factors (R, K) of rows of shares that keep their mean when every share is pulled and the row scaled to add up to 1.

    ``pulls`` (D, K) are equally likely draws. Found by repeating: factor *= share / mean share.
    """
    factors = np.ones_like(shares)
    for _ in range(rounds):
        weights = shares * factors
        means = weights * ((1.0 / (weights @ pulls.T)) @ pulls) / len(pulls)
        factors *= np.divide(shares, means, out=np.ones_like(shares), where=means > 0)
        factors /= np.maximum((shares * factors).sum(axis=1, keepdims=True), 1e-300)
    return factors
