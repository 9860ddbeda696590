"""Expressions on a setting as returned: shared by the settings plans name and the settings people attend."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Final

import polars as pl

from rightplace.returns.checks.terms import c, given, missing
from rightplace.vocabulary.setting import SettingKind

_FLAGS: Final = ("sen_unit_indicator", "resourced_provision_indicator")

_NO_UNITS: Final = (
    SettingKind.SPECIAL_STATE,
    SettingKind.SPECIAL_NON_MAINTAINED,
    SettingKind.SPECIAL_INDEPENDENT,
    SettingKind.ALTERNATIVE_PROVISION,
    SettingKind.FURTHER_EDUCATION,
    SettingKind.SPECIALIST_POST_16,
)
"""Kinds of setting of which a SEN unit or resourced provision is not a part."""

UNEXPECTED_TYPES: Final[dict[int, str]] = {
    25: "offshore school",
    26: "service children's education",
    27: "miscellaneous",
    29: "higher education institution",
    37: "British school overseas",
    40: "university technical college",
    49: "online provider",
    56: "institution funded by another government department",
}
"""GIAS types of establishment in which a person with a plan is not expected."""


def _some(conditions: Iterable[pl.Expr]) -> pl.Expr:
    return reduce(or_, conditions)


FLAG_MISSING: Final = given("urn") & missing(*_FLAGS)
"""URN given and an indicator missing."""

BOTH_FLAGS: Final = c("sen_unit_indicator") & c("resourced_provision_indicator")
"""Both indicators are 1."""

FLAG_WITHOUT_URN: Final = missing("urn") & _some(c(flag) for flag in _FLAGS)
"""An indicator is 1 and there is no URN."""

NOT_LISTED: Final = given("urn") & ~c("is_listed")
"""URN is not in the list of settings. Needs settings."""

NO_SUCH_PROVISION: Final = ~c("setting_kind").is_in([str(kind) for kind in _NO_UNITS]) & (
    (c("sen_unit_indicator") & (c("unit_size") == 0))
    | (c("resourced_provision_indicator") & (c("resourced_size") == 0))
)
"""An indicator is 1 and the list shows neither places nor pupils of that kind. Needs settings."""

NOT_A_PLACE_FOR_UNITS: Final = c("setting_kind").is_in([str(kind) for kind in _NO_UNITS]) & _some(
    c(flag) for flag in _FLAGS
)
"""An indicator is 1 at a special school, alternative provision or college. Needs settings."""

UNEXPECTED_TYPE: Final = c("gias_type").is_in(list(UNEXPECTED_TYPES))
"""The setting is of a type in which a person with a plan is not expected. Needs settings."""

LONG_CLOSED: Final = c("setting_closed") < c("census_day").dt.offset_by("-12mo")
"""The setting closed more than a year before census day. Needs settings."""
