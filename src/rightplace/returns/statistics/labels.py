"""The labels DfE's EHC-plan files give to ages, age bands and places, and what each means here.

Tables map a label in lower case to the value in the area's history. A label that is known but is
a total, or of no use here, is in ``PASSED_OVER``; any other is counted as unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from rightplace.vocabulary.setting import SettingKind

UNKNOWN: Final = "unknown"
AGE_BANDS: Final[Mapping[str, tuple[int, int]]] = {
    "0-4": (0, 4), "5-10": (5, 10), "11-15": (11, 15), "16-19": (16, 19), "20-25": (20, 25),
}  # fmt: skip
"""DfE's five age bands, first and last age."""

AGES: Final[Mapping[str, str]] = {
    **{f"{prefix}{age}": str(age) for prefix in ("age ", "aged ", "") for age in range(3, 26)},
    **{f"{prefix}{end}": "0-2" for prefix in ("age ", "aged ", "") for end in ("2 and under", "under 3")},
    **{f"{prefix}20 and over": "20-25" for prefix in ("age ", "aged ", "")},
    "age unknown": UNKNOWN,
    "unknown": UNKNOWN,
}
"""Single ages; the youngest and, for flows, the oldest are a group."""

BANDS: Final[Mapping[str, str]] = {
    "under 5": "0-4",
    "age 5 to 10": "5-10",
    "age 11 to 15": "11-15",
    "age 16 to 19": "16-19",
    "age 20 to 25": "20-25",
}

PLACES: Final[Mapping[str, str]] = {
    "ap/pru - academy": SettingKind.ALTERNATIVE_PROVISION,
    "ap/pru - free school": SettingKind.ALTERNATIVE_PROVISION,
    "ap/pru - la maintained": SettingKind.ALTERNATIVE_PROVISION,
    "educated elsewhere - elective home education": SettingKind.HOME_EDUCATION,
    "educated elsewhere - neet": SettingKind.NOT_IN_EDUCATION,
    "educated elsewhere - not in education or training (compulsory school age)": SettingKind.NOT_IN_EDUCATION,
    "educated elsewhere - not in education or training (notice to cease issued)": SettingKind.NOT_IN_EDUCATION,
    "educated elsewhere - not in education or training (other)": SettingKind.NOT_IN_EDUCATION,
    "educated elsewhere - online provider": SettingKind.OTHER,
    "educated elsewhere - other arrangements by la": SettingKind.OTHERWISE_THAN_AT_SCHOOL,
    "educated elsewhere - other arrangements by parents": SettingKind.OTHERWISE_THAN_AT_SCHOOL,
    "educated elsewhere - other placement settings": SettingKind.OTHER,
    "educated elsewhere - other schools and establishments": SettingKind.OTHER,
    "educated elsewhere - welsh establishment": SettingKind.OTHER,
    "fe - general fe and tertiary colleges": SettingKind.FURTHER_EDUCATION,
    "fe - specialist post-16 institutions": SettingKind.SPECIALIST_POST_16,
    "fe - ukrlp provider": SettingKind.FURTHER_EDUCATION,
    "mainstream - academy": SettingKind.MAINSTREAM,
    "mainstream - academy (resourced provision)": SettingKind.RESOURCED_PROVISION,
    "mainstream - academy (sen unit)": SettingKind.SEN_UNIT,
    "mainstream - free school": SettingKind.MAINSTREAM,
    "mainstream - free school (resourced provision)": SettingKind.RESOURCED_PROVISION,
    "mainstream - free school (sen unit)": SettingKind.SEN_UNIT,
    "mainstream - independent": SettingKind.MAINSTREAM,
    "mainstream - la maintained": SettingKind.MAINSTREAM,
    "mainstream - la maintained (resourced provision)": SettingKind.RESOURCED_PROVISION,
    "mainstream - la maintained (sen unit)": SettingKind.SEN_UNIT,
    "non-maintained early years": SettingKind.EARLY_YEARS,
    "placement not recorded": SettingKind.NOT_RECORDED,
    "special - academy/free school": SettingKind.SPECIAL_STATE,
    "special - academy/free schools": SettingKind.SPECIAL_STATE,
    "special - independent": SettingKind.SPECIAL_INDEPENDENT,
    "special - la maintained": SettingKind.SPECIAL_STATE,
    "special - non-maintained": SettingKind.SPECIAL_NON_MAINTAINED,
}
"""Rows of "Type of placement", from the 2023 collection on."""

