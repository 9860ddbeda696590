"""What was used beside the January returns, and what was not there to be used, as assumptions."""

from __future__ import annotations

from typing import Final

import numpy as np

from rightplace.forecast import trend
from rightplace.forecast.assumption import DATA, Assumption
from rightplace.forecast.people import asked
from rightplace.forecast.people.fitted import Fitted
from rightplace.forecast.people.funnel import Funnel

OPEN_NOW: Final = "Requests open at the last census day"
LAST_YEAR: Final = "Requests received in the year before it"
TIME_HELD: Final = "Time held: lowest to highest factor on leaving, followed for three years"
ENGLAND: Final = "England's pattern of leaving and joining by age"
"""Names of assumptions that say what was there to be used."""


def assumptions(fitted: Fitted) -> list[Assumption]:
    """One or more rows each for the funnel, transfers, time held, earlier years and England's pattern."""
    return [
        *(_funnel(fitted.funnel, fitted) if fitted.funnel else [_without("Requests and assessments", "next year's joiners come from past joiners alone", "fewer than two years of dated requests")]),
        *(_transfers(fitted) if fitted.moved_area else [_without("Plans moved between areas", "they are among joiners and leavers", "no plan says that it was transferred")]),
        *(_held(fitted) if fitted.held else [_without("Time held", "leaving does not depend on it", "start dates of plans are not known for four fifths of them")]),
        *(_longer(fitted) if fitted.longer else [_without("Published new plans of years before the returns", "the trend of joining rests on the returns", "none published for the year before the first return")]),
        Assumption(
            name=ENGLAND, value=float(fitted.england), unit="used (1) or not (0)",
            source="cells are drawn to it by as many people as make the area's counts likeliest" if fitted.england else "not given, or later than the last return",
        ),
    ]  # fmt: skip


def _without(what: str, then: str, why: str) -> Assumption:
    return Assumption(name=f"{what}: not used, so {then}", value=None, unit="", source=why, owner=DATA)


def _funnel(funnel: Funnel, fitted: Fitted) -> list[Assumption]:
    rise = asked.rise(fitted.seed_year, fitted.joining, trend.DAMPING)
    mean, variance = funnel.joiners(fitted.prior.joining, rise)
    reach = 1.96 * variance**0.5
    source = "requests and assessments tables"
    rows = (
        (OPEN_NOW, funnel.open_now, "requests"),
        (LAST_YEAR, funnel.last_year, "requests"),
        ("Share of open requests that have a plan a year later", funnel.of_open[0] / max(funnel.of_open[1], 1.0), "share"),
        ("Share of a year's requests that have a plan by the next census day", funnel.of_new[0] / max(funnel.of_new[1], 1.0), "share"),
        ("Joiners a year with no request recorded", funnel.other, "plans"),
        ("Requests of the next year over last year's, middle", float(np.exp(rise.mean)), "times"),
    )  # fmt: skip
    return [
        *(Assumption(name=name, value=value, unit=unit, source=source, owner=DATA) for name, value, unit in rows),
        Assumption(
            name="Joiners of the first year by requests alone", value=mean, low=max(mean - reach, 0.0), high=mean + reach,
            unit="plans", source="weighed with the trend of joining by how sure each is", owner=DATA,
        ),
    ]  # fmt: skip


def _transfers(fitted: Fitted) -> list[Assumption]:
    moved = fitted.moved_area
    assert moved is not None  # noqa: S101
    source = "transferred from, and reason ceased, in the plans table"
    return [
        Assumption(name="Share of joiners whose plan comes from another area, held without a rise", value=moved.share_of_last(), unit="share", source=source, owner=DATA),
        Assumption(name="Share of leavers whose plan goes to another area or country", value=float(moved.went.sum() / max(moved.left.sum(), 1.0)), unit="share", source=source, owner=DATA),
    ]  # fmt: skip


def _held(fitted: Fitted) -> list[Assumption]:
    held = fitted.held
    assert held is not None  # noqa: S101
    return [
        Assumption(
            name=TIME_HELD, value=1.0,
            low=float(held.factor.min()), high=float(held.factor.max()), unit="times", source="start dates of plans", owner=DATA,
        )
    ]  # fmt: skip


def _longer(fitted: Fitted) -> list[Assumption]:
    longer = fitted.longer
    assert longer is not None  # noqa: S101
    years = f"{longer.years[0]} to {longer.years[-1]}"
    return [
        Assumption(name=f"Published new plans of {years} used for the trend of joining: joiners for each", value=longer.ratio, unit="joiners", source="history table", owner=DATA)
    ]  # fmt: skip
