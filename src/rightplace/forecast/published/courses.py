"""The courses of an authority's futures: its totals, leaving, needs, and the pulls that lead to the shares foretold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast import trend
from rightplace.forecast.cohort.model import Paths
from rightplace.forecast.cohort.space import Space
from rightplace.forecast.local_level import Level
from rightplace.forecast.published.steering import Lead
from rightplace.forecast.published.totals import Totals
from rightplace.forecast.trend import Trend, Walks

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Courses:
    """What the paths of an authority are drawn from (:class:`rightplace.forecast.cohort.model.Courses`).

    ``lead`` leads year groups and, where settings are among what it leads, kinds: else these follow ``kinds``.
    """

    futures: int
    totals: Totals
    leaving: Trend
    needs: Walks
    kinds: Walks
    residents: Reals
    lead: Lead | None

    @property
    def years(self) -> int:
        """How many years each future has."""
        return self.totals.years

    def draw(self, first: int, last: int) -> Paths:
        """The paths of futures ``first`` to ``last`` (not included)."""
        totals, leaving = self.totals.draw(first, last), self.leaving.draw(first, last)
        ages, kinds = np.zeros((0, 0, 0)), None
        if self.lead is not None:
            led, ages = self.lead.draw(first, last, totals, leaving)
            kinds = led if "setting" in self.lead.wanted else None
        return Paths(
            joining=np.ones(totals.shape),
            leaving=leaving,
            needs=self.needs.draw(first, last),
            kinds=self.kinds.draw(first, last) if kinds is None else kinds,
            residents=self.residents,
            totals=totals,
            ages=ages,
        )


def of(totals: Totals, space: Space, residents: Reals, lead: Lead | None, *, futures: int, seed: int) -> Courses:
    """The courses of futures with these totals, residents (years, Y) and lead."""
    shape: dict[str, Any] = {"years": totals.years, "seed": seed}
    level = Level(mean=np.zeros(2), covariance=np.zeros((2, 2)))
    return Courses(
        futures=futures,
        totals=totals,
        leaving=trend.paths(level, trend.LEAVING, trend.DAMPING, **shape, stream="forecast.leaving"),
        needs=trend.pulls(space.needs, trend.NEED_PULL, **shape, stream="forecast.needs"),
        kinds=trend.pulls(space.kinds, trend.KIND_PULL, **shape, stream="forecast.kinds"),
        residents=residents,
        lead=lead,
    )
