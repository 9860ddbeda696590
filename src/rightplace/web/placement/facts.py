"""From what was saved and what happened to the facts that the tests of law ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rightplace.casework.deadline_rules import RULE
from rightplace.casework.events import Event, SettingAnswered, SettingConsulted, SettingPreferred
from rightplace.casework.placement_facts import Finding, PlacementFacts, Setting, SettingStatus
from rightplace.casework.terms import RightsHolder
from rightplace.web.placement.questions import QUESTIONS

OF_SETTING = ("approved", "place_offered")
DEFAULTS: Mapping[str, bool] = {"educated_in_setting": True, "cost_met_elsewhere": False}
"""What is taken as so until somebody finds otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """A setting that was consulted: when, the day its answer is expected by, and what it said if it answered."""

    setting: str
    day: date
    due: date
    answered: date | None = None
    can_meet: bool | None = None


def preferred(events: Sequence[Event]) -> str:
    """The setting that the family asked for last; "" where it asked for none."""
    return next((event.setting for event in reversed(events) if isinstance(event, SettingPreferred)), "")


def consulted(events: Sequence[Event]) -> list[Consulted]:
    """Every setting consulted, in the order in which they were first asked, with the last answer of each."""
    found: dict[str, Consulted] = {}
    for event in events:
        if isinstance(event, SettingConsulted) and event.setting not in found:
            due = RULE["setting_consult"].limit.last_day(event.day)
            found[event.setting] = Consulted(setting=event.setting, day=event.day, due=due)
        elif isinstance(event, SettingAnswered) and event.setting in found:
            held = found[event.setting]
            found[event.setting] = Consulted(
                setting=held.setting, day=held.day, due=held.due, answered=event.day, can_meet=event.can_meet
            )
    return list(found.values())


def facts(values: Mapping[str, Any], events: Sequence[Event], rights: RightsHolder, found_by: str) -> PlacementFacts:
    """The facts of a case, from the findings saved and the setting that the family asked for."""
    found = {question.name: _finding(values.get(question.name), question.name, found_by) for question in QUESTIONS}
    asked_for = preferred(events)
    status = values.get("status")
    setting = None
    if asked_for:
        setting = Setting(
            name=asked_for,
            # Nobody said what it is: then whether it is in the list is not known, as for one whose approval is not known.
            status=SettingStatus(status) if status else SettingStatus.INDEPENDENT_SPECIAL,
            approved=found["approved"],
            place_offered=found["place_offered"],
        )
    at_setting = found.pop("steps_at_setting")
    rest = {name: finding for name, finding in found.items() if name not in OF_SETTING}
    return PlacementFacts(
        decided_for=rights,
        requested=setting,
        steps_at_setting=at_setting if at_setting.answer is not None else None,
        **rest,
    )


def _finding(saved: Mapping[str, Any] | None, name: str, found_by: str) -> Finding:
    if not saved or saved.get("answer") is None:
        return Finding(answer=DEFAULTS.get(name))
    evidence = tuple(line for line in str(saved.get("evidence", "")).splitlines() if line.strip())
    return Finding(answer=saved["answer"], evidence=evidence, found_by=found_by)
