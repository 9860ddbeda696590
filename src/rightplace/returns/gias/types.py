"""Types of establishment: the names that files give in place of GIAS codes, and what is passed over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rightplace.vocabulary.setting import SettingKind

NOT_SETTINGS: Final = (47, 48)
"""Children's centres and their linked sites: in the extract, and not places where a plan is carried out."""

CODES: Final[Mapping[str, int]] = {
    "community school": 1,
    "voluntary aided school": 2,
    "voluntary controlled school": 3,
    "foundation school": 5,
    "city technology college": 6,
    "community special school": 7,
    "non-maintained special school": 8,
    "other independent special school": 10,
    "other independent school": 11,
    "foundation special school": 12,
    "pupil referral unit": 14,
    "local authority nursery school": 15,
    "further education": 18,
    "service children's education": 26,
    "academy sponsor led": 28,
    "sixth form centres": 31,
    "special post 16 institution": 32,
    "academy special sponsor led": 33,
    "academy converter": 34,
    "free schools": 35,
    "free schools special": 36,
    "free schools alternative provision": 38,
    "free schools 16 to 19": 39,
    "university technical college": 40,
    "studio schools": 41,
    "academy alternative provision converter": 42,
    "academy alternative provision sponsor led": 43,
    "academy special converter": 44,
    "academy 16-19 converter": 45,
    "academy 16 to 19 sponsor led": 46,
}
"""Name of a type, in lower case, to its GIAS code."""

GROUPS: Final[Mapping[str, str]] = {
    "academies": SettingKind.MAINSTREAM,
    "free schools": SettingKind.MAINSTREAM,
    "local authority maintained schools": SettingKind.MAINSTREAM,
    "independent schools": SettingKind.MAINSTREAM,
    "special schools": SettingKind.SPECIAL_STATE,
    "colleges": SettingKind.FURTHER_EDUCATION,
    "other types": SettingKind.OTHER,
}
"""Group of types, in lower case, to the commonest kind in it: all a file that has only the group can say."""

PROVISION: Final[Mapping[str, tuple[bool, bool]]] = {
    "not applicable": (False, False),
    "none": (False, False),
    "resourced provision": (True, False),
    "sen unit": (False, True),
    "resourced provision and sen unit": (True, True),
}
"""Type of resourced provision, in lower case, to whether there is resourced provision and whether there is a SEN unit."""
