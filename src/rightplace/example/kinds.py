"""The states a made-up life moves through: needs, kinds of setting and ages, in the order arrays hold them."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from rightplace.vocabulary.need import Need
from rightplace.vocabulary.setting import SettingKind

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEEDS: Final[tuple[Need, ...]] = (
    Need.SPLD, Need.MLD, Need.SLD, Need.PMLD, Need.SEMH, Need.SLCN,
    Need.HI, Need.VI, Need.MSI, Need.PD, Need.ASD, Need.OTH,
)  # fmt: skip
"""Needs that published tables count. Down syndrome is inside "other" there, and set apart when a return is written."""

KINDS: Final[tuple[SettingKind, ...]] = (
    SettingKind.EARLY_YEARS, SettingKind.MAINSTREAM, SettingKind.RESOURCED_PROVISION, SettingKind.SEN_UNIT,
    SettingKind.SPECIAL_STATE, SettingKind.SPECIAL_NON_MAINTAINED, SettingKind.SPECIAL_INDEPENDENT,
    SettingKind.ALTERNATIVE_PROVISION, SettingKind.FURTHER_EDUCATION, SettingKind.SPECIALIST_POST_16,
    SettingKind.HOME_EDUCATION, SettingKind.OTHERWISE_THAN_AT_SCHOOL, SettingKind.NOT_IN_EDUCATION, SettingKind.OTHER,
)  # fmt: skip
"""Kinds of setting a life can be in."""

(
    EARLY_YEARS, MAINSTREAM, RESOURCED, UNIT, SPECIAL_STATE, SPECIAL_NON_MAINTAINED, SPECIAL_INDEPENDENT,
    ALTERNATIVE, COLLEGE, SPECIALIST_COLLEGE, HOME, OTHERWISE, NOT_IN_EDUCATION, OTHER,
) = range(len(KINDS))  # fmt: skip

FIRST_AGE: Final = 2
LAST_AGE: Final = 24
AGES: Final = np.arange(FIRST_AGE, LAST_AGE + 1)
"""Ages on 31 August that a plan can be held at. Plans held before the age of two are counted at two."""

ALLOWED: Final[dict[int, tuple[int, int]]] = {
    EARLY_YEARS: (2, 4), MAINSTREAM: (2, 19), RESOURCED: (3, 18), UNIT: (3, 18), SPECIAL_STATE: (2, 19),
    SPECIAL_NON_MAINTAINED: (4, 19), SPECIAL_INDEPENDENT: (4, 19), ALTERNATIVE: (5, 15), COLLEGE: (16, 24),
    SPECIALIST_COLLEGE: (16, 24), HOME: (4, 24), OTHERWISE: (3, 24), NOT_IN_EDUCATION: (5, 24), OTHER: (2, 24),
}  # fmt: skip
"""First and last age on 31 August at which a kind of setting is used.

The few plans that published tables show outside these ages (a pupil of 14 at a college) are left out.
"""


def allowed() -> Flags:
    """Which ages each kind takes: flags of shape (ages, kinds)."""
    return np.array([[ALLOWED[kind][0] <= age <= ALLOWED[kind][1] for kind in range(len(KINDS))] for age in AGES])
