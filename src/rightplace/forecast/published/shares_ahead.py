"""Shares of settings, or age bands, of one authority in every future."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.draws.compiled import compiled
from rightplace.forecast.draws.keyed import child, root
from rightplace.forecast.draws.spread import normal, student
from rightplace.forecast.published.composition import UNKNOWN
from rightplace.forecast.published.composition_errors import RARE
from rightplace.forecast.published.composition_fit import Composition, ahead
from rightplace.vocabulary.setting import SettingKind

Reals = NDArray[np.float64]

FARTHEST: Final = 4.0
"""Each year's error is at most this many times its scale."""
OWN: Final = 20.0
"""Plans that England's shares are worth beside an authority's own, so that none is impossible."""
_SHARED_OUT: Final = 0.9
_ROUNDS: Final = 10
_STEEPEST: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An authority's shares as last published: ``january``, plans by part (P,), and England's constants.

    ``doubted`` lists later returns that were passed over, with the share whose setting they do not record.
    """

    part: Composition
    january: int
    counts: Reals
    doubted: tuple[tuple[int, float], ...]


def last_known(history: pl.DataFrame, part: Composition, january: int) -> Known | None:
    """The last January up to ``january`` whose shares an authority publishes and that says where most children are."""
    rows = history.filter(
        (pl.col("measure") == "plans")
        & (pl.col("year") <= january)
        & pl.col("dimension").is_in([part.dimension, "total"])
        & pl.col("people").is_not_null()
    )
    doubted = []
    for year in sorted(rows["year"].unique().to_list(), reverse=True):
        here = rows.filter(pl.col("year") == year)
        known = dict(here.filter(pl.col("dimension") == part.dimension).select("value", "people").iter_rows())
        total = float(here.filter(pl.col("dimension") == "total")["people"].to_numpy().sum())
        counts = np.array([known.get(name, 0.0) for name in part.parts])
        if counts.sum() <= 0 or counts.sum() < _SHARED_OUT * total:
            continue
        if (share := _unknown(counts, part)) > 0:
            doubted.append((int(year), share))
            continue
        return Known(part=part, january=int(year), counts=counts, doubted=tuple(doubted))
    return None


def _unknown(counts: Reals, part: Composition) -> float:
    """The share whose setting a return does not record, where that is most of them and others do record it; else nought."""
    name = SettingKind.NOT_RECORDED.value
    if part.dimension != "setting" or name not in part.parts:
        return 0.0
    share = counts[part.parts.index(name)] / counts.sum()
    return float(share) if share >= UNKNOWN and part.england[part.parts.index(name)] < share / 2.0 else 0.0


def middle(counts: Reals, part: Composition, years: int) -> Reals:
    """The middle of the shares in the January of ``counts`` (P,) and the ``years`` after it, (years + 1, P)."""
    now = counts + OWN * part.england
    own: Reals = counts / counts.sum()
    steps = ahead(now / now.sum(), part.england, part.change, part, years)
    return np.concatenate([own[None], steps])


def draw(
    la_code: str, counts: Reals, part: Composition, *, since: int, years: int, futures: int, seed: int
) -> Reals:  # fmt: skip
    """Shares (futures, years, P) of the Januaries that follow ``since`` Januaries after the one of ``counts``.

    Each part strays from the middle, and one that the authority hardly has from a middle of its own, by errors of its own size, of which a part is left a year later, as a part of a difference
    from England's share is. The parts are made to add up to 1 by lowering, or raising, each in proportion to its
    share and the square of its scale: what is known least gives way most. None is beyond ``most``, but as the rest makes it.
    """
    path = middle(counts, part, since + years)[1:]
    expected = np.maximum(path[0] * counts.sum(), 0.0) + 1.0
    scale = np.sqrt(part.errors[:, 0] ** 2 + part.errors[:, 1] ** 2 / expected)
    rare = counts < RARE
    below, above = (np.where(rare, part.rare[:, side], scale) for side in (1, 2))
    freedom = np.where(rare, part.rare[:, 3], part.errors[:, 2])
    sizes = np.stack([below, above, np.sqrt(part.later) * scale, freedom, part.kept()])
    out = np.empty((futures, since + years, len(part.parts)))
    for place, name in enumerate(part.parts):
        key = root(seed, f"forecast.shares.{part.dimension}", _number(name), _number(la_code))
        _stray(key, sizes[:, place], out[:, :, place])
    out += np.log(np.maximum(path, 1e-12)) + np.where(rare, part.rare[:, 0], 0.0)
    np.minimum(out, np.log(np.maximum(part.most, path)), out=out)
    _add_up(path, np.maximum(below, above) ** 2, out)
    return out[:, since:]


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")


@compiled
def _stray(key: np.uint64, sizes: Reals, out: Reals) -> None:
    below, above, later, freedom, kept = sizes
    for future in range(out.shape[0]):
        height = 0.0
        for t in range(out.shape[1]):
            year = child(child(key, future), t)
            if t == 0:
                drawn = min(max(student(child(year, 0), child(year, 1), freedom), -FARTHEST), FARTHEST)
                height = drawn * (below if drawn < 0.0 else above)
            else:
                height = kept * height + later * normal(child(year, 0), 0)
            out[future, t] = height


@compiled
def _add_up(path: Reals, variance: Reals, out: Reals) -> None:
    """From logs to shares: exp(log - l share x variance), with l such that they add up to 1."""
    parts = out.shape[2]
    weight = np.empty(parts)
    for t in range(out.shape[1]):
        largest = 1e-12
        for p in range(parts):
            weight[p] = path[t, p] * variance[p]
            largest = max(largest, weight[p])
        for p in range(parts):
            weight[p] /= largest
        for future in range(out.shape[0]):
            lower = 0.0
            for _ in range(_ROUNDS):
                total, slope = 0.0, 0.0
                for p in range(parts):
                    share = np.exp(out[future, t, p] - lower * weight[p])
                    total += share
                    slope += share * weight[p]
                move = (total - 1.0) / max(slope, 1e-9)
                lower = min(max(lower + move, -_STEEPEST), _STEEPEST)
                if abs(move) < 1e-6:
                    break
            total = 0.0
            for p in range(parts):
                out[future, t, p] = np.exp(out[future, t, p] - lower * weight[p])
                total += out[future, t, p]
            for p in range(parts):
                out[future, t, p] /= total
