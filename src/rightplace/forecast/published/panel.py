"""Plans in place in every authority, January by January, without the returns that cannot be right, and what led to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.published import credible
from rightplace.vocabulary.authority import AUTHORITIES

Reals = NDArray[np.float64]

FLOWS: Final = ("requests", "new_plans")
"""Measures of a calendar year that a panel holds beside plans, where they are published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Totals of EHC plans: ``counts`` of shape (authorities, Januaries), not-a-number where missing.

    ``doubted`` lists returns taken as missing: authority, January, count. ``flows`` has, for each of ``FLOWS`` that is
    published at all, an array like ``counts`` with the flow of the calendar year before each January.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    counts: Reals
    doubted: tuple[tuple[str, int, float], ...]
    flows: dict[str, Reals] = field(default_factory=dict)

    def until(self, january: int) -> Panel:
        """The panel as it stood at a January, doubts included: nothing later has any part in it."""
        keep = [place for place, year in enumerate(self.years) if year <= january]
        raw = self.counts.copy()
        for code, year, count in self.doubted:
            raw[self.codes.index(code), self.years.index(year)] = count
        flows = {name: flow[:, keep] for name, flow in self.flows.items()}
        return _checked(self.codes, tuple(self.years[place] for place in keep), raw[:, keep], flows)

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

    def per_plan(self, flow: str) -> Reals:
        """A flow of the year before each January per plan in force in it, (authorities, Januaries); NaN where not known."""
        if flow not in self.flows:
            return np.full(self.counts.shape, np.nan)
        ratio: Reals = self.flows[flow] / self.counts
        return ratio


def from_history(history: pl.DataFrame) -> Panel:
    """The panel of a history with ``la_code``: authorities only, Januaries from first to last without a gap."""
    rows = history.filter((pl.col("dimension") == "total") & pl.col("la_code").is_in(list(AUTHORITIES)))
    return of(rows.filter(pl.col("measure") == "plans"), rows.filter(pl.col("measure").is_in(FLOWS)))


def of(totals: pl.DataFrame, flows: pl.DataFrame | None = None) -> Panel:
    """The panel of rows la_code, year, people; ``flows`` has rows la_code, year, measure, people of calendar years."""
    if totals.is_empty():
        return Panel(codes=(), years=(), counts=np.zeros((0, 0)), doubted=())
    codes = sorted(totals["la_code"].unique().to_list())
    seen = totals["year"].unique().to_list()
    years = list(range(min(seen), max(seen) + 1))
    counts = _laid_out(totals, codes, years)
    held = {}
    if flows is not None:
        for name in FLOWS:
            rows = flows.filter(pl.col("measure") == name).with_columns(pl.col("year") + 1)
            if not rows.is_empty():
                held[name] = _laid_out(rows, codes, years)
    return _checked(tuple(codes), tuple(years), counts, held)


def _laid_out(rows: pl.DataFrame, codes: list[str], years: list[int]) -> Reals:
    out = np.full((len(codes), len(years)), np.nan)
    place = {code: at for at, code in enumerate(codes)}
    for code, year, people in rows.select("la_code", "year", "people").iter_rows():
        if code in place and years[0] <= year <= years[-1]:
            out[place[code], year - years[0]] = np.nan if people is None or people <= 0 else people
    return out


def _checked(codes: tuple[str, ...], years: tuple[int, ...], counts: Reals, flows: dict[str, Reals]) -> Panel:
    doubted = []
    for row, code in enumerate(codes):
        for place in credible.doubts(counts[row]):
            doubted.append((code, years[place], float(counts[row, place])))
            counts[row, place] = np.nan
    return Panel(codes=codes, years=years, counts=counts, doubted=tuple(doubted), flows=flows)
