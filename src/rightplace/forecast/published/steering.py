"""From shares drawn for an authority to the pulls that lead its futures there."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.published import shares_ahead, steer
from rightplace.forecast.published.composition_fit import Composition
from rightplace.forecast.published.evidence import Grounds
from rightplace.forecast.published.history_cells import BANDS, band_slices
from rightplace.forecast.published.shares_ahead import Known

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


def wanted(
    la_code: str, shares: dict[str, Known], january: int, kinds: tuple[str, ...], totals: NDArray[np.int64],
    leaving: Reals, seed: int,
) -> steer.Wanted:  # fmt: skip
    """What the futures of an authority, from ``january``, are to come to."""
    futures, years = totals.shape
    found = {}
    for dimension in ("setting", "age_band"):
        found[dimension] = np.zeros((futures, years, 0))
        if dimension in shares:
            one = shares[dimension]
            since = january - one.january
            law = shares_ahead.law(la_code, one.counts, one.part, since=since, years=years, seed=seed)
            found[dimension] = _ordered(law.draw(0, futures), one.part, _labels(dimension, kinds))
    return steer.Wanted(
        totals=totals, kinds=found["setting"], bands=found["age_band"], band=_band_of_groups(), leaving=leaving
    )


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
