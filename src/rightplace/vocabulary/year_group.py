"""National curriculum year groups, -4 (under one) to 20 (aged 24), and the phases they fall in."""

from __future__ import annotations

from typing import Final

from rightplace.vocabulary.term import Term

FIRST: Final = -4
LAST: Final = 20
YEAR_GROUPS: Final = range(FIRST, LAST + 1)
"""Every year group a person with an EHC plan can be in. Reception is 0; age on 31 August is year group + 4."""

_SOURCE = "Education Act 1996, section 2, and DfE SEN2 age bands"


class Phase(Term):
    """The stage of education a year group falls in."""

    EARLY_YEARS = "early_years", "Early years", _SOURCE
    PRIMARY = "primary", "Primary", _SOURCE
    SECONDARY = "secondary", "Secondary", _SOURCE
    POST_16 = "post_16", "Ages 16 to 18", _SOURCE
    POST_19 = "post_19", "Ages 19 to 24", _SOURCE


_LAST_OF_PHASE: Final = (
    (-1, Phase.EARLY_YEARS),
    (6, Phase.PRIMARY),
    (11, Phase.SECONDARY),
    (14, Phase.POST_16),
    (LAST, Phase.POST_19),
)


def age(year_group: int) -> int:
    """Age on 31 August before the academic year, for a year group."""
    return year_group + 4


def of_age(age_on_31_august: int) -> int:
    """Year group for an age on 31 August before the academic year."""
    return age_on_31_august - 4


def phase(year_group: int) -> Phase:
    """The phase a year group falls in.

    Raises ``ValueError`` outside -4 to 20.
    """
    if year_group not in YEAR_GROUPS:
        raise ValueError(f"Year group {year_group} is outside {FIRST} to {LAST}.")
    return next(name for last, name in _LAST_OF_PHASE if year_group <= last)


def label(year_group: int) -> str:
    """What people call a year group: "Reception", "Year 7", "Nursery 2", "Aged 19"."""
    if year_group <= -3:
        return f"Aged {age(year_group)}"
    if year_group <= 14:
        return {-2: "Nursery 1", -1: "Nursery 2", 0: "Reception"}.get(year_group, f"Year {year_group}")
    return f"Aged {age(year_group)}"
