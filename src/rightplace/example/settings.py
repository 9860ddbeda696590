"""The made-up authority's schools, colleges and other settings, as many and as large as its people need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from rightplace.example import days, words
from rightplace.example.kinds import (
    ALTERNATIVE,
    COLLEGE,
    MAINSTREAM,
    SPECIAL_INDEPENDENT,
    SPECIAL_NON_MAINTAINED,
    SPECIAL_STATE,
    SPECIALIST_COLLEGE,
    Floats,
)
from rightplace.example.land import CENTRE, Land, residents
from rightplace.example.setting import INDEPENDENT, Setting, Settings, share_trusts
from rightplace.streams import generator

_FIRST_URN: Final = 900_001
_FIRST_UKPRN: Final = 10_990_001
_STATE_SHARE: Final = 0.93
_PRIMARY_SIZE: Final = 288
_SECONDARY_SIZE: Final = 1_040
"""Mean rolls. Source: DfE school census January 2022, 294 and (with small independent schools) 871; rounded up for
state-funded secondary schools alone."""
_PRIMARY_TYPES: Final = ((1, 0.35), (2, 0.15), (3, 0.11), (5, 0.03), (34, 0.25), (28, 0.08), (35, 0.03))
_SECONDARY_TYPES: Final = ((34, 0.5), (28, 0.22), (35, 0.07), (1, 0.1), (2, 0.06), (5, 0.05))
_SPECIAL_TYPES: Final = ((7, 0.5), (44, 0.26), (33, 0.08), (36, 0.08), (12, 0.08))
_ALTERNATIVE_TYPES: Final = ((14, 0.55), (42, 0.25), (43, 0.1), (38, 0.1))
_ACADEMIES: Final = (28, 33, 34, 35, 36, 38, 42, 43, 44)
_LEARNING: Final = ("SLD", "PMLD", "PD", "MSI", "OTH", "ASD")
_AUTISM: Final = ("ASD", "SLCN", "MLD", "OTH")
_SENSORY: Final = ("HI", "VI", "MSI", "PD", "SLCN")
_SPECIAL: Final = (
    (_LEARNING, 3, 19, "School"), (("ASD", "SLCN", "MLD", "SPLD", "SEMH", "OTH", "HI", "VI"), 4, 19, "Academy"),
    (("SEMH", "ASD", "SPLD"), 5, 16, "School"), (_AUTISM, 4, 11, "School"),
    (("MLD", "ASD", "SLCN", "SPLD", "OTH"), 11, 19, "School"), (_AUTISM, 4, 19, "School"), (_LEARNING, 3, 19, "Centre"),
    (("ASD", "SEMH"), 11, 19, "Academy"),
)  # fmt: skip
"""Needs, lowest age, leaving age and last word of the name of state special schools, in the order they are made."""
_INDEPENDENT_SPECIAL: Final = ((("ASD", "SEMH", "SLCN"), 5, 19), (("SEMH",), 8, 17), (("ASD", "SLCN", "MLD"), 5, 19))


@dataclass
class _Maker:
    """Makes settings one after another, each with the next free numbers."""

    land: Land
    draw: np.random.Generator
    rows: list[Setting] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def add(self, kind: int, type_code: int, label: str, ages: tuple[int, int], size: float, **more: object) -> None:
        own = bool(more.pop("own", True))
        place = int(np.searchsorted(self.people, self.draw.random(), side="right"))
        town = self.land.towns[self.land.town[place]]
        easting, northing = self.land.easting[place], self.land.northing[place]
        if not own:
            town, easting, northing = self._beyond()
        name = self._name(label, town)
        self.rows.append(
            Setting(
                urn=_FIRST_URN + len(self.rows), ukprn=_FIRST_UKPRN + len(self.rows), name=name, kind=kind,
                type_code=type_code, low=ages[0], high=ages[1], size=max(4, round(size)),
                easting=round(float(easting + self.draw.normal(0, 150))),
                northing=round(float(northing + self.draw.normal(0, 150))), town=town,
                postcode=str(self.draw.choice(self.land.postcodes[place])) if own else f"ZY{1 + len(self.rows) % 9} 1AA",
                opened=days.of(int(self.draw.integers(1950, 2016)), 9, 1), own=own, **more,  # type: ignore[arg-type]
            )
        )  # fmt: skip

    @cached_property
    def people(self) -> Floats:
        """Children of the neighbourhoods up to each, as a share of all."""
        return np.asarray(np.cumsum(self.land.people_0_17) / self.land.people_0_17.sum())

    @cached_property
    def radius(self) -> float:
        """Metres from the centre to the farthest neighbourhood."""
        return float(np.hypot(self.land.easting - CENTRE[0], self.land.northing - CENTRE[1]).max())

    def _beyond(self) -> tuple[str, float, float]:
        bearing, away = self.draw.uniform(0, 2 * np.pi), 1.2 * self.radius + self.draw.uniform(3_000, 35_000)
        return "Beyond", CENTRE[0] + away * np.cos(bearing), CENTRE[1] + away * np.sin(bearing)

    def _name(self, label: str, town: str) -> str:
        first = str(self.draw.choice(words.STREETS)) if "{street}" in label else town
        name = label.format(street=first, town=town)
        self.names[name] = self.names.get(name, 0) + 1
        return name if self.names[name] == 1 else f"{name}, {town} {self.names[name]}"


def make_settings(plans: int, land: Land, seed: int) -> Settings:
    """Settings for an authority of about ``plans`` plans, in and (for independent and specialist ones) around it."""
    make = _Maker(land, generator(seed, "example.settings"))
    people = residents(plans)
    _primaries(make, people)
    _secondaries(make, people)
    _state_special(make, plans)
    _other_special(make, plans)
    _alternative(make, plans)
    _colleges(make, plans)
    return Settings(_in_trusts(make.rows))


def _primaries(make: _Maker, people: Floats) -> None:
    pupils = people[4:11].sum() * _STATE_SHARE
    count = max(6, round(pupils / _PRIMARY_SIZE))
    bases = _spread(make, count, people, resourced=0.5, unit=0.55)
    for place in range(count):
        make.add(
            MAINSTREAM, _pick(make, _PRIMARY_TYPES), "{street} Primary School", (3 if place % 2 == 0 else 4, 11),
            pupils / count * make.draw.lognormal(-0.12, 0.5), resourced=place in bases[0], unit=place in bases[1],
        )  # fmt: skip
    make.add(MAINSTREAM, INDEPENDENT, "{street} Preparatory School", (3, 11), pupils / count * 0.6)


def _secondaries(make: _Maker, people: Floats) -> None:
    pupils = people[11:16].sum() * _STATE_SHARE
    count = max(3, round(pupils / _SECONDARY_SIZE))
    bases = _spread(make, count, people, resourced=0.5, unit=0.45)
    for place in range(count):
        make.add(
            MAINSTREAM, _pick(make, _SECONDARY_TYPES), "{street} School", (11, 19 if place % 2 == 0 else 16),
            pupils / count * make.draw.lognormal(-0.03, 0.25), resourced=place in bases[0], unit=place in bases[1],
        )  # fmt: skip
    for _ in range(max(1, round(count / 12))):
        make.add(MAINSTREAM, INDEPENDENT, "{street} College", (11, 19), pupils / count * 0.5)


def _spread(make: _Maker, schools: int, people: Floats, *, resourced: float, unit: float) -> tuple[set[int], set[int]]:
    """Which schools have a resourced provision and which a SEN unit: enough for their share of plans, 14 and 12 each."""
    plans = people.sum() * 0.0407
    order = make.draw.permutation(schools)
    bases = max(1, round(plans * 0.025 * resourced / 14))
    units = max(1, round(plans * 0.0145 * unit / 12))
    return set(order[:bases].tolist()), set(order[bases : bases + units].tolist())


def _state_special(make: _Maker, plans: int) -> None:
    count = max(2, round(plans * 0.258 / 135))
    for place in range(count):
        needs, low, high, word = _SPECIAL[place % len(_SPECIAL)]
        if place < 2 and count < 4:
            needs, low = (_LEARNING, 3) if place == 0 else (_SPECIAL[1][0], 3)
        type_code = _pick(make, _SPECIAL_TYPES)
        make.add(SPECIAL_STATE, type_code, f"{{street}} {word}", (low, high), 130, needs=needs)


def _other_special(make: _Maker, plans: int) -> None:
    for place in range(max(1, round(plans * 0.007 / 25))):
        make.add(
            SPECIAL_NON_MAINTAINED, 8, "{street} Hall School", (4, 19), 70, own=place % 2 == 1,
            needs=_SENSORY if place % 2 == 0 else _AUTISM, boarding=True,
        )  # fmt: skip
    for place in range(max(4, round(plans * 0.048 / 11))):
        needs, low, high = _INDEPENDENT_SPECIAL[place % len(_INDEPENDENT_SPECIAL)]
        make.add(
            SPECIAL_INDEPENDENT, 10, "{street} House", (low, high), 12 + 50 * make.draw.beta(1.2, 3), own=place % 5 < 2,
            needs=needs, boarding=place % 4 == 0, section_41=place % 10 < 4,
        )  # fmt: skip


def _alternative(make: _Maker, plans: int) -> None:
    for place in range(max(1, round(plans * 0.007 / 14))):
        ages = (11, 16) if place % 2 else (5, 16)
        make.add(
            ALTERNATIVE, _pick(make, _ALTERNATIVE_TYPES), "{street} Academy of Learning", ages, 55, needs=("SEMH",)
        )


def _colleges(make: _Maker, plans: int) -> None:
    general = max(1, round(plans * 0.117 / 230))
    for place in range(general):
        make.add(COLLEGE, 18, "{town} College", (16, 25), 4_000, own=place % 4 < 3)
    make.add(COLLEGE, 31, "{town} Sixth Form College", (16, 19), 1_500)
    for place in range(max(2, round(plans * 0.016 / 18))):
        make.add(
            SPECIALIST_COLLEGE,
            32,
            "{street} Specialist College",
            (16, 25),
            60,
            own=place % 2 == 0,
            boarding=place % 3 == 0,
        )
    for place in range(max(2, round(plans * 0.0117 / 14))):
        make.add(COLLEGE, 0, words.PROVIDERS[place % len(words.PROVIDERS)], (16, 25), 40)


def _in_trusts(rows: Sequence[Setting]) -> tuple[Setting, ...]:
    academies = [place for place, row in enumerate(rows) if row.type_code in _ACADEMIES]
    trusts = dict(zip(academies, share_trusts(len(academies), words.TRUSTS, 7), strict=True))
    return tuple(
        replace(row, trust=trusts.get(place, ""), urn=row.urn if row.type_code else 0) for place, row in enumerate(rows)
    )


def _pick(make: _Maker, types: Sequence[tuple[int, float]]) -> int:
    weights = np.array([weight for _, weight in types])
    return int(types[int(make.draw.choice(len(types), p=weights / weights.sum()))][0])
