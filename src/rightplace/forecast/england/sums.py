"""Regions and England: the authorities' futures added up, future by future."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from rightplace.forecast.england.authority import Done
from rightplace.vocabulary.authority import AUTHORITIES

NO_REGION = "No region"


@dataclass(slots=True, kw_only=True)
class Sum:
    """The futures of some authorities added up: ``stock`` (futures, Januaries, margins), and how many were."""

    stock: NDArray[np.int64]
    authorities: int = 0

    def add(self, stock: NDArray[np.int64] | NDArray[np.int32]) -> None:
        """Add an authority's futures."""
        self.stock += stock
        self.authorities += 1


@dataclass(slots=True, kw_only=True)
class Sums:
    """Sums from January ``first`` to ``last``: of all authorities, and of each region that has any.

    Whole numbers, so that neither the order of the authorities nor who worked on them can change a sum.
    """

    first: int
    last: int
    england: Sum | None = None
    regions: dict[str, Sum] = field(default_factory=dict)

    def add(self, done: Done) -> None:
        """Add an authority that was forecast; one that failed is left out."""
        if done.stock is None:
            return
        stock = done.stock[:, self.first - done.january :]
        if self.england is None:
            self.england = Sum(stock=np.zeros(stock.shape, dtype=np.int64))
        known = AUTHORITIES.get(done.la_code)
        region = known.region if known else NO_REGION
        self.regions.setdefault(region, Sum(stock=np.zeros(stock.shape, dtype=np.int64))).add(stock)
        self.england.add(stock)
