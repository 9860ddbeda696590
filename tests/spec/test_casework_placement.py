"""The placement tests against an independent, plain reading of the statute, over every combination of answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from rightplace.casework.placement import (
    Result,
    lawful_grounds_against_mainstream,
    lawful_grounds_to_refuse,
    placement_tests,
    still_to_find,
)
from rightplace.casework.placement_facts import Finding, PlacementFacts, Setting, SettingStatus
from rightplace.casework.terms import RightsHolder

ANSWERS = (True, False, None)
LISTED = {
    SettingStatus.MAINTAINED_NURSERY,
    SettingStatus.MAINTAINED_SCHOOL,
    SettingStatus.ACADEMY,
    SettingStatus.FURTHER_EDUCATION,
    SettingStatus.NON_MAINTAINED_SPECIAL,
}


@dataclass(frozen=True)
class Reading:
    """Section 39(3) and (4), then section 33(2) to (4), read as a lawyer would, where every answer is known."""

    right_to_ask: bool
    unsuitable: bool
    others: bool
    resources: bool
    wishes: bool
    mainstream_others: bool
    step_in_area: bool

    def must_name(self) -> bool:
        if not self.right_to_ask:
            return False
        if self.unsuitable:
            return False
        return not (self.others or self.resources)

    def must_be_mainstream(self) -> bool | None:
        """None: section 33 does not arise, because the setting asked for is named."""
        if self.must_name():
            return None
        if self.wishes:
            return False
        return self.step_in_area if self.mainstream_others else True


def finding(answer: bool | None) -> Finding:
    return Finding(answer=answer, evidence=("Report",) if answer is not None else ())


def outcomes(facts: PlacementFacts) -> dict[str, Result]:
    return {outcome.id: outcome.result for outcome in placement_tests(facts)}


def facts_of(setting: Setting | None, answers: tuple[bool | None, ...]) -> PlacementFacts:
    names = (
        "unsuitable", "against_others", "against_resources",
        "mainstream_against_wishes", "mainstream_against_others", "steps_in_area",
    )  # fmt: skip
    return PlacementFacts(requested=setting, **dict(zip(names, map(finding, answers), strict=True)))


SETTINGS = (
    None,
    Setting(name="Elm", status=SettingStatus.OTHER),
    Setting(name="Elm", status=SettingStatus.ACADEMY),
    Setting(name="Elm", status=SettingStatus.INDEPENDENT_SPECIAL, approved=Finding(answer=True)),
    Setting(name="Elm", status=SettingStatus.INDEPENDENT_SPECIAL, approved=Finding(answer=False)),
)


@pytest.mark.parametrize("setting", SETTINGS, ids=["none", "other", "academy", "approved", "not approved"])
def test_known_answers_agree_with_a_plain_reading_of_the_statute(setting: Setting | None) -> None:
    """Children and Families Act 2014, sections 33, 38, 39 and 40: all 64 combinations for each kind of request."""
    right = setting is not None and (setting.status in LISTED or setting.approved.answer is True)
    for answers in product((True, False), repeat=6):
        reading = Reading(right, *answers)
        found = outcomes(facts_of(setting, answers))
        if right:
            assert found["duty_to_name"] is (Result.MET if reading.must_name() else Result.NOT_MET)
        else:
            assert found["duty_to_name"] is Result.NOT_REACHED
        expected = {None: Result.NOT_REACHED, True: Result.MET, False: Result.NOT_MET}[reading.must_be_mainstream()]
        assert found["mainstream_duty"] is expected, answers


@pytest.mark.parametrize("setting", SETTINGS, ids=["none", "other", "academy", "approved", "not approved"])
def test_an_unknown_is_never_taken_for_an_answer(setting: Setting | None) -> None:
    """A result is settled exactly when every way of filling in the unknowns gives it (three-valued, 729 combinations)."""
    right = setting is not None and (setting.status in LISTED or setting.approved.answer is True)
    for answers in product(ANSWERS, repeat=6):
        filled = list(product(*[(True, False) if answer is None else (answer,) for answer in answers]))
        readings = [Reading(right, *each) for each in filled]
        found = outcomes(facts_of(setting, answers))
        names = {reading.must_name() for reading in readings}
        if right:
            assert (found["duty_to_name"] is Result.UNKNOWN) == (len(names) == 2), answers
        mainstream = {reading.must_be_mainstream() for reading in readings}
        if found["mainstream_duty"] is Result.MET:
            assert mainstream == {True}
        elif found["mainstream_duty"] is Result.NOT_MET:
            assert True not in mainstream
        elif found["mainstream_duty"] is Result.NOT_REACHED:
            assert mainstream == {None}
        else:
            assert len(mainstream) > 1, answers


def test_approval_that_is_not_known_leaves_the_right_to_ask_open() -> None:
    """Section 38(3)(f) with section 41: the list decides."""
    setting = Setting(name="Elm", status=SettingStatus.INDEPENDENT_SPECIAL)
    found = outcomes(facts_of(setting, (False, False, False, False, False, None)))
    assert found["section_41"] is found["listed"] is found["duty_to_name"] is Result.UNKNOWN
    refused = outcomes(facts_of(setting, (True, False, False, False, False, None)))
    assert refused["duty_to_name"] is Result.NOT_MET


def test_grounds_to_refuse_are_those_of_section_39_4_and_never_of_section_33() -> None:
    """Nothing shown, no ground: the authority has the burden."""
    academy = SETTINGS[2]
    for answers in product(ANSWERS, repeat=3):
        grounds = {held.id for held in lawful_grounds_to_refuse(facts_of(academy, (*answers, True, True, False)))}
        names = ("unsuitable", "others", "resources")
        assert grounds == {name for name, answer in zip(names, answers, strict=True) if answer}
    assert [held.id for held in lawful_grounds_to_refuse(facts_of(SETTINGS[1], (None,) * 6))] == ["listed"]
    assert lawful_grounds_to_refuse(facts_of(None, (True,) * 6)) == ()


def test_neither_suitability_nor_cost_keeps_anyone_from_mainstream() -> None:
    """ME v London Borough of Southwark [2017] UKUT 73 (AAC): section 33 has no such ground."""
    facts = facts_of(SETTINGS[2], (True, True, True, False, False, None))
    assert outcomes(facts)["mainstream_duty"] is Result.MET
    assert lawful_grounds_against_mainstream(facts) == ()
    others = facts_of(SETTINGS[2], (True, False, False, False, True, False))
    assert [held.id for held in lawful_grounds_against_mainstream(others)] == ["mainstream_others"]


def test_a_step_left_at_the_setting_keeps_the_exception_away() -> None:
    """Section 33(4): at a particular setting, a step that the setting could take counts as well."""
    base = facts_of(None, (None, None, None, False, True, False))
    with_step = PlacementFacts(
        **{name: getattr(base, name) for name in base.__slots__} | {"steps_at_setting": Finding(answer=True)}
    )
    assert outcomes(base)["mainstream_duty"] is Result.NOT_MET
    assert outcomes(with_step)["mainstream_duty"] is Result.MET


def test_steps_are_asked_about_only_when_the_education_of_others_is_relied_on() -> None:
    """[2025] UKUT 226 (AAC)."""
    assert outcomes(facts_of(None, (None, None, None, True, False, False)))["no_steps"] is Result.NOT_REACHED


def test_section_33_does_not_arise_outside_settings_or_at_others_cost() -> None:
    """Section 33(1) and (6)."""
    away = PlacementFacts(educated_in_setting=Finding(answer=False))
    paid = PlacementFacts(cost_met_elsewhere=Finding(answer=True))
    for facts in (away, paid):
        assert outcomes(facts)["mainstream_duty"] is Result.NOT_REACHED


@pytest.mark.parametrize(
    ("inefficient", "cost", "offered", "regard"),
    [
        (False, False, True, Result.MET),
        (True, False, True, Result.NOT_MET),
        (False, True, None, Result.NOT_MET),
        (False, False, False, Result.NOT_MET),
        (False, None, True, Result.UNKNOWN),
    ],
)
def test_regard_to_a_parents_wishes(
    inefficient: bool | None, cost: bool | None, offered: bool | None, regard: Result
) -> None:
    """Education Act 1996, section 9; a place must be offered by a setting that nobody can be made to admit to."""
    setting = Setting(name="Elm", status=SettingStatus.OTHER, place_offered=finding(offered))
    facts = PlacementFacts(
        requested=setting, wishes_inefficient=finding(inefficient), wishes_cost_unreasonable=finding(cost)
    )
    assert outcomes(facts)["regard_to_wishes"] is regard


def test_section_9_speaks_of_parents() -> None:
    """ "Pupils are to be educated in accordance with the wishes of their parents"."""
    facts = PlacementFacts(decided_for=RightsHolder.YOUNG_PERSON, wishes_inefficient=finding(False))
    assert outcomes(facts)["regard_to_wishes"] is Result.NOT_REACHED


def test_every_outcome_records_ground_question_reason_and_evidence() -> None:
    """A test that came out one way on evidence carries that evidence; tests come in one order, section 39 before 33."""
    facts = facts_of(SETTINGS[2], (True, False, None, False, True, None))
    found = placement_tests(facts)
    assert all(outcome.ground and outcome.question.endswith("?") and outcome.reason.endswith(".") for outcome in found)
    assert next(outcome for outcome in found if outcome.id == "unsuitable").evidence == ("Report",)
    order = [outcome.id for outcome in found]
    assert order.index("duty_to_name") < order.index("mainstream_applies") < order.index("regard_to_wishes")
    assert {outcome.id for outcome in still_to_find(facts)} >= {"resources", "no_steps"}
    assert all(len({o.id for o in placement_tests(f)}) == 15 for f in (facts, PlacementFacts()))
