"""The forecast of one area."""

from __future__ import annotations

import polars as pl

from rightplace.area.record import Area
from rightplace.errors import UserError
from rightplace.forecast import assumption, measures, summary
from rightplace.forecast.assumption import Assumption
from rightplace.forecast.chosen import NOTHING
from rightplace.forecast.cohort.engine import Mode
from rightplace.forecast.people import beside, transitions
from rightplace.forecast.people import route as people
from rightplace.forecast.people.route import Route
from rightplace.forecast.published import evidence
from rightplace.forecast.published import route as counts_route
from rightplace.forecast.published.evidence import National
from rightplace.forecast.result import Forecast
from rightplace.forecast.scenario import stated
from rightplace.forecast.scenario.acting import damped, effects_of
from rightplace.forecast.scenario.description import Scenario
from rightplace.progress import Progress, silent


def forecast(
    area: Area,
    *,
    years: int = 10,
    futures: int = 1000,
    seed: int = 1,
    progress: Progress = silent,
    national: National | None = None,
    scenario: Scenario | None = None,
    mode: Mode = "cohort",
) -> Forecast:
    """The futures of an area's EHC plans, ``years`` Januaries ahead.

    Two consecutive Januaries in the census table give a forecast from what became of each plan;
    else published counts in the history table give one from totals, pooled with ``national`` (every
    authority's counts) or, where that is not given, with the England reference that comes with Rightplace. The same seed
    gives the same numbers.

    A ``scenario`` changes rates from its dates on; all draws stay as they are without it, so two runs with one seed differ
    by the scenario alone; the trends it chooses stand in for those estimated. ``mode`` "individual" follows each person instead of counting them by cell: the same
    distribution, and any future can then be followed person by person.

    Raises ``UserError`` where the area has neither, where a number asked for is not at least 1, or where a scenario
    chooses a trend that the area's evidence has none of.
    """
    if years < 1 or futures < 1:
        raise UserError("A forecast needs at least one year ahead and one future.", action="Give larger numbers.")
    shape = {"years": years, "futures": futures, "seed": seed}
    acting = effects_of(scenario, years=years, seed=seed) if scenario else None
    if area["history"].is_empty() or _has_pair(area):
        counted = transitions.from_census(area["census"])
        pattern = (evidence.from_reference() if national is None else evidence.from_national(national)[0]).pattern
        known = beside.of(area, pattern)
        route = people.forecast(
            counted, area["population"], **shape, progress=progress, effects=acting, mode=mode, beside=known,
            choices=scenario.choices if scenario else NOTHING,
        )  # fmt: skip
        return _result(area, route, scenario)
    england = evidence.from_national(national)[0] if national is not None else evidence.from_reference()
    if scenario and scenario.assumptions:
        england = damped(england, scenario.choices)
    route = counts_route.forecast(
        area.la_code,
        area["history"],
        area["population"],
        england,
        **shape,
        progress=progress,
        effects=acting,
        mode=mode,
    )
    return _result(area, route, scenario)


def _has_pair(area: Area) -> bool:
    years = set(area.census_years())
    return any(year + 1 in years for year in years)


def _result(area: Area, route: Route, scenario: Scenario | None) -> Forecast:
    counted = route.futures.count()
    plans = summary.of_stock(route.futures, route.seed_year, counted)
    inputs = route.futures.inputs
    return Forecast(
        la_code=area.la_code,
        name=area.name,
        summary=plans,
        flows=summary.of_flows(route.futures, route.seed_year, counted),
        history=route.history,
        rates=route.rates,
        assumptions=_assumptions(route, scenario),
        method=route.method,
        futures_total=counted.totals,
        per_1000=measures.per_1000(plans, inputs.paths.residents if inputs else None),
        ages=measures.ages(plans, counted),
        inputs=inputs,
        scenario=scenario.name if scenario else "",
    )


def _assumptions(route: Route, scenario: Scenario | None) -> pl.DataFrame:
    usual = scenario.choices.assumptions(route.assumptions) if scenario else route.assumptions
    return assumption.frame([*usual, *_stated(route, scenario)])


def _stated(route: Route, scenario: Scenario | None) -> list[Assumption]:
    if scenario is None or not scenario.changes:
        return []
    held = Assumption(
        name="Share of cells with changed chances where a chance was held to 1, over all futures and years",
        value=route.futures.held,
        unit="share",
        source="this run",
    )
    return [*stated.assumptions(scenario, route.futures.space, route.rates), held]
