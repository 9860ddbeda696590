"""The tests of law for naming a setting, in their order, each with its ground, its evidence and its result.

Section 39 comes first and section 33 after it (ME v London Borough of Southwark [2017] UKUT 73 (AAC)). The tests record;
they never decide: a named person does, and says why. Sources: Children and Families Act 2014, sections 33, 38, 39, 40 and
41; Education Act 1996, section 9; [2025] UKUT 226 (AAC) on how sections 33, 39(5) and 9 fit together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rightplace.casework.placement_facts import Finding, PlacementFacts, SettingStatus
from rightplace.casework.terms import RightsHolder


class Result(StrEnum):
    """How a test came out. ``NOT_REACHED``: the question does not arise on these facts."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    NOT_REACHED = "does not arise"


@dataclass(frozen=True, slots=True, kw_only=True)
class TestOutcome:
    """One test: the ground (its law), the question, the result, the reason in a sentence, and the evidence given."""

    __test__ = False

    id: str
    ground: str
    question: str
    result: Result
    reason: str
    evidence: tuple[str, ...] = ()


_ACT: Final = "Children and Families Act 2014, section"
_AND: Final = {True: Result.MET, False: Result.NOT_MET, None: Result.UNKNOWN}

_GROUNDS: Final = {
    "request": (f"{_ACT} 38(2)(b)", "Has the family asked for a setting?"),
    "section_41": (f"{_ACT} 41", "Is the setting approved by the Secretary of State?"),
    "listed": (f"{_ACT} 38(3)", "Is it one that a family has the right to ask for?"),
    "consulted": (f"{_ACT} 39(2)", "Were the setting and the authority that maintains it consulted?"),
    "unsuitable": (f"{_ACT} 39(4)(a)", "Is it unsuitable for the age, ability, aptitude or special educational needs?"),
    "others": (f"{_ACT} 39(4)(b)(i)", "Would attendance be incompatible with the efficient education of others?"),
    "resources": (f"{_ACT} 39(4)(b)(ii)", "Would attendance be incompatible with the efficient use of resources?"),
    "duty_to_name": (f"{_ACT} 39(3)", "Must the setting asked for be named?"),
    "mainstream_applies": (f"{_ACT} 33(1), (2) and (6)", "Does the duty of mainstream education arise?"),
    "mainstream_wishes": (f"{_ACT} 33(2)(a)", "Is mainstream incompatible with the family's wishes?"),
    "mainstream_others": (f"{_ACT} 33(2)(b)", "Is mainstream incompatible with the efficient education of others?"),
    "no_steps": (f"{_ACT} 33(3) and (4)", "Are there no reasonable steps that could prevent that?"),
    "mainstream_duty": (f"{_ACT} 33(2)", "Must the plan provide for mainstream education?"),
    "regard_to_wishes": ("Education Act 1996, section 9", "Must regard be had to the parent's wishes?"),
    "appropriate": (f"{_ACT} 39(5) and 40(2)", "Is what the authority would name appropriate?"),
}
REFUSALS: Final = ("unsuitable", "others", "resources")
"""The only grounds on which a setting that a family has the right to ask for may be refused."""


def placement_tests(facts: PlacementFacts) -> tuple[TestOutcome, ...]:
    """Every test in the order of the law, with its result on these facts."""
    return tuple(_tests(facts))


def lawful_grounds_to_refuse(facts: PlacementFacts) -> tuple[TestOutcome, ...]:
    """The grounds of section 39(4) that are shown against the setting asked for; or that there was no right to ask for it.

    Empty where none is shown, which includes everything unknown: the authority has the burden. Nothing of section 33 is
    ever among them.
    """
    outcomes = {outcome.id: outcome for outcome in placement_tests(facts)}
    listed = outcomes["listed"]
    if listed.result is Result.NOT_MET:
        return (listed,)
    return tuple(outcomes[ground] for ground in REFUSALS if outcomes[ground].result is Result.MET)


