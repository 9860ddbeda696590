"""Columns of the lists and the words that may stand in them.

Read in public tools that check or make the lists: data-to-insight/annex-a-sen-validator-be (headings), and the script for lists
1 and 2 of data-to-insight's Standard Safeguarding Dataset, v1.2.0 of November 2024 (titles, codes, notes). The inspectorates'
own template was not seen, and whether it asks for more lists since the handbook of 6 June 2025 is not known: unverified.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from rightplace.vocabulary.ethnicity import MAIN_CODE
from rightplace.vocabulary.setting import SettingKind

_PERSON: Final = ("Unique ID", "UPN", "ULN", "Date of birth", "Gender", "Ethnicity")
_PLAN: Final = ("Date initial EHC plan issued", "Date updated EHC plan issued", "Date EHC plan last reviewed")
_PLACE: Final = (
    "SEN primary need",
    "Main education establishment – URN",
    "Main education establishment – phase",
    "Subsidiary education establishment – phase (dual registration)",
)
_HOME: Final = ("Elective home education",)
NOT_HELD: Final = (
    "Suspensions",
    "Permanent exclusions",
    "Absence",
    "Pupil Premium",
    "Known to children's social care?",
    "Which children's social care team?",
    "Does the child or young person have a disability?",
)
"""Columns that the service holds nothing for: they are left blank, and never 0 or No."""
LIST_1: Final = (*_PERSON, *_PLAN, *_PLACE, *_HOME, *NOT_HELD)
LIST_2: Final = (*_PERSON, *_PLACE, *NOT_HELD)


def _lettered(codes: Sequence[str]) -> dict[str, str]:
    return {code: f"{chr(ord('a') + place)}) {code}" for place, code in enumerate(codes)}


_ETHNIC: Final = _lettered(
    [
        "WBRI",
        "WIRI",
        "WIRT",
        "WOTH",
        "WROM",
        "MWBC",
        "MWBA",
        "MWAS",
        "MOTH",
        "AIND",
        "APKN",
        "ABAN",
        "AOTH",
        "BCRB",
        "BAFR",
        "BOTH",
        "CHNE",
        "OOTH",
        "REFU",
        "NOBT",
        "UNKNOWN",
    ]
)
_NEEDS: Final = _lettered(["SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "OTH"])
GENDER: Final = MappingProxyType({"M": "a) Male", "F": "b) Female", "": "c) Not known"})
YES: Final = MappingProxyType({True: "a) Yes", False: "b) No"})
PHASES: Final = MappingProxyType(
    {
        "Nursery": "a) Nursery",
        "Primary": "b) Primary",
        "Middle deemed primary": "c) Middle (deemed primary)",
        "Middle deemed secondary": "d) Middle (deemed secondary)",
        "Secondary": "e) Secondary",
        "All-through": "f) All-through",
        "16 plus": "i) FE college",
    }
)
"""Phase of education in Get Information about Schools to the list's; that "16 plus" is an FE college is inferred."""
_KINDS: Final = MappingProxyType(
    {
        SettingKind.EARLY_YEARS: "a) Nursery",
        SettingKind.SPECIAL_STATE: "g) Special",
        SettingKind.SPECIAL_NON_MAINTAINED: "g) Special",
        SettingKind.SPECIAL_INDEPENDENT: "g) Special",
        SettingKind.ALTERNATIVE_PROVISION: "h) Pupil referral unit/Alternative provision",
        SettingKind.FURTHER_EDUCATION: "i) FE college",
        SettingKind.SPECIALIST_POST_16: "i) FE college",
    }
)


def ethnicity(code: str) -> str:
    """The main code of an ethnicity with its letter; a code that is not known is "UNKNOWN"."""
    return _ETHNIC.get(MAIN_CODE.get(code, ""), _ETHNIC["UNKNOWN"])


def need(code: str) -> str:
    """A need with its letter; "" where none is recorded. The list has no code for Down syndrome: it is put under OTH."""
    return _NEEDS.get(code, _NEEDS["OTH"]) if code else ""


def phase(kind: str, of_school: str) -> str:
    """The phase of a setting by its kind, else by its phase in Get Information about Schools; "" where neither is known."""
    known = {one.value: words for one, words in _KINDS.items()}
    return known.get(kind) or PHASES.get(of_school, "")
