"""The words and codes of Get Information about Schools (GIAS) that the made-up register uses."""

from __future__ import annotations

from typing import Final

TYPES: Final[dict[int, tuple[str, int, str]]] = {
    1: ("Community school", 4, "Local authority maintained schools"),
    2: ("Voluntary aided school", 4, "Local authority maintained schools"),
    3: ("Voluntary controlled school", 4, "Local authority maintained schools"),
    5: ("Foundation school", 4, "Local authority maintained schools"),
    7: ("Community special school", 5, "Special schools"),
    8: ("Non-maintained special school", 5, "Special schools"),
    10: ("Other independent special school", 3, "Independent schools"),
    11: ("Other independent school", 3, "Independent schools"),
    12: ("Foundation special school", 5, "Special schools"),
    14: ("Pupil referral unit", 4, "Local authority maintained schools"),
    18: ("Further education", 1, "Colleges"),
    28: ("Academy sponsor led", 10, "Academies"),
    31: ("Sixth form centres", 1, "Colleges"),
    32: ("Special post 16 institution", 9, "Other types"),
    33: ("Academy special sponsor led", 10, "Academies"),
    34: ("Academy converter", 10, "Academies"),
    35: ("Free schools", 11, "Free Schools"),
    36: ("Free schools special", 11, "Free Schools"),
    38: ("Free schools alternative provision", 11, "Free Schools"),
    42: ("Academy alternative provision converter", 10, "Academies"),
    43: ("Academy alternative provision sponsor led", 10, "Academies"),
    44: ("Academy special converter", 10, "Academies"),
}
"""GIAS type code to its name and the code and name of its group."""

NEED_NAMES: Final = {
    "SPLD": "Specific Learning Difficulty", "MLD": "Moderate Learning Difficulty", "SLD": "Severe Learning Difficulty",
    "PMLD": "Profound and Multiple Learning Difficulty", "SEMH": "Social, Emotional and Mental Health",
    "SLCN": "Speech, language and Communication", "HI": "Hearing Impairment", "VI": "Visual Impairment",
    "MSI": "Multi-Sensory Impairment", "PD": "Physical Disability", "ASD": "Autistic Spectrum Disorder",
    "OTH": "Other Difficulty/Disability",
}  # fmt: skip
"""Need code to the name GIAS gives it."""