def lawful_grounds_against_mainstream(facts: PlacementFacts) -> tuple[TestOutcome, ...]:
    """The exceptions of section 33(2) that are shown, where that duty arises: suitability and cost are not among them."""
    outcomes = {outcome.id: outcome for outcome in placement_tests(facts)}
    grounds = [outcomes["mainstream_wishes"]]
    if outcomes["no_steps"].result is Result.MET:
        grounds.append(outcomes["mainstream_others"])
    return tuple(outcome for outcome in grounds if outcome.result is Result.MET)


def still_to_find(facts: PlacementFacts) -> tuple[TestOutcome, ...]:
    """The tests that cannot be judged yet."""
    return tuple(outcome for outcome in placement_tests(facts) if outcome.result is Result.UNKNOWN)


def _tests(facts: PlacementFacts) -> Iterator[TestOutcome]:
    listed = _is_listed(facts)
    yield from _right_to_ask(facts, listed)
    if facts.requested is None or listed is False:
        reason = "The family asked for no setting that it has the right to ask for."
        yield from (_outcome(name, Result.NOT_REACHED, reason) for name in ("consulted", *REFUSALS, "duty_to_name"))
        duty: bool | None = False
    else:
        duty = None if listed is None and not _refused(facts) else _must_be_named(facts)
        yield from _section_39(facts, duty)
    yield from _section_33(facts, duty)
    yield from _section_9(facts, duty)


def _is_listed(facts: PlacementFacts) -> bool | None:
    setting = facts.requested
    if setting is None or setting.status is SettingStatus.OTHER:
        return False
    return setting.approved.answer if setting.status is SettingStatus.INDEPENDENT_SPECIAL else True


def _refused(facts: PlacementFacts) -> bool:
    return any(finding.answer for finding in (facts.unsuitable, facts.against_others, facts.against_resources))


def _must_be_named(facts: PlacementFacts) -> bool | None:
    if _refused(facts):
        return False
    found = (facts.unsuitable, facts.against_others, facts.against_resources)
    return True if all(finding.answer is False for finding in found) else None


def _right_to_ask(facts: PlacementFacts, listed: bool | None) -> Iterator[TestOutcome]:  # noqa: FBT001
    setting = facts.requested
    if setting is None:
        yield _outcome("request", Result.NOT_MET, "The family asked for no setting, so section 40 governs.")
        yield _outcome("section_41", Result.NOT_REACHED, "No setting was asked for.")
        yield _outcome("listed", Result.NOT_REACHED, "No setting was asked for.")
        return
    yield _outcome("request", Result.MET, f"The family asked for {setting.name}.")
    if setting.status is SettingStatus.INDEPENDENT_SPECIAL:
        yield _found("section_41", setting.approved, "It is on the list.", "It is not on the list.")
    else:
        yield _outcome("section_41", Result.NOT_REACHED, "It is not an independent special institution.")
    words = {
        True: f"{setting.name} is in the list: {setting.status.label.lower()}.",
        False: f"{setting.name} is not in the list, so there is no right to have it named and no duty to admit.",
        None: f"Whether {setting.name} is in the list turns on its approval under section 41.",
    }
    yield _outcome("listed", _AND[listed], words[listed], setting.approved.evidence)


def _section_39(facts: PlacementFacts, duty: bool | None) -> Iterator[TestOutcome]:  # noqa: FBT001
    yield _found("consulted", facts.consulted, "They were consulted.", "They were not; a refusal or naming must wait.")
    yield _found("unsuitable", facts.unsuitable, "The authority shows that it is.", "It is not shown to be.")
    yield _found("others", facts.against_others, "The authority shows that it would be.", "It is not shown to be.")
    yield _found(
        "resources", facts.against_resources, "The authority shows that it would be.", "It is not shown to be."
    )
    words = {
        True: "None of the three exceptions applies, so the authority must name it.",
        False: "An exception applies, so the authority names what it thinks appropriate.",
        None: "It must be named unless the authority shows an exception, and that is not settled.",
    }
    yield _outcome("duty_to_name", _AND[duty], words[duty])