ESTABLISHMENTS: Final[Mapping[str, str]] = {
    "ap/pru - academy": SettingKind.ALTERNATIVE_PROVISION,
    "ap/pru - free school": SettingKind.ALTERNATIVE_PROVISION,
    "ap/pru - la maintained": SettingKind.ALTERNATIVE_PROVISION,
    "apprenticeship": SettingKind.OTHER,
    "awaiting provision - above compulsory school age and in education": SettingKind.NOT_IN_EDUCATION,
    "awaiting provision - above compulsory school age and not in education": SettingKind.NOT_IN_EDUCATION,
    "awaiting provision - below compulsory school age and in education": SettingKind.NOT_IN_EDUCATION,
    "awaiting provision - below compulsory school age and not in education": SettingKind.NOT_IN_EDUCATION,
    "awaiting provision - compulsory school age and in education": SettingKind.NOT_IN_EDUCATION,
    "awaiting provision - compulsory school age and not in education": SettingKind.NOT_IN_EDUCATION,
    "awaiting provision - total": SettingKind.NOT_IN_EDUCATION,
    "elective home education": SettingKind.HOME_EDUCATION,
    "general fe and tertiary colleges/he": SettingKind.FURTHER_EDUCATION,
    "hospital school": SettingKind.SPECIAL_STATE,
    "independent specialist providers": SettingKind.SPECIALIST_POST_16,
    "mainstream - academy": SettingKind.MAINSTREAM,
    "mainstream - academy - resourced provision": SettingKind.RESOURCED_PROVISION,
    "mainstream - academy - sen unit": SettingKind.SEN_UNIT,
    "mainstream - free school": SettingKind.MAINSTREAM,
    "mainstream - free school - resourced provision": SettingKind.RESOURCED_PROVISION,
    "mainstream - free school - sen unit": SettingKind.SEN_UNIT,
    "mainstream - independent": SettingKind.MAINSTREAM,
    "mainstream - la maintained": SettingKind.MAINSTREAM,
    "mainstream - la maintained - resourced provision": SettingKind.RESOURCED_PROVISION,
    "mainstream - la maintained - sen unit": SettingKind.SEN_UNIT,
    "neet": SettingKind.NOT_IN_EDUCATION,
    "non-maintained early years": SettingKind.EARLY_YEARS,
    "other": SettingKind.OTHER,
    "other arrangements by local authority": SettingKind.OTHERWISE_THAN_AT_SCHOOL,
    "other arrangements by parents": SettingKind.OTHERWISE_THAN_AT_SCHOOL,
    "other fe": SettingKind.FURTHER_EDUCATION,
    "permanently excluded": SettingKind.NOT_IN_EDUCATION,
    "sixth form college": SettingKind.FURTHER_EDUCATION,
    "special - academy": SettingKind.SPECIAL_STATE,
    "special - academy/free": SettingKind.SPECIAL_STATE,
    "special - free school": SettingKind.SPECIAL_STATE,
    "special - independent": SettingKind.SPECIAL_INDEPENDENT,
    "special - la maintained": SettingKind.SPECIAL_STATE,
    "special - non-maintained": SettingKind.SPECIAL_NON_MAINTAINED,
    "specialist post-16 institutions": SettingKind.SPECIALIST_POST_16,
    "supported internship": SettingKind.OTHER,
    "traineeship": SettingKind.OTHER,
    "work-based learning": SettingKind.OTHER,
}
"""Rows of ``establishment_type`` in the releases to 2022. "Awaiting provision" and "permanently excluded" are put
where the 2025 release's own columns for those years put them; hospital schools with maintained special schools, likewise.
"""

TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "age": AGES,
    "age_band": BANDS,
    "setting": {**ESTABLISHMENTS, **PLACES},
}
"""What a row's label is, to the labels it may be."""

_TOTAL: Final = re.compile(r"total|all .*|.* - total|new ehc plans")


def is_total(label: str) -> bool:
    """Whether a label (lower case) is of a total or subtotal, whose people other rows hold too."""
    return bool(_TOTAL.fullmatch(label))


def age_range(label: str) -> tuple[int, int] | None:
    """First and last age of an age or age-band label of the history ("5" or "5-10"); None for "unknown"."""
    first, _, last = label.partition("-")
    return (int(first), int(last or first)) if first.isdigit() else None
