"""What each base would cost for one child, and how the tests come out, for every base at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rightplace.places.choose.choice import Cost
from rightplace.places.choose.prepare import Prepared
from rightplace.places.fit.choosing import every_base
from rightplace.places.fit.outcome import BARS, Test

Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """For one child and every base: minutes, pounds a year (not a number where unknown) and bit sets of tests."""

    minutes: Floats
    place: Floats
    fare: Floats
    fare_low: Floats
    fare_high: Floats
    doubts: Bits
    against: Bits

    @property
    def total(self) -> Floats:
        """Place and transport, pounds a year."""
        return self.place + self.fare

    @property
    def barred(self) -> npt.NDArray[np.bool_]:
        """Whether a barring test is not met."""
        return (self.against & BARS) > 0

    def cost(self, base: int, least: int | None, basis: str) -> Cost:
        """The cost of one base beside that of the cheapest."""
        total = _known(self.total[base])
        beside = None if least is None else _known(self.total[least])
        return Cost(
            place_gbp=_known(self.place[base]),
            place_basis=basis,
            transport_gbp=_known(self.fare[base]),
            transport_low_gbp=_known(self.fare_low[base]),
            transport_high_gbp=_known(self.fare_high[base]),
            total_gbp=total,
            more_than_cheapest_gbp=None if total is None or beside is None else round(total - beside, 2),
        )


def sums(ready: Prepared, child: int) -> Sums:
    """One child against every base."""
    coded, law = ready.coded, ready.coded.travel.law
    found = [
        every_base(
            coded.kids, coded.places, coded.ways, coded.travel.pace, fare, (law.under_8_km, law.from_8_km),
            (law.primary_minutes, law.secondary_minutes), child,
        )
        for fare in (coded.travel.cost, *ready.fares)
    ]  # fmt: skip
    _, minutes, fare, doubts, against = found[0]
    return Sums(
        minutes=minutes,
        place=ready.prices[:, int(coded.kids.need[child])],
        fare=fare,
        fare_low=found[1][2],
        fare_high=found[2][2],
        doubts=doubts,
        against=against,
    )


def cheapest(every: Sums) -> int | None:
    """The base of least known cost that nothing known makes unsuitable or full; None where no cost is known."""
    ruled_out = (every.against & (BARS | Test.PLACES.bit)) > 0
    total = np.where(ruled_out | np.isnan(every.total), np.inf, every.total)
    at = int(total.argmin())
    return at if np.isfinite(total[at]) else None


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 2)
