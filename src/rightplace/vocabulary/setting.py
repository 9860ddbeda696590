"""Kinds of setting: the provision continuum, and how other people's codes map to it."""

from __future__ import annotations

from typing import Final

from rightplace.vocabulary.term import Term

_CFA = "Children and Families Act 2014, section 38(3), and DfE EHC-plan statistics"
_SEN2 = "DfE SEN2 person-level return, items 4.7c and 5.7c"


class SettingKind(Term):
    """Where a child or young person with an EHC plan is educated, as one continuum."""

    EARLY_YEARS = "early_years", "Early years setting", _CFA
    MAINSTREAM = "mainstream", "Mainstream school", _CFA
    RESOURCED_PROVISION = "resourced_provision", "Resourced provision in a mainstream school", _CFA
    SEN_UNIT = "sen_unit", "SEN unit in a mainstream school", _CFA
    SPECIAL_STATE = "special_state", "State special school", _CFA
    SPECIAL_NON_MAINTAINED = "special_non_maintained", "Non-maintained special school", _CFA
    SPECIAL_INDEPENDENT = "special_independent", "Independent special school", _CFA
    ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision", _CFA
    FURTHER_EDUCATION = "further_education", "General further education or sixth form college", _CFA
    SPECIALIST_POST_16 = "specialist_post_16", "Specialist post-16 institution", _CFA
    HOME_EDUCATION = "home_education", "Elective home education", _SEN2
    OTHERWISE_THAN_AT_SCHOOL = "otherwise_than_at_school", "Education otherwise than at school", _SEN2
    NOT_IN_EDUCATION = "not_in_education", "Not in education", _SEN2
    OTHER = "other", "Other setting", _CFA
    NOT_RECORDED = "not_recorded", "Setting not recorded", "Rightplace, for plans with no placement returned"


SEN2_SETTING_KIND: Final[dict[str, SettingKind]] = {
    "OLA": SettingKind.OTHERWISE_THAN_AT_SCHOOL,
    "OPA": SettingKind.OTHERWISE_THAN_AT_SCHOOL,
    "EHE": SettingKind.HOME_EDUCATION,
    "EYP": SettingKind.EARLY_YEARS,
    "OTH": SettingKind.OTHER,
    "NEET": SettingKind.NOT_IN_EDUCATION,
    "NIEC": SettingKind.NOT_IN_EDUCATION,
    "NIEO": SettingKind.NOT_IN_EDUCATION,
}
"""SEN2 ``SENSetting`` code to setting kind, for placements with no URN or UKPRN."""

GIAS_TYPE_KIND: Final[dict[int, SettingKind]] = {
    1: SettingKind.MAINSTREAM, 2: SettingKind.MAINSTREAM, 3: SettingKind.MAINSTREAM,
    5: SettingKind.MAINSTREAM, 6: SettingKind.MAINSTREAM, 11: SettingKind.MAINSTREAM,
    28: SettingKind.MAINSTREAM, 34: SettingKind.MAINSTREAM, 35: SettingKind.MAINSTREAM,
    40: SettingKind.MAINSTREAM, 41: SettingKind.MAINSTREAM, 15: SettingKind.EARLY_YEARS,
    7: SettingKind.SPECIAL_STATE, 12: SettingKind.SPECIAL_STATE, 33: SettingKind.SPECIAL_STATE,
    36: SettingKind.SPECIAL_STATE, 44: SettingKind.SPECIAL_STATE,
    8: SettingKind.SPECIAL_NON_MAINTAINED, 10: SettingKind.SPECIAL_INDEPENDENT,
    14: SettingKind.ALTERNATIVE_PROVISION, 38: SettingKind.ALTERNATIVE_PROVISION,
    42: SettingKind.ALTERNATIVE_PROVISION, 43: SettingKind.ALTERNATIVE_PROVISION,
    18: SettingKind.FURTHER_EDUCATION, 31: SettingKind.FURTHER_EDUCATION,
    39: SettingKind.FURTHER_EDUCATION, 45: SettingKind.FURTHER_EDUCATION,
    46: SettingKind.FURTHER_EDUCATION, 57: SettingKind.FURTHER_EDUCATION,
    32: SettingKind.SPECIALIST_POST_16,
    24: SettingKind.OTHER, 25: SettingKind.OTHER, 26: SettingKind.OTHER, 27: SettingKind.OTHER,
    29: SettingKind.FURTHER_EDUCATION, 30: SettingKind.OTHER, 37: SettingKind.OTHER,
    49: SettingKind.OTHER, 56: SettingKind.OTHER,
}  # fmt: skip
"""GIAS ``TypeOfEstablishment (code)`` to setting kind, before unit and base flags are read.

Source: GIAS establishment types grouped as DfE's EHC-plan statistics group them. 16 to 19
academies and free schools are counted as colleges here; DfE's grouping of them is unverified.
"""

PUBLISHED_COLUMN_KIND: Final[dict[str, SettingKind]] = {
    "mainstream_la_maintained_resourced_provision": SettingKind.RESOURCED_PROVISION,
    "mainstream_academy_resourced_provision": SettingKind.RESOURCED_PROVISION,
    "mainstream_free_school_resourced_provision": SettingKind.RESOURCED_PROVISION,
    "mainstream_la_maintained_senunit": SettingKind.SEN_UNIT,
    "mainstream_academy_senunit": SettingKind.SEN_UNIT,
    "mainstream_free_school_senunit": SettingKind.SEN_UNIT,
    "mainstream_la_maintained": SettingKind.MAINSTREAM,
    "mainstream_academy": SettingKind.MAINSTREAM,
    "mainstream_free_school": SettingKind.MAINSTREAM,
    "mainstream_independent": SettingKind.MAINSTREAM,
    "special_la_maintained": SettingKind.SPECIAL_STATE,
    "special_academy_free": SettingKind.SPECIAL_STATE,
    "special_non_maintained": SettingKind.SPECIAL_NON_MAINTAINED,
    "special_independent": SettingKind.SPECIAL_INDEPENDENT,
    "ap_pru_academy": SettingKind.ALTERNATIVE_PROVISION,
    "ap_pru_free_school": SettingKind.ALTERNATIVE_PROVISION,
    "ap_pru_la_maintained": SettingKind.ALTERNATIVE_PROVISION,
    "general_fe_tertiary_colleges": SettingKind.FURTHER_EDUCATION,
    "ukrlp_provider": SettingKind.FURTHER_EDUCATION,
    "specialist_post_16_institutions": SettingKind.SPECIALIST_POST_16,
    "elective_home_education": SettingKind.HOME_EDUCATION,
    "other_arrangements_la": SettingKind.OTHERWISE_THAN_AT_SCHOOL,
    "other_arrangements_parents": SettingKind.OTHERWISE_THAN_AT_SCHOOL,
    "neet": SettingKind.NOT_IN_EDUCATION,
    "neet_ntci": SettingKind.NOT_IN_EDUCATION,
    "neet_other": SettingKind.NOT_IN_EDUCATION,
    "neet_other_csa": SettingKind.NOT_IN_EDUCATION,
    "online_provider": SettingKind.OTHER,
    "w_settings": SettingKind.OTHER,
    "other_schools": SettingKind.OTHER,
    "other_placement_settings": SettingKind.OTHER,
    "await_prov_2022": SettingKind.NOT_IN_EDUCATION,
    "perm_ex_2022": SettingKind.NOT_IN_EDUCATION,
    "nm_early_years": SettingKind.EARLY_YEARS,
    "placement_unknown": SettingKind.NOT_RECORDED,
}
"""Column of DfE's caseload and new-plan files (2025 shape) to setting kind."""
