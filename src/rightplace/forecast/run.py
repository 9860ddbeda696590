"""The forecast of one area."""

from __future__ import annotations

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast import assumption, summary
from rightplace.forecast.people import route as people
from rightplace.forecast.people import transitions
from rightplace.forecast.people.route import Route
from rightplace.forecast.published import evidence
from rightplace.forecast.published import route as counts_route
from rightplace.forecast.published.evidence import National
from rightplace.forecast.result import Forecast
from rightplace.progress import Progress, silent


def forecast(
    area: Area,
    *,
    years: int = 10,
    futures: int = 1000,
    seed: int = 1,
    progress: Progress = silent,
    national: National | None = None,
) -> Forecast:
    """The futures of an area's EHC plans, ``years`` Januaries ahead.

    Two consecutive Januaries in the census table give a forecast from what became of each plan;
    else published counts in the history table give one from totals, pooled with ``national`` (every
    authority's counts) or, where that is not given, with the England reference that comes with Rightplace. The same seed
    gives the same numbers.

    Raises ``UserError`` where the area has neither, or where a number asked for is not at least 1.
    """
    if years < 1 or futures < 1:
        raise UserError("A forecast needs at least one year ahead and one future.", action="Give larger numbers.")
    shape = {"years": years, "futures": futures, "seed": seed}
    if area["history"].is_empty() or _has_pair(area):
        counted = transitions.from_census(area["census"])
        return _result(area, people.forecast(counted, area["population"], **shape, progress=progress))
    england = evidence.from_national(national)[0] if national is not None else evidence.from_reference()
    route = counts_route.forecast(
        area.la_code, area["history"], area["population"], england, **shape, progress=progress
    )
    return _result(area, route)


def _has_pair(area: Area) -> bool:
    years = set(area.census_years())
    return any(year + 1 in years for year in years)


def _result(area: Area, route: Route) -> Forecast:
    return Forecast(
        la_code=area.la_code,
        name=area.name,
        summary=summary.of_stock(route.futures, route.seed_year),
        flows=summary.of_flows(route.futures, route.seed_year),
        history=route.history,
        rates=route.rates,
        assumptions=assumption.frame(route.assumptions),
        method=route.method,
        futures_total=route.futures.totals,
    )
