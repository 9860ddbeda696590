"""Every authority in England without and with a scenario, and the difference between the two in each future."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from rightplace.forecast.england import here, tasks
from rightplace.forecast.england.authority import Done
from rightplace.forecast.england.gathered import Gathered
from rightplace.forecast.england.kept import Kept, Nowhere
from rightplace.forecast.england.result import England
from rightplace.forecast.england.run import ready, result
from rightplace.forecast.england.tasks import Spread, Work
from rightplace.forecast.published.evidence import National
from rightplace.forecast.scenario.compare import DIFFERENCE, POINTS
from rightplace.forecast.scenario.description import Scenario
from rightplace.progress import Progress, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Plans with a scenario less plans without it, in the columns of ``scenario.compare.DIFFERENCE``: mean, p10, p50, p90.

    ``areas`` has la_code before them, ``regions`` region and authorities, ``england`` authorities. Differences are taken in each future
    of each authority, added up in each future, and only then summed up: the range is that of the scenario's effect. An authority
    that could be forecast only one way is in none of them.
    """

    areas: pl.DataFrame
    regions: pl.DataFrame
    england: pl.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """England without a scenario, with it, and the difference."""

    without: England
    under: England
    difference: Difference


def compare_all(
    national: National,
    scenario: Scenario,
    *,
    years: int = 10,
    futures: int = 1000,
    seed: int = 1,
    spread: Spread = here.each,
    kept: Kept | None = None,
    progress: Progress = silent,
) -> Compared:
    """:func:`rightplace.forecast.england.run.forecast_all` without and with a scenario, authority by authority, and the difference.

    An authority's two forecasts are asked for one after the other, and let go when both are there: memory is that of the sums and of a
    few authorities. Results of either kind found in ``kept`` are not made again. Raises as ``forecast_all`` does.
    """
    grounds, last_known = ready(national, years, futures, scenario)
    shape: dict[str, Any] = {"last": last_known + years, "futures": futures, "seed": seed}
    pairs = zip(tasks.of(national, **shape), tasks.of(national, **shape, scenario=scenario), strict=True)
    space, span = grounds.pattern.space, (last_known, last_known + years)
    without, under = Gathered(space, *span), Gathered(space, *span)
    gaps = Gathered(space, *span, DIFFERENCE, POINTS)
    work = Work(groups=list(pairs), grounds=grounds, spread=spread, kept=kept or Nowhere(), progress=progress)
    for one, other in work.each():
        without.add(one)
        under.add(other)
        gap = _gap(one, other)
        if gap is not None:
            gaps.add(gap)
    return Compared(
        without=result(without, None),
        under=result(under, scenario),
        difference=Difference(areas=gaps.areas(), regions=gaps.regions(), england=gaps.england()),
    )


def _gap(without: Done, under: Done) -> Done | None:
    """Futures of an authority with the scenario less the same futures without it; None where either could not be made."""
    if without.stock is None or under.stock is None:
        return None
    return replace(under, stock=under.stock - without.stock)
