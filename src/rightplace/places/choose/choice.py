"""What is shown to the person who decides: options with every test, its evidence and its doubt."""

from __future__ import annotations

from dataclasses import dataclass

from rightplace.casework.placement import TestOutcome
from rightplace.casework.terms import RightsHolder
from rightplace.places.fit.outcome import FitTest
from rightplace.places.travel.law import Eligible
from rightplace.places.travel.transport import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """The way to a setting: kilometres and minutes each way, None where not known, and what the distance rests on."""

    km: float | None
    minutes: float | None
    rests_on: str
    mode: Mode | None
    assistant: bool
    eligible: Eligible


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Public cost in pounds a year: None where not known. Transport is an estimate with a range.

    ``more_than_cheapest_gbp`` is this option's cost beyond that of the cheapest option with nothing known against its
    suitability or its having a place.
    """

    place_gbp: float | None
    place_basis: str
    transport_gbp: float | None
    transport_low_gbp: float | None
    transport_high_gbp: float | None
    total_gbp: float | None
    more_than_cheapest_gbp: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What becomes of a setting's pupils, compared fairly, with its 95% range."""

    measure: str
    academic_year: int
    value: float
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToShow:
    """What an officer would have to show to refuse a preference on one ground, and what the record says of it."""

    ground: str
    must_show: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One base for one child. ``preference`` is the family's rank; ``suitable``: nothing known rules it out.

    ``law`` and ``to_refuse`` are there for the settings the family asks for.
    """

    setting_id: str
    base: str
    name: str
    setting_kind: str
    status: str
    preference: int | None
    now: bool
    suitable: bool
    tests: tuple[FitTest, ...]
    journey: Journey
    cost: Cost
    outcomes: tuple[Outcome, ...]
    law: tuple[TestOutcome, ...]
    to_refuse: tuple[ToShow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """What the record says of the child or young person; None or empty is not recorded."""

    person_id: str
    year_group: int
    need: str
    second_need: str | None
    provision: tuple[str, ...]
    now: str | None
    why: str
    decided_for: RightsHolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A child's options for a September, the family's preferences first. Nothing is decided here.

    ``cheapest`` names the option that others' cost is set against, None where no cost is known. ``not_found`` are
    preferences for settings that the register does not hold. ``if_not_named`` are the tests of law where no setting is
    asked for, or the one asked for is refused. ``left_out`` is how many bases each barring test keeps off the list.
    """

    child: Child
    september: int
    options: tuple[Option, ...]
    cheapest: str | None
    not_found: tuple[str, ...]
    missing: tuple[str, ...]
    doubts: tuple[str, ...]
    if_not_named: tuple[TestOutcome, ...]
    left_out: dict[str, int]
    bases: int
