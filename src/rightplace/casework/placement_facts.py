"""What is known when a setting is to be named: findings with their evidence, which somebody made and can defend."""

from __future__ import annotations

from dataclasses import dataclass, field

from rightplace.casework.terms import RightsHolder
from rightplace.vocabulary.term import Term

_LIST = "Children and Families Act 2014, section 38(3)"


class SettingStatus(Term):
    """What a setting is in law, which decides whether a family has a right to ask for it."""

    MAINTAINED_NURSERY = "maintained_nursery", "Maintained nursery school", _LIST + "(b)"
    MAINTAINED_SCHOOL = "maintained_school", "Maintained school, mainstream or special", _LIST + "(a)"
    ACADEMY = "academy", "Academy or free school of any kind", _LIST + "(c)"
    FURTHER_EDUCATION = "further_education", "Institution within the further education sector", _LIST + "(d)"
    NON_MAINTAINED_SPECIAL = "non_maintained_special", "Non-maintained special school", _LIST + "(e)"
    INDEPENDENT_SPECIAL = (
        "independent_special",
        "Independent special school or special post-16 institution, if approved under section 41",
        _LIST + "(f) and section 41",
    )
    OTHER = "other", "Any other setting", "Rightplace, for settings outside section 38(3)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An answer to a question of fact: yes, no, or (None) not yet known; with the evidence and who found it."""

    answer: bool | None = None
    evidence: tuple[str, ...] = ()
    found_by: str = ""


UNKNOWN = Finding()
"""A question nobody has answered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting that may be named. ``approved`` is whether it is on the section 41 list, for independent special ones."""

    name: str
    status: SettingStatus
    approved: Finding = UNKNOWN
    place_offered: Finding = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementFacts:
    """Everything the tests ask. Whatever is not given is unknown, and an unknown is never taken for a no.

    ``requested``: the setting the family asked for, None when it asked for none. ``consulted``: the setting asked for, and
    its maintaining authority, were sent the draft. The three findings of section 39(4) are about the setting asked for;
    those of section 33 about mainstream education, ``steps_in_area`` and ``steps_at_setting`` being whether there *are*
    reasonable steps that would prevent the incompatibility (in the area as a whole; at the mainstream setting in question,
    None where no one setting is in question). ``appropriate`` and the section 9 findings are about what the authority would
    name instead and what the family wishes.
    """

    decided_for: RightsHolder = RightsHolder.PARENT
    requested: Setting | None = None
    consulted: Finding = UNKNOWN
    unsuitable: Finding = UNKNOWN
    against_others: Finding = UNKNOWN
    against_resources: Finding = UNKNOWN
    educated_in_setting: Finding = field(default_factory=lambda: Finding(answer=True))
    cost_met_elsewhere: Finding = field(default_factory=lambda: Finding(answer=False))
    mainstream_against_wishes: Finding = UNKNOWN
    mainstream_against_others: Finding = UNKNOWN
    steps_in_area: Finding = UNKNOWN
    steps_at_setting: Finding | None = None
    appropriate: Finding = UNKNOWN
    wishes_inefficient: Finding = UNKNOWN
    wishes_cost_unreasonable: Finding = UNKNOWN
