"""Plans in place in every authority, January by January, without the returns that cannot be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.vocabulary.authority import AUTHORITIES

Reals = NDArray[np.float64]

CREDIBLE_FALL: Final = 0.35
"""A fall of more than this share in one year is not believed, unless later returns bear it out."""
SMALL: Final = 100
"""Below this many plans a fall of any size is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Totals of EHC plans: ``counts`` of shape (authorities, Januaries), not-a-number where missing.

    ``doubted`` lists returns taken as missing: authority, January, count.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    counts: Reals
    doubted: tuple[tuple[str, int, float], ...]

    def until(self, january: int) -> Panel:
        """The panel as it stood at a January, doubts included: nothing later has any part in it."""
        keep = [place for place, year in enumerate(self.years) if year <= january]
        raw = self.counts.copy()
        for code, year, count in self.doubted:
            raw[self.codes.index(code), self.years.index(year)] = count
        return _checked(self.codes, tuple(self.years[place] for place in keep), raw[:, keep])

    def growth(self) -> Reals:
        """Log growth into each January after the first, (authorities, Januaries - 1)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            rise = np.diff(np.log(self.counts), axis=1)
        rise[~np.isfinite(rise)] = np.nan
        return rise

    def england_growth(self) -> Reals:
        """Log growth of England into each January after the first, over authorities counted in both."""
        before, after = self.counts[:, :-1], self.counts[:, 1:]
        both = np.isfinite(before) & np.isfinite(after)
        with np.errstate(divide="ignore", invalid="ignore"):
            rise: Reals = np.log(np.where(both, after, 0.0).sum(axis=0) / np.where(both, before, 0.0).sum(axis=0))
        return rise


def from_history(history: pl.DataFrame) -> Panel:
    """The panel of a history with ``la_code``: authorities only, Januaries from first to last without a gap."""
    totals = history.filter(
        (pl.col("measure") == "plans") & (pl.col("dimension") == "total") & pl.col("la_code").is_in(list(AUTHORITIES))
    )
    return of(totals.select("la_code", "year", "people"))


def of(totals: pl.DataFrame) -> Panel:
    """The panel of rows la_code, year, people."""
    if totals.is_empty():
        return Panel(codes=(), years=(), counts=np.zeros((0, 0)), doubted=())
    codes = sorted(totals["la_code"].unique().to_list())
    seen = totals["year"].unique().to_list()
    years = list(range(min(seen), max(seen) + 1))
    counts = np.full((len(codes), len(years)), np.nan)
    row = {code: place for place, code in enumerate(codes)}
    for code, year, people in totals.select("la_code", "year", "people").iter_rows():
        counts[row[code], year - years[0]] = np.nan if people is None or people <= 0 else people
    return _checked(tuple(codes), tuple(years), counts)


def _checked(codes: tuple[str, ...], years: tuple[int, ...], counts: Reals) -> Panel:
    doubted = []
    for row, code in enumerate(codes):
        for place in _not_credible(counts[row]):
            doubted.append((code, years[place], float(counts[row, place])))
            counts[row, place] = np.nan
    return Panel(codes=codes, years=years, counts=counts, doubted=tuple(doubted))


def _not_credible(series: Reals) -> list[int]:
    """Places of returns that fall too far, and from which the series recovers or which are its last."""
    places = [int(place) for place in np.flatnonzero(np.isfinite(series))]
    doubted: list[int] = []
    standing: int | None = None
    for order, place in enumerate(places):
        if standing is not None and series[standing] >= SMALL:
            floor = series[standing] * (1.0 - CREDIBLE_FALL)
            later = places[order + 1] if order + 1 < len(places) else None
            if series[place] < floor and (later is None or series[later] >= floor):
                doubted.append(place)
                continue
        standing = place
    return doubted
