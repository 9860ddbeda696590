"""Types of need: the SEN2 codes and the names DfE's published tables give them."""

from __future__ import annotations

from typing import Final

from rightplace.vocabulary.term import Term

_SEN2 = "DfE SEN2 person-level return, item 5.8a"


class Need(Term):
    """The primary or secondary need recorded for a child or young person with an EHC plan."""

    SPLD = "SPLD", "Specific learning difficulty", _SEN2
    MLD = "MLD", "Moderate learning difficulty", _SEN2
    SLD = "SLD", "Severe learning difficulty", _SEN2
    PMLD = "PMLD", "Profound and multiple learning difficulty", _SEN2
    SEMH = "SEMH", "Social, emotional and mental health", _SEN2
    SLCN = "SLCN", "Speech, language and communication", _SEN2
    HI = "HI", "Hearing impairment", _SEN2
    VI = "VI", "Vision impairment", _SEN2
    MSI = "MSI", "Multi-sensory impairment", _SEN2
    PD = "PD", "Physical disability", _SEN2
    ASD = "ASD", "Autistic spectrum disorder", _SEN2
    DS = "DS", "Down syndrome", _SEN2 + ", from the 2025 edition"
    OTH = "OTH", "Other difficulty", _SEN2
    NOT_RECORDED = "not_recorded", "Need not recorded", "Rightplace, for plans with no need returned"


FIRST_EDITION: Final[dict[Need, int]] = {Need.DS: 2025}
"""Needs that a SEN2 edition before the one named does not know."""

PUBLISHED_SUFFIX: Final[dict[str, Need]] = {
    "asd": Need.ASD, "hi": Need.HI, "mld": Need.MLD, "msi": Need.MSI, "oth": Need.OTH,
    "pd": Need.PD, "pmld": Need.PMLD, "semh": Need.SEMH, "slcn": Need.SLCN, "sld": Need.SLD,
    "spld": Need.SPLD, "vi": Need.VI, "need_unknown": Need.NOT_RECORDED,
}  # fmt: skip
"""Ending of a ``number_...`` column in DfE's EHC-plan files to the need it counts.

DfE counts Down syndrome under "other" in its 2025 statistics.
"""
