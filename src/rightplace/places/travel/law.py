"""What the law and guidance say of a journey: the walking distances, and how long is long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from rightplace import parameters

KM_A_MILE: Final = 1.609344
_EIGHT: Final = 4
"""Year group of those who are eight on 31 August."""
_SECONDARY: Final = 7
_FIRST: Final = 0
_LAST: Final = 11
"""Year groups of compulsory school age, near enough: from the term after the fifth birthday to Year 11."""
_LOW_INCOME_FROM: Final = 7


class Eligible(StrEnum):
    """Whether free transport is owed by distance. Need, disability, mobility and an unsafe road are other grounds."""

    YES = "yes"
    LOW_INCOME = "with a low income"
    NOT_BY_DISTANCE = "not by distance alone"
    POLICY = "by the authority's policy"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The distances (kilometres) and guides (minutes) in force on a day."""

    under_8_km: float
    from_8_km: float
    low_income_8_to_10_km: float
    low_income_nearest_km: float
    low_income_farthest_km: float
    primary_minutes: float
    secondary_minutes: float


def limits(on: date) -> Limits:
    """The limits in force on a day (:mod:`rightplace.parameters`, travel to school)."""

    def miles(name: str) -> float:
        return float(parameters.load(name).at(on).value or 0) * KM_A_MILE

    return Limits(
        under_8_km=miles("walking_distance_under_8_miles"),
        from_8_km=miles("walking_distance_from_8_miles"),
        low_income_8_to_10_km=miles("walking_distance_low_income_8_to_10_miles"),
        low_income_nearest_km=miles("low_income_11_to_15_nearest_miles"),
        low_income_farthest_km=miles("low_income_11_to_15_farthest_miles"),
        primary_minutes=float(parameters.load("journey_guide_primary_minutes").at(on).value or 0),
        secondary_minutes=float(parameters.load("journey_guide_secondary_minutes").at(on).value or 0),
    )


def walking_km(year_group: int, law: Limits) -> float:
    """The statutory walking distance in a year group, in kilometres.

    Age is taken on 31 August: in Year 3 the distance becomes three miles on the eighth birthday.
    """
    return law.under_8_km if year_group < _EIGHT else law.from_8_km


def guide_minutes(year_group: int, law: Limits) -> float:
    """How long a journey guidance looks for at most."""
    return law.primary_minutes if year_group < _SECONDARY else law.secondary_minutes


def eligible(km: float | None, year_group: int, law: Limits) -> Eligible:
    """Whether free transport is owed for a distance each way, to the nearest suitable school.

    Over the walking distance it is; with a low income it may be from two miles, from 11 up to six (Schedule 35B). Outside
    compulsory school age it is for the authority's published policy.
    """
    if not _FIRST <= year_group <= _LAST:
        return Eligible.POLICY
    if km is None:
        return Eligible.UNKNOWN
    if km > walking_km(year_group, law):
        return Eligible.YES
    nearest = law.low_income_nearest_km if year_group >= _LOW_INCOME_FROM else law.low_income_8_to_10_km
    within = year_group < _LOW_INCOME_FROM or km <= law.low_income_farthest_km
    if year_group >= _EIGHT and km > nearest and within:
        return Eligible.LOW_INCOME
    return Eligible.NOT_BY_DISTANCE
