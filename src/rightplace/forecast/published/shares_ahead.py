"""Shares of settings, or age bands, of one authority in every future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.published import composition_families as families
from rightplace.forecast.published.composition import UNKNOWN
from rightplace.forecast.published.composition_fit import Composition, ahead
from rightplace.forecast.published.shares_level import Level, level
from rightplace.vocabulary.setting import SettingKind

Reals = NDArray[np.float64]

OWN: Final = 20.0
"""Plans that England's shares are worth beside an authority's own, so that none is impossible."""
_SHARED_OUT: Final = 0.9


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The law of shares (futures, years, P) of the Januaries that follow ``since`` Januaries after the last that is known.

    ``whole`` is of the parts, or, where they are of families, of the families; ``within`` has, for each family, the places of its parts and
    the law of their shares of it, none for a part alone.
    """

    since: int
    whole: Level
    within: tuple[tuple[list[int], Level | None], ...] = ()

    def draw(self, first: int, last: int) -> Reals:
        """Shares of futures ``first`` to ``last`` (not included)."""
        whole = self.whole.draw(first, last)
        if not self.within:
            return whole[:, self.since :]
        out = np.empty((*whole.shape[:2], sum(len(places) for places, _ in self.within)))
        for family, (places, inside) in enumerate(self.within):
            here = whole[:, :, family, None]
            out[:, :, places] = here if inside is None else here * inside.draw(first, last)
        return out[:, self.since :]


def law(la_code: str, counts: Reals, part: Composition, *, since: int, years: int, seed: int) -> Shares:
    """The law of the shares of the ``years`` that follow ``since`` Januaries after the one of ``counts``.

    Each part strays from the middle, and one that the authority hardly has from a middle of its own, by errors of its own size, of which a part is left a year later, as a part of a difference
    from England's share is. The parts are made to add up to 1 by lowering, or raising, each in proportion to its
    share and the square of its scale: what is known least gives way most. None is beyond ``most``, but as the rest makes it.
    Where parts are of families, so are the families, and then the parts of each.
    """
    path = middle(counts, part, since + years)[1:]
    plans = float(counts.sum())
    if part.families is None:
        return Shares(since=since, whole=level(la_code, part, path, plans, counts, part.most, seed, held=False))
    _, member = families.members(part.family)
    by_family, of_families = path @ member, part.families
    whole = level(la_code, of_families, by_family, plans, counts @ member, of_families.most, seed, held=True)
    within: list[tuple[list[int], Level | None]] = []
    for family in range(member.shape[1]):
        places = [int(place) for place in np.flatnonzero(member[:, family])]
        found = None
        if len(places) > 1:
            here = np.maximum(by_family[:, family, None], 1e-12)
            few, most = part.only(places), part.most[places] / here
            found = level(
                la_code, few, path[:, places] / here, plans * float(here[0, 0]), counts[places], most, seed, held=True
            )
        within.append((places, found))
    return Shares(since=since, whole=whole, within=tuple(within))
