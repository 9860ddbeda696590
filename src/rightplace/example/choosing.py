"""Which school or college a person goes to: near, large enough to have places, and set up for the need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from rightplace.example.kinds import (
    ALTERNATIVE,
    COLLEGE,
    MAINSTREAM,
    RESOURCED,
    SPECIAL_INDEPENDENT,
    SPECIAL_NON_MAINTAINED,
    SPECIAL_STATE,
    SPECIALIST_COLLEGE,
    UNIT,
    Floats,
    Ints,
)
from rightplace.example.setting import Settings, has_settings

_METRES: Final = {
    MAINSTREAM: 1_500.0, RESOURCED: 6_000.0, UNIT: 6_000.0, SPECIAL_STATE: 8_000.0, SPECIAL_NON_MAINTAINED: 30_000.0,
    SPECIAL_INDEPENDENT: 25_000.0, ALTERNATIVE: 8_000.0, COLLEGE: 9_000.0, SPECIALIST_COLLEGE: 25_000.0,
}  # fmt: skip
"""How far people go: the distance at which a setting is chosen 2.7 times less than one next door. Assumed."""
_SECONDARY_METRES: Final = 3_000.0
_UNSUITED: Final = 0.03
_NEAREST: Final = 24
_GROUPS: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Chooser:
    """Chooses settings for people who live in neighbourhoods at ``homes`` (metres, shape (neighbourhoods, 2))."""

    settings: Settings
    homes: Floats

    def choose(self, draw: np.random.Generator, kind: Ints, age: Ints, need: Ints, home: Ints) -> Ints:
        """A setting for each person: its place in the list, or -1 for a kind that has no settings.

        ``age`` is on 31 August before the place starts.
        """
        out = np.full(len(kind), -1, dtype=np.int64)
        luck = draw.random(len(kind))
        special = np.isin(kind, (SPECIAL_STATE, SPECIAL_NON_MAINTAINED, SPECIAL_INDEPENDENT, ALTERNATIVE))
        group = (kind * _GROUPS + np.clip(age, 0, _GROUPS - 1)) * _GROUPS + np.where(special, need, 0)
        for key in np.unique(group[has_settings(kind)]):
            who = np.flatnonzero(group == key)
            out[who] = self._group(
                int(key) // _GROUPS**2, int(key) // _GROUPS % _GROUPS, need[who], home[who], luck[who]
            )
        return out

    def _group(self, kind: int, age: int, need: Ints, home: Ints, luck: Floats) -> Ints:
        pool = self.settings.pool(kind, age)
        near = min(_NEAREST, len(pool))
        away, which = cKDTree(self.settings.place[pool]).query(self.homes[home], k=near)
        away, which = np.reshape(away, (len(home), near)), np.reshape(which, (len(home), near))
        reach = _SECONDARY_METRES if kind == MAINSTREAM and age >= 11 else _METRES[kind]
        weight = self.settings.size[pool][which] * np.exp(-np.minimum(away / reach, 60.0))
        weight *= np.where(self.settings.meets[pool[which], need[:, None]], 1.0, _UNSUITED)
        chance = np.cumsum(weight, axis=1) / weight.sum(axis=1, keepdims=True)
        return np.asarray(pool[which[np.arange(len(home)), (chance < luck[:, None]).sum(axis=1)]])
