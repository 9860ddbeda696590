"""The tests of one child against one base, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rightplace.places.fit import kernel
from rightplace.places.fit.coded import Coded
from rightplace.places.fit.evidence import evidence
from rightplace.places.fit.facts import facts
from rightplace.places.fit.outcome import RESULTS, FitTest, Test
from rightplace.places.travel import law
from rightplace.places.travel.transport import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Every test of one child against one base, and the journey: None where not known."""

    tests: tuple[FitTest, ...]
    km: float | None
    minutes: float | None
    mode: Mode | None
    basis: int

    @property
    def suitable(self) -> bool:
        """Whether no test that bars is not met. Unknown is not no."""
        return not any(test.bars for test in self.tests)


def fit(coded: Coded, child: int, base: int) -> Fit:
    """Test one child against one base, by their rows in the coded frames (:func:`~rightplace.places.fit.coded.code`)."""
    limits = coded.travel.law
    guide = (limits.primary_minutes, limits.secondary_minutes)
    walking = (limits.under_8_km, limits.from_8_km)
    km, minutes = np.empty(1), np.empty(1)
    way, found = np.empty(1, np.int32), np.empty(1, np.int32)
    kernel.tested(
        coded.kids, coded.places, coded.ways, coded.travel.pace, walking, guide, child, np.array([base], np.int32),
        km, minutes, way, found,
    )  # fmt: skip
    mode, basis = divmod(int(way[0]), 4)
    year = int(coded.kids.year_group[child])
    known = facts(
        coded,
        child,
        base,
        km=float(km[0]),
        minutes=float(minutes[0]),
        basis=basis,
        guide=law.guide_minutes(year, limits),
    )
    packed = int(found[0])
    results = (RESULTS[packed >> 2 * int(test) & 3] for test in Test)
    tests = tuple(
        FitTest(test=test, result=result, evidence=evidence(test, result, known))
        for test, result in zip(Test, results, strict=True)
    )
    return Fit(tests=tests, km=known.km, minutes=known.minutes, mode=None if mode < 0 else Mode(mode), basis=basis)
