"""What taking a child to a setting costs for a year, by the way of travelling and who shares it."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import Final, NamedTuple

from rightplace import parameters
from rightplace.forecast.draws.compiled import compiled
from rightplace.places.travel.speed import Speeds
from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind


class Mode(IntEnum):
    """Ways of travelling."""

    WALK = 0
    PUBLIC = 1
    MINIBUS = 2
    SHARED_TAXI = 3
    SOLO_TAXI = 4

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS: Final = {
    Mode.WALK: "on foot or with the family",
    Mode.PUBLIC: "public transport",
    Mode.MINIBUS: "shared minibus with an assistant",
    Mode.SHARED_TAXI: "shared taxi",
    Mode.SOLO_TAXI: "taxi alone",
}
_WALK, _PUBLIC, _MINIBUS, _SHARED_TAXI = (
    int(mode) for mode in (Mode.WALK, Mode.PUBLIC, Mode.MINIBUS, Mode.SHARED_TAXI)
)
_SECONDARY: Final = 7
_YOUNG: Final = 3
_FAR_KM: Final = 40.0

BUSED: Final = (
    SettingKind.SPECIAL_STATE,
    SettingKind.RESOURCED_PROVISION,
    SettingKind.SEN_UNIT,
    SettingKind.ALTERNATIVE_PROVISION,
)
"""Kinds of setting that many of an area's children go to, so that a minibus can be filled. An assumption."""
TAXIED: Final = (
    SettingKind.SPECIAL_NON_MAINTAINED,
    SettingKind.SPECIAL_INDEPENDENT,
    SettingKind.SPECIALIST_POST_16,
)
"""Kinds that few go to from one place: by taxi. An assumption."""
CANNOT_WALK: Final = (Need.PMLD, Need.SLD, Need.PD, Need.MSI, Need.VI)
"""Primary needs taken here to mean that a child cannot be expected to walk. An assumption for planning, and no finding."""
WITH_ASSISTANT: Final = (Need.PMLD, Need.SLD, Need.MSI)
"""Primary needs taken here to need a passenger assistant in a taxi. An assumption for planning."""


class Tariff(NamedTuple):
    """Costs of vehicles in pounds, read by compiled code too."""

    days: float
    bus_pass: float
    minibus_day: float
    minibus_km: float
    minibus_children: float
    taxi_day: float
    taxi_km: float
    taxi_children: float
    assistant_day: float


_NAMES: Final = (
    "school_days_a_year", "bus_pass_gbp", "minibus_day_gbp", "minibus_km_gbp", "minibus_children", "taxi_day_gbp",
    "taxi_km_gbp", "shared_taxi_children", "passenger_assistant_day_gbp",
)  # fmt: skip
_DIVIDES: Final = ("minibus_children", "shared_taxi_children")


def tariff(on: date) -> Tariff:
    """The costs of the parameters on a day."""
    return Tariff(*(float(parameters.load(name).at(on).value or 0) for name in _NAMES))


def tariff_range(on: date) -> tuple[Tariff, Tariff]:
    """The cheapest and the dearest that the parameters allow: fewer children in a vehicle cost more."""
    low, high = list[float](), list[float]()
    for name in _NAMES:
        value = parameters.load(name).at(on)
        middle = float(value.value or 0)
        ends = (value.low if value.low is not None else middle, value.high if value.high is not None else middle)
        cheap, dear = (ends[1], ends[0]) if name in _DIVIDES else ends
        low.append(cheap)
        high.append(dear)
    return Tariff(*low), Tariff(*high)


@compiled
def mode_of(km: float, walking_km: float, year_group: int, kind: int, cannot_walk: bool) -> int:  # noqa: FBT001
    """The way a child is taken to travel. ``kind``: 0 a mainstream setting or college, 1 bused, 2 taxied."""
    if km <= walking_km and kind == 0 and not cannot_walk:
        return _WALK
    if kind == 0:
        return _PUBLIC if year_group >= _SECONDARY and not cannot_walk else _SHARED_TAXI
    if kind == 1 and km <= _FAR_KM:
        return _MINIBUS
    return _SHARED_TAXI if km <= _FAR_KM else _SHARED_TAXI + 1


@compiled
def with_assistant(mode: int, year_group: int, needs_one: bool) -> bool:  # noqa: FBT001
    """Whether a passenger assistant is taken to travel along: always in a minibus; in a taxi for some needs and the young."""
    return mode == _MINIBUS or (mode > _MINIBUS and (needs_one or year_group < _YOUNG))


@compiled
def annual_gbp(mode: int, km: float, assistant: bool, cost: Tariff, pace: Speeds) -> float:  # noqa: FBT001
    """Pounds a year for one child: the vehicle's day and mileage (two loaded journeys) by the children who share it."""
    if mode == _WALK:
        return 0.0
    if mode == _PUBLIC:
        return cost.bus_pass
    beside = cost.assistant_day if assistant else 0.0
    if mode == _MINIBUS:
        day = cost.minibus_day + cost.minibus_km * 2 * km * pace.minibus_way + beside
        return cost.days * day / cost.minibus_children
    if mode == _SHARED_TAXI:
        day = cost.taxi_day + cost.taxi_km * 2 * km * pace.taxi_way + beside
        return cost.days * day / cost.taxi_children
    return cost.days * (cost.taxi_day + cost.taxi_km * 2 * km + beside)


@compiled
def minutes_of(mode: int, km: float, road_minutes: float, pace: Speeds) -> float:
    """Minutes each way by a mode, from the minutes by car; more where others are fetched."""
    if mode == _WALK and km / pace.walking_kmh * 60 <= road_minutes:
        return km / pace.walking_kmh * 60
    if mode == _PUBLIC:
        return km / pace.public_kmh * 60 + pace.wait_minutes
    if mode == _MINIBUS:
        return road_minutes * pace.minibus_way
    if mode == _SHARED_TAXI:
        return road_minutes * pace.taxi_way
    return road_minutes
