"""A made-up school, college or other setting, and the whole list of them as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from rightplace.example.kinds import (
    COLLEGE,
    MAINSTREAM,
    NEEDS,
    RESOURCED,
    SPECIALIST_COLLEGE,
    UNIT,
    Flags,
    Floats,
    Ints,
)

INDEPENDENT: Final = 11
"""GIAS type of an independent mainstream school."""
_PLACED: Final = (MAINSTREAM, RESOURCED, UNIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting. ``kind`` is a place in :data:`~rightplace.example.kinds.KINDS`; ``type_code`` is GIAS's.

    It takes people aged ``low`` to ``high - 1`` on 31 August, and 19 where ``high`` is 19. ``size`` is the pupils it
    is planned for. ``urn`` is 0 for a provider that has a UKPRN alone. ``own`` says it stands in the authority.
    """

    urn: int
    ukprn: int
    name: str
    kind: int
    type_code: int
    low: int
    high: int
    size: int
    easting: float
    northing: float
    town: str
    postcode: str
    opened: int
    own: bool = True
    trust: str = ""
    needs: tuple[str, ...] = ()
    resourced: bool = False
    unit: bool = False
    boarding: bool = False
    section_41: bool = False


@dataclass(frozen=True)
class Settings:
    """Every setting of the example, in the order of their places in arrays."""

    rows: tuple[Setting, ...]

    @cached_property
    def kind(self) -> Ints:
        """Kind of each."""
        return np.array([row.kind for row in self.rows], dtype=np.int64)

    @cached_property
    def low(self) -> Ints:
        """Lowest age on 31 August of each."""
        return np.array([row.low for row in self.rows], dtype=np.int64)

    @cached_property
    def high(self) -> Ints:
        """Age at which people leave each."""
        return np.array([row.high for row in self.rows], dtype=np.int64)

    @cached_property
    def size(self) -> Floats:
        """Size of each."""
        return np.array([row.size for row in self.rows], dtype=float)

    @cached_property
    def place(self) -> Floats:
        """Easting and northing, metres, shape (settings, 2)."""
        return np.array([(row.easting, row.northing) for row in self.rows], dtype=float)

    @cached_property
    def registered(self) -> Flags:
        """Whether each has a URN."""
        return np.array([row.urn > 0 for row in self.rows])

    @cached_property
    def meets(self) -> Flags:
        """Whether each is set up for each need, shape (settings, needs); all, for one that names none."""
        return np.array([[not row.needs or str(need) in row.needs for need in NEEDS] for row in self.rows])

    def serves(self, setting: Ints, age: Ints) -> Flags:
        """Whether a setting takes people of an age on 31 August; True where there is no setting (-1)."""
        low, high = self.low[setting], self.high[setting]
        return np.asarray((setting < 0) | ((age >= low) & ((age < high) | ((high == 19) & (age == 19)))))

    def pool(self, kind: int, age: int) -> Ints:
        """Places of the settings that offer a kind of provision to an age on 31 August."""
        stands = self.kind == (MAINSTREAM if kind in _PLACED else kind)
        if kind == RESOURCED:
            stands &= np.array([row.resourced for row in self.rows])
        if kind == UNIT:
            stands &= np.array([row.unit for row in self.rows])
        takes = self.serves(np.arange(len(self.rows)), np.full(len(self.rows), age))
        if not (stands & takes).any():
            # Where nothing of the kind takes the age, the nearest in age of it does: a small area has few schools.
            off = np.maximum(self.low - age, age - self.high + 1)
            takes = off == off[stands].min()
        return np.flatnonzero(stands & takes)


def has_settings(kind: Ints) -> Flags:
    """Whether people of a kind attend a setting of the list, and not an arrangement that has none."""
    return np.asarray(
        ((kind >= MAINSTREAM) & (kind <= COLLEGE)) | (kind == SPECIALIST_COLLEGE),
    )


def share_trusts(count: int, names: Sequence[str], each: int) -> list[str]:
    """A trust's name for each of a number of academies, about ``each`` to a trust."""
    trusts = max(1, round(count / each))
    return [_trust(place % trusts, names) for place in range(count)]


def _trust(place: int, names: Sequence[str]) -> str:
    again = place // len(names)
    return names[place % len(names)] + (f" {again + 1}" if again else "")
