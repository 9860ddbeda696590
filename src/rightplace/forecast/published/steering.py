"""From shares drawn for an authority to the pulls that lead its futures there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.published import shares_ahead, steer
from rightplace.forecast.published.composition_fit import Composition
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.history_cells import BANDS, band_slices
from rightplace.forecast.published.shares_ahead import Known, Shares

Reals = NDArray[np.float64]


def known(history: pl.DataFrame, england: Grounds, january: int) -> dict[str, Known]:
    """The dimensions whose shares can be foretold for an authority, from a January."""
    found = {}
    for part in (england.settings, england.ages):
        if part is not None and (last := shares_ahead.last_known(history, part, january)) is not None:
            found[part.dimension] = last
    return found


def carried(shares: dict[str, Known], january: int, kinds: tuple[str, ...]) -> dict[str, Reals]:
    """Shares carried on to ``january`` where they are not published for it: by kind (K,) or age band (B,)."""
    out = {}
    for dimension, one in shares.items():
        if one.january < january:
            path = shares_ahead.middle(one.counts, one.part, january - one.january)[-1:]
            out[dimension] = _ordered(path[None], one.part, _labels(dimension, kinds))[0, 0]
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """Shares that the futures of an authority come to: of kinds of setting (P in ``parts``) or age bands, in the order of ``labels``."""

    law: Shares
    parts: Composition
    labels: tuple[str, ...]

    def draw(self, first: int, last: int) -> Reals:
        """Shares (futures, years, labels) of futures ``first`` to ``last`` (not included)."""
        return _ordered(self.law.draw(first, last), self.parts, self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What leads the futures of an authority: the shares ``wanted`` by dimension, and the plans and mean rates they start from."""

    wanted: dict[str, Led]
    start: Reals
    rates: steer.Rates

    def draw(self, first: int, last: int, totals: NDArray[np.int64], leaving: Reals) -> tuple[Reals, Reals]:
        """Pulls of kinds (futures, years, K) and of year groups (futures, years, Y) of futures ``first`` to ``last`` (not included),
        whose ``totals`` and multipliers of ``leaving`` are given."""
        none = np.zeros((*totals.shape, 0))
        kinds, bands = (
            self.wanted[name].draw(first, last) if name in self.wanted else none for name in ("setting", "age_band")
        )
        aims = steer.Wanted(totals=totals, kinds=kinds, bands=bands, band=_band_of_groups(), leaving=leaving)
        return steer.pulls(self.start, self.rates, aims)


def lead(
    la_code: str, shares: dict[str, Known], january: int, kinds: tuple[str, ...], start: Reals, rates: steer.Rates, seed: int
) -> Lead:  # fmt: skip
    """What leads an authority, from plans ``start`` (Y, K) in ``january``, to the shares that can be foretold."""
    wanted = {}
    for dimension, one in shares.items():
        law = shares_ahead.law(
            la_code, one.counts, one.part, since=january - one.january, years=len(rates.join), seed=seed
        )
        wanted[dimension] = Led(law=law, parts=one.part, labels=_labels(dimension, kinds))
    return Lead(wanted=wanted, start=start, rates=rates)


def _labels(dimension: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    return kinds if dimension == "setting" else tuple(BANDS)


def _ordered(shares: Reals, part: Composition, labels: tuple[str, ...]) -> Reals:
    """Shares (futures, years, P) in the order of ``labels``, adding up to 1 again."""
    out = np.zeros((*shares.shape[:2], len(labels)))
    for place, label in enumerate(labels):
        if label in part.parts:
            out[:, :, place] = shares[:, :, part.parts.index(label)]
    ordered: Reals = out / np.maximum(out.sum(axis=2, keepdims=True), 1e-12)
    return ordered


def _band_of_groups() -> NDArray[np.int64]:
    slices = band_slices()
    out = np.zeros(slices[-1].stop, dtype=np.int64)
    for place, part in enumerate(slices):
        out[part] = place
    return out
