"""One January to forecast from: what was known then, what every method made of it, and what came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from rightplace.forecast.backtest.ranges import QUANTILES, Ranged
from rightplace.forecast.backtest.result import OURS
from rightplace.forecast.backtest.rivals import RIVALS
from rightplace.forecast.backtest.scores import POINTS
from rightplace.forecast.backtest.sizes import SIZES, places
from rightplace.forecast.england.totals import totals_of_all
from rightplace.forecast.published import evidence, panel
from rightplace.forecast.published.panel import Panel
from rightplace.progress import Progress, silent
from rightplace.vocabulary import authority

Reals = NDArray[np.float64]

TOTAL: Final = "total"


class National(evidence.National, Protocol):
    """Published statistics of every authority up to a January."""

    @property
    def last_january(self) -> int:
        """The last January with plans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """All that was known of every authority in a January; ``past`` are the totals in it, without those not believed."""

    january: int
    national: National
    past: Panel

    def counts(self, codes: tuple[str, ...]) -> Reals:
        """Plans in this January of other codes, (codes,); NaN where there is no credible count under that code."""
        own = dict(zip(self.past.codes, self.past.counts[:, -1], strict=True))
        return np.array([own.get(code, np.nan) for code in codes])


def of(national: National) -> Origin:
    """The last January of published statistics, as a January to forecast from."""
    past = panel.from_history(national.history.filter(pl.col("la_code").is_in(list(national.la_codes))))
    return Origin(january=national.last_january, national=national, past=past)


def forecasts(
    origin: Origin,
    truth: Reals,
    rivals: Mapping[str, Ranged],
    *,
    futures: int,
    seed: int,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Every method's forecasts of the next Januaries, beside their ``truth`` (authorities, years).

    A row for each authority, year and method, with the columns of ``Backtest.scores`` up to the quantiles. An authority has rows
    where the truth and the number of every method of our own making are known, so that these are scored on the same; a
    library's has rows where it could fit a model as well.
    """
    years = truth.shape[1]
    made = {OURS: _ours(origin, years, futures, seed, progress)}
    made |= {name: rival(origin.past, years) for name, rival in rivals.items()}
    middle = len(QUANTILES) // 2
    able = np.isfinite(truth) & np.isfinite(origin.past.counts[:, -1])[:, None]
    for name in (OURS, *RIVALS):
        able &= np.isfinite(made[name][middle])
    return pl.concat(
        [_rows(origin, name, found, truth, able & np.isfinite(found[middle])) for name, found in made.items()]
    )


def _ours(origin: Origin, years: int, futures: int, seed: int, progress: Progress) -> Reals:
    """Quantiles that ``forecast --all`` gives, (quantiles, authorities, years)."""
    found = totals_of_all(origin.national, years=years, futures=futures, seed=seed, progress=progress).areas
    ahead = found.filter(pl.col("year") > origin.january)
    out = np.full((len(QUANTILES), len(origin.past.codes), years), np.nan)
    row = {code: place for place, code in enumerate(origin.past.codes)}
    known = ahead.filter(pl.col("la_code").is_in(list(row)))
    at = known["la_code"].replace_strict(row, return_dtype=pl.Int64).to_numpy()
    out[:, at, known["year"].to_numpy() - origin.january - 1] = known.select(POINTS).to_numpy().T
    return out


def _rows(origin: Origin, method: str, quantiles: Reals, truth: Reals, able: NDArray[np.bool_]) -> pl.DataFrame:
    area, year = np.nonzero(able)
    codes = np.array(origin.past.codes)[area]
    now = origin.past.counts[area, -1]
    points = {name: pl.Series(quantiles[place, area, year], nan_to_null=True) for place, name in enumerate(POINTS)}
    return pl.DataFrame(
        {
            "la_code": codes,
            "area": [authority.name(code) for code in codes],
            "origin": np.full(len(area), origin.january),
            "target": origin.january + 1 + year,
            "horizon": year + 1,
            "dimension": [TOTAL] * len(area),
            "value": [TOTAL] * len(area),
            "method": [method] * len(area),
            "size": np.array(SIZES)[places(now)],
            "now": now,
            "truth": truth[area, year],
            **points,
        }
    )
