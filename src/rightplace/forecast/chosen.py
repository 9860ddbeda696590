"""Trends that a user chooses in place of the estimated ones: yearly rises of joining and leaving, and how fast they die away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.assumption import Assumption
from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root, uniform
from rightplace.forecast.draws.spread import normal
from rightplace.forecast.local_level import Level
from rightplace.forecast.trend import Law, Trend

Reals = NDArray[np.float64]

JOINING_GROWTH: Final = "joining growth"
LEAVING_GROWTH: Final = "leaving growth"
DAMPING: Final = "damping"
KINDS: Final = (JOINING_GROWTH, LEAVING_GROWTH, DAMPING)
LABELS: Final = {
    JOINING_GROWTH: "Yearly rise in joining now, chosen",
    LEAVING_GROWTH: "Yearly rise in the odds of leaving now, chosen",
    DAMPING: "What is left of the yearly rise a year later, chosen",
}
REPLACED: Final = {
    JOINING_GROWTH: (
        "Yearly rise in joining before the area's own returns are seen",
        "Yearly rise in joining now, with the area's own returns",
    ),
    LEAVING_GROWTH: (),
    DAMPING: ("What is left of that rise a year later", "What is left of England's growth a year later"),
}
"""Assumptions, by name, that a choice stands in for: they no longer hold and are not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One trend chosen as a range, with why and on whose word.

    ``kind`` is one of :data:`KINDS`. ``low`` to ``high`` are shares: of growth a year (0.05 is 5% more each year), or, for damping, of
    last year's rise. In each future a value in the range is drawn evenly.
    """

    kind: str
    low: float
    high: float
    reason: str
    source: str
    owner: str

    def stated(self) -> Assumption:
        """The choice as a row of the assumptions."""
        unit = "share" if self.kind == DAMPING else "share more each year"
        return Assumption(
            name=LABELS[self.kind], value=(self.low + self.high) / 2, low=self.low, high=self.high, unit=unit,
            source=f"{self.source}. {self.reason}", owner=self.owner,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The choices of a scenario, looked up by kind."""

    all: tuple[Chosen, ...] = ()

    def of(self, kind: str) -> Chosen | None:
        """The choice of one kind; None where it is left as it is estimated."""
        return next((one for one in self.all if one.kind == kind), None)

    def damping(self, usual: tuple[float, float]) -> tuple[float, float]:
        """The range of the damping: the chosen one, or the usual."""
        chosen = self.of(DAMPING)
        return (chosen.low, chosen.high) if chosen else usual

    def assumptions(self, usual: list[Assumption]) -> list[Assumption]:
        """The assumptions of a forecast with these choices: without those they stand in for."""
        gone = {name for one in self.all for name in REPLACED[one.kind]}
        return [*(row for row in usual if row.name not in gone), *(one.stated() for one in self.all)]


NOTHING: Final = Choices()


def without_slope(standing: Level) -> Level:
    """The level where its slope is chosen: no more is to be learned of it."""
    return Level(mean=standing.mean * np.array([1.0, 0.0]), covariance=np.diag([standing.covariance[0, 0], 0.0]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steered:
    """The law of ``usual`` with a slope drawn evenly from ``ends`` (logs) in each future, keyed by ``own``, and all else as it was drawn."""

    usual: Trend
    own: np.uint64
    ends: tuple[float, float]

    def draw(self, first: int, last: int) -> Reals:
        """Multipliers of futures ``first`` to ``last`` (not included)."""
        out, usual = self.usual.draw(first, last), self.usual
        _steer(usual.key, self.own, first, usual.mean, usual.spread, *usual.damping, *self.ends, out)
        return out


def steered(usual: Trend, chosen: Chosen | None, *, seed: int, stream: str) -> Law:
    """The law of a trend with the chosen slope, where one is. ``seed`` and ``stream`` are those of the trend."""
    if chosen is None:
        return usual
    ends = (float(np.log1p(chosen.low)), float(np.log1p(chosen.high)))
    return Steered(usual=usual, own=root(seed, f"{stream}.chosen"), ends=ends)


@compiled
def _steer(
    key: np.uint64, own: np.uint64, first: int, mean: Reals, spread: Reals, least: float, most: float, low: float, high: float, out: Reals
) -> None:  # fmt: skip
    """The slope that the trend drew is drawn again from the same addresses, taken out, and the chosen one put in."""
    for future in range(out.shape[0]):
        held = child(child(key, first + future), 0)
        drawn = mean[1] + spread[1, 0] * normal(held, 0) + spread[1, 1] * normal(held, 1)
        damping = least + (most - least) * uniform(held, 4)
        more = low + (high - low) * uniform(child(own, first + future), 0) - drawn
        run = 0.0
        for t in range(out.shape[1]):
            run = damping * (run + 1.0)
            out[future, t] *= np.exp(more * run)
