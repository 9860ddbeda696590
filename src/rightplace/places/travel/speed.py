"""From kilometres to minutes: how fast each way of travelling is, and how roundabout."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rightplace import parameters


class Speeds(NamedTuple):
    """Speeds (km an hour), fixed times (minutes each way) and ratios, read by compiled code too."""

    detour: float
    road_kmh: float
    fixed_minutes: float
    walking_kmh: float
    public_kmh: float
    wait_minutes: float
    minibus_way: float
    taxi_way: float


_NAMES = (
    "detour_factor",
    "road_speed_kmh",
    "journey_fixed_minutes",
    "walking_speed_kmh",
    "public_transport_speed_kmh",
    "public_transport_wait_minutes",
    "minibus_longer_way",
    "shared_taxi_longer_way",
)


def speeds(on: date) -> Speeds:
    """The speeds of the parameters on a day."""
    return Speeds(*(float(parameters.load(name).at(on).value or 0) for name in _NAMES))


def road_minutes(km: float, pace: Speeds) -> float:
    """Minutes by car or taxi, from door to door."""
    return km / pace.road_kmh * 60 + pace.fixed_minutes
