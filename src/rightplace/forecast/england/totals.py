"""Totals of every authority in England, with the growth they share drawn once: what the back-test scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from rightplace.errors import CancelledByUser, UserError
from rightplace.forecast.published import evidence, totals
from rightplace.forecast.published.evidence import National
from rightplace.forecast.published.growth import Growth
from rightplace.forecast.published.panel import Panel
from rightplace.forecast.summary import QUANTILES
from rightplace.progress import Progress, silent
from rightplace.vocabulary import authority

AREAS: Final = {
    "la_code": pl.String(), "year": pl.Int32(), "mean": pl.Float64(), "p2_5": pl.Float64(),
    "p10": pl.Float64(), "p50": pl.Float64(), "p90": pl.Float64(), "p97_5": pl.Float64(),
}  # fmt: skip
FAILURES: Final = {"la_code": pl.String(), "what": pl.String()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Forecast totals of every authority.

    ``areas``: columns la_code, year, mean, p2_5, p10, p50, p90, p97_5; the first year of an authority is its last
    credible January. ``failures``: la_code and what went wrong. ``growth`` are the constants the totals were drawn with.
    """

    areas: pl.DataFrame
    failures: pl.DataFrame
    growth: Growth


def totals_of_all(
    national: National, *, years: int = 10, futures: int = 1000, seed: int = 1, progress: Progress = silent
) -> Totals:
    """Plans in place in every authority, ``years`` Januaries beyond the last published.

    The totals are those that :func:`rightplace.forecast.run.forecast` gives an area on the same evidence.
    An authority that cannot be forecast is listed with the reason and does not stop the others.

    Raises ``UserError`` where no authority has two Januaries of counts.
    """
    if years < 1 or futures < 1:
        raise UserError("A forecast needs at least one year ahead and one future.", action="Give larger numbers.")
    england, panel = evidence.from_national(national)
    frames, failures = [pl.DataFrame(schema=AREAS)], []
    for done, code in enumerate(national.la_codes, start=1):
        try:
            frames.append(_area(panel, code, england.growth, panel.years[-1] + years, futures, seed))
        except CancelledByUser:
            raise
        except Exception as error:
            failures.append((code, str(error) or type(error).__name__))
        progress(done, len(national.la_codes), "authorities forecast")
    return Totals(
        areas=pl.concat(frames),
        failures=pl.DataFrame(failures, schema=FAILURES, orient="row"),
        growth=england.growth,
    )


def _area(panel: Panel, code: str, growth: Growth, last: int, futures: int, seed: int) -> pl.DataFrame:
    place = totals.standing(panel, code, growth) if code in panel.codes else None
    if place is None:
        name = authority.AUTHORITIES[code].name if code in authority.AUTHORITIES else code
        raise UserError(f"No credible count of plans is published for {name}.")
    drawn = totals.ahead(place, growth, last=last, seed=seed).draw(0, futures)
    whole = np.column_stack([np.full(futures, round(place.plans)), drawn])
    points = np.quantile(whole, QUANTILES, axis=0)
    columns = {"mean": whole.mean(axis=0), **dict(zip(list(AREAS)[3:], points, strict=True))}
    return pl.DataFrame(
        {"la_code": [code] * whole.shape[1], "year": np.arange(place.january, last + 1), **columns}, schema=AREAS
    )