def _section_33(facts: PlacementFacts, duty: bool | None) -> Iterator[TestOutcome]:  # noqa: FBT001
    names = ("mainstream_wishes", "mainstream_others", "no_steps", "mainstream_duty")
    applies = _all_of(_not(duty), facts.educated_in_setting.answer, _not(facts.cost_met_elsewhere.answer))
    words = {
        True: "The setting asked for is not to be named under section 39(3), or none was asked for.",
        False: "The setting asked for must be named, or the person is not to be educated in a setting at public cost.",
        None: "That depends on what is not settled above.",
    }
    yield _outcome("mainstream_applies", _AND[applies], words[applies])
    if applies is False:
        yield from (
            _outcome(name, Result.NOT_REACHED, "The duty of mainstream education does not arise.") for name in names
        )
        return
    wishes, others = facts.mainstream_against_wishes, facts.mainstream_against_others
    yield _found("mainstream_wishes", wishes, "The family wishes otherwise.", "The family does not wish otherwise.")
    yield _found("mainstream_others", others, "It is shown to be.", "It is not shown to be.")
    no_steps = _no_steps(facts)
    if others.answer is False:
        yield _outcome("no_steps", Result.NOT_REACHED, "The authority does not rely on the education of others.")
    else:
        steps = (facts.steps_in_area, *((facts.steps_at_setting,) if facts.steps_at_setting else ()))
        said = {True: "None is left.", False: "There are steps to take.", None: "It is not settled."}
        evidence = tuple(item for finding in steps for item in finding.evidence)
        yield _outcome("no_steps", _AND[no_steps], said[no_steps], evidence)
    excepted = _any_of(wishes.answer, _all_of(others.answer, no_steps))
    must = _all_of(applies, _not(excepted))
    said = {
        True: "No exception applies, so the plan must provide for mainstream education.",
        False: "An exception applies, so another kind of setting may be named.",
        None: "It must unless an exception is shown, and that is not settled.",
    }
    yield _outcome("mainstream_duty", _AND[must], said[must])


def _no_steps(facts: PlacementFacts) -> bool | None:
    at_setting = facts.steps_at_setting
    there = (facts.steps_in_area.answer, *((at_setting.answer,) if at_setting else ()))
    return _all_of(*(_not(answer) for answer in there))


def _section_9(facts: PlacementFacts, duty: bool | None) -> Iterator[TestOutcome]:  # noqa: FBT001
    if duty is True:
        reason = "The setting asked for must be named."
        yield from (_outcome(name, Result.NOT_REACHED, reason) for name in ("regard_to_wishes", "appropriate"))
        return
    if facts.decided_for is RightsHolder.YOUNG_PERSON:
        yield _outcome("regard_to_wishes", Result.NOT_REACHED, "Section 9 speaks of parents, not of young people.")
    else:
        regard = _all_of(
            _not(facts.wishes_inefficient.answer), _not(facts.wishes_cost_unreasonable.answer), _offered(facts)
        )
        words = {
            True: "The wishes fit efficient instruction and training and reasonable public expenditure.",
            False: "They do not fit both, or the setting wished for offers no place.",
            None: "Whether they fit is not settled.",
        }
        evidence = (*facts.wishes_inefficient.evidence, *facts.wishes_cost_unreasonable.evidence)
        yield _outcome("regard_to_wishes", _AND[regard], words[regard], evidence)
    yield _found("appropriate", facts.appropriate, "It is found appropriate.", "It is not found appropriate.")


def _offered(facts: PlacementFacts) -> bool | None:
    """Whether a place is to be had, which is asked only of settings that nobody can be made to admit to."""
    if facts.requested is None or _is_listed(facts):
        return True
    return facts.requested.place_offered.answer


def _found(name: str, finding: Finding, yes: str, no: str) -> TestOutcome:
    words = {True: yes, False: no, None: "This has not been found out."}
    return _outcome(name, _AND[finding.answer], words[finding.answer], finding.evidence)


def _outcome(name: str, result: Result, reason: str, evidence: tuple[str, ...] = ()) -> TestOutcome:
    ground, question = _GROUNDS[name]
    return TestOutcome(id=name, ground=ground, question=question, result=result, reason=reason, evidence=evidence)


def _not(answer: bool | None) -> bool | None:  # noqa: FBT001
    return None if answer is None else not answer


def _all_of(*answers: bool | None) -> bool | None:
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def _any_of(*answers: bool | None) -> bool | None:
    return _not(_all_of(*(_not(answer) for answer in answers)))
