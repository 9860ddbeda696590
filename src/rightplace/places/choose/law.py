"""The tests of law for one setting and one child: laid out, with the facts that are known and no finding made up.

The tests live in :mod:`rightplace.casework.placement`. A finding is somebody's, with reasons; the record holds facts. So a
finding here is unknown unless the register settles it, and the facts that bear on it stand beside it as evidence.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from rightplace.calendar.academic import compulsory_school_age, first_day
from rightplace.casework.placement import REFUSALS, Result, TestOutcome, placement_tests
from rightplace.casework.placement_facts import UNKNOWN, Finding, PlacementFacts, Setting, SettingStatus
from rightplace.casework.terms import RightsHolder
from rightplace.places.choose.choice import ToShow
from rightplace.places.fit.outcome import FitTest, Test
from rightplace.vocabulary.setting import SettingKind

MAINSTREAM: Final = (
    SettingKind.EARLY_YEARS,
    SettingKind.MAINSTREAM,
    SettingKind.RESOURCED_PROVISION,
    SettingKind.SEN_UNIT,
    SettingKind.FURTHER_EDUCATION,
)
"""Kinds that are mainstream education: bases and units are in mainstream schools."""

_SUITS: Final = (Test.AGE, Test.NEED, Test.SECOND_NEED, Test.PROVISION, Test.SEX)
_LAST_OF_SCHOOL_AGE: Final = 11
_STATUSES: Final = {str(status): status for status in SettingStatus}

_MUST_SHOW: Final = {
    "unsuitable": (
        "That this setting cannot meet this child's needs, or does not suit their age, ability or aptitude: from the "
        "setting's reply and the advice on the child, set against section F."
    ),
    "others": (
        "That this child's attendance would be incompatible with the efficient education of the children they would be "
        "with: who they are, what would suffer and by how much. Being full is not enough by itself."
    ),
    "resources": (
        "That the extra public cost, place and transport and therapies together, is out of proportion to what the child "
        "would gain: the workings for this setting and for one that would meet the need."
    ),
}
"""What each ground asks of the authority, which has the burden.

Source: Children and Families Act 2014, section 39(4). What each comes to in practice is general knowledge of the case law,
not read at first hand.
"""


def decided_for(born: date | None, year_group: int, september: int) -> RightsHolder:
    """Whose rights they are that September: the young person's once compulsory school age is over."""
    over = year_group > _LAST_OF_SCHOOL_AGE if born is None else compulsory_school_age(born)[1] < first_day(september)
    return RightsHolder.YOUNG_PERSON if over else RightsHolder.PARENT


def asked_for(
    name: str,
    status: str,
    kind: str,
    section_41: bool | None,  # noqa: FBT001
    tests: tuple[FitTest, ...],
    money: str,
    holder: RightsHolder,
) -> tuple[tuple[TestOutcome, ...], tuple[ToShow, ...]]:
    """The tests of sections 39, 33 and 9 for a setting the family asks for, and what a refusal would have to show."""
    setting = Setting(name=name, status=_STATUSES[status], approved=_approved(section_41))
    bearing = {test.test: test for test in tests}
    suits = tuple(bearing[test].evidence for test in _SUITS if bearing[test].result is not Result.MET)
    others = (bearing[Test.PLACES].evidence,) if bearing[Test.PLACES].result is not Result.MET else ()
    facts = PlacementFacts(
        decided_for=holder,
        requested=setting,
        unsuitable=Finding(evidence=suits),
        against_others=Finding(evidence=others),
        against_resources=Finding(evidence=(money,)),
        mainstream_against_wishes=_wishes(name, kind),
        steps_at_setting=UNKNOWN if kind in MAINSTREAM else None,
        wishes_cost_unreasonable=Finding(evidence=(money,)),
    )
    outcomes = placement_tests(facts)
    known = dict(zip(REFUSALS, (suits, others, (money,)), strict=True))
    asks = next(outcome for outcome in outcomes if outcome.id == "listed")
    if asks.result is Result.NOT_MET:
        return outcomes, ()
    grounds = {outcome.id: outcome.ground for outcome in outcomes}
    return outcomes, tuple(
        ToShow(ground=grounds[ground], must_show=_MUST_SHOW[ground], known=known[ground]) for ground in REFUSALS
    )


def not_asked_for(holder: RightsHolder) -> tuple[TestOutcome, ...]:
    """The tests where the family asks for no setting: section 40, and section 33 still stands."""
    return placement_tests(PlacementFacts(decided_for=holder))


def _approved(section_41: bool | None) -> Finding:  # noqa: FBT001
    if section_41 is None:
        return UNKNOWN
    words = "is" if section_41 else "is not"
    return Finding(
        answer=section_41,
        evidence=(f"The register of settings says that it {words} approved; check the list of the day.",),
        found_by="the register of settings",
    )


def _wishes(name: str, kind: str) -> Finding:
    """What the request itself says of mainstream. Whether it is the family's whole wish is for somebody to ask."""
    if kind in MAINSTREAM:
        return Finding(
            answer=False, evidence=(f"The family asks for {name}, which is mainstream.",), found_by="the request"
        )
    return Finding(evidence=(f"The family asks for {name}, which is not mainstream.",))
