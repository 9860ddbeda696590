"""The cells that children and places are counted in: locality, phase, primary need and kind of setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.forecast.cohort.space import Space, phase_columns
from rightplace.vocabulary.setting import SettingKind

Whole = npt.NDArray[np.int32]
Reals = npt.NDArray[np.float64]

KINDS: Final = (
    SettingKind.RESOURCED_PROVISION,
    SettingKind.SEN_UNIT,
    SettingKind.SPECIAL_STATE,
    SettingKind.SPECIAL_NON_MAINTAINED,
    SettingKind.SPECIAL_INDEPENDENT,
    SettingKind.ALTERNATIVE_PROVISION,
    SettingKind.SPECIALIST_POST_16,
)
"""Kinds of setting whose places are counted for themselves: those set apart for few. Ordinary classes and colleges have no
number of places for children and young people with EHC plans, and homes none at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """The values of each dimension, in the order of the arrays: (localities, phases, needs, kinds)."""

    localities: tuple[str, ...]
    phases: tuple[str, ...]
    needs: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Each dimension and its values, in the order of the axes."""
        return {"locality": self.localities, "phase": self.phases, "need": self.needs, "setting": self.kinds}

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Shape of an array of cells."""
        return len(self.localities), len(self.phases), len(self.needs), len(self.kinds)


def cells(space: Space, localities: tuple[str, ...]) -> Cells:
    """The cells of a forecast's space, split among localities."""
    return Cells(
        localities=localities,
        phases=tuple(phase_columns()),
        needs=space.needs,
        kinds=tuple(str(kind) for kind in KINDS),
    )


def in_kinds(space: Space) -> Reals:
    """(kinds of the forecast, kinds of :data:`KINDS`): 1 where they are the same."""
    found = np.zeros((len(space.kinds), len(KINDS)))
    for column, kind in enumerate(KINDS):
        if str(kind) in space.kinds:
            found[space.kinds.index(str(kind)), column] = 1.0
    return found


def in_phases() -> Reals:
    """(year groups, phases): 1 where a year group is in a phase."""
    found = np.zeros((sum(len(columns) for columns in phase_columns().values()), len(phase_columns())))
    for place, columns in enumerate(phase_columns().values()):
        found[columns, place] = 1.0
    return found
