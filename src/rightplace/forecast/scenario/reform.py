"""The government's proposals as scenarios: each a dated switch with an assumed effect. None of it is law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from rightplace.errors import UserError
from rightplace.forecast.scenario.contradictions import contradictions
from rightplace.forecast.scenario.description import PROPOSED, Change, Scenario, mistakes_found
from rightplace.parameters.parameter import Parameter, Value
from rightplace.vocabulary.setting import SettingKind

_SPECIAL: Final = (
    SettingKind.SPECIAL_STATE.value,
    SettingKind.SPECIAL_NON_MAINTAINED.value,
    SettingKind.SPECIAL_INDEPENDENT.value,
)
_MAINSTREAM: Final = (
    SettingKind.MAINSTREAM.value,
    SettingKind.RESOURCED_PROVISION.value,
    SettingKind.SEN_UNIT.value,
)
EVERYTHING: Final = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reform:
    """A proposal: the parameter that says from when, the one that says how much, and on what it acts.

    ``ends`` is a parameter whose date ends it ("": it does not end).
    """

    size: str
    rate: str
    year_groups: tuple[int, ...] = ()
    settings: tuple[str, ...] = ()
    to_settings: tuple[str, ...] = ()
    ends: str = ""


REFORMS: Final[dict[str, Reform]] = {
    "national_inclusion_standards": Reform(size="inclusion_standards_joining_factor", rate="joining"),
    "experts_at_hand_primary_days": Reform(
        size="experts_at_hand_special_moves_factor", rate="moving", settings=_MAINSTREAM, to_settings=_SPECIAL
    ),
    "individual_support_plan_duty": Reform(size="support_plan_joining_factor", rate="joining"),
    "new_assessment_system": Reform(size="new_assessment_joining_factor", rate="joining"),
    "special_place_kept": Reform(size="special_place_moves_factor", rate="moving", settings=_SPECIAL),
    "plan_to_support_plan_moves": Reform(
        size="plan_to_support_plan_leaving_factor", rate="leaving", year_groups=(-1, 6, 11), ends="reform_steady_state"
    ),
}
"""Proposals that act on a rate, by the name of their switch among the parameters. Ends of phases are year groups -1, 6 and 11."""


def reform(names: Sequence[str], parameters: Mapping[str, Parameter]) -> Scenario:
    """The scenario of some proposals, or of all of them where ``names`` has "all".

    Dates and ranges are those of ``parameters``, so an area's own values count. Raises ``UserError``, with the nearest names, for a
    proposal nobody knows.
    """
    wanted = [_known(name) for name in names]
    chosen = [name for name in REFORMS if name in wanted or EVERYTHING in wanted]
    changes = tuple(_change(name, REFORMS[name], parameters) for name in chosen)
    return Scenario(name=f"Proposed, not law: {', '.join(_plain(name) for name in chosen)}", changes=changes)


def together(first: Scenario, second: Scenario) -> Scenario:
    """Two scenarios as one. Raises ``DataError`` where their changes contradict one another."""
    changes = (*first.changes, *second.changes)
    wrong = contradictions(changes)
    twice = {one.kind for one in first.assumptions} & {one.kind for one in second.assumptions}
    wrong += [("assumptions", f"{kind} is chosen in both", "Keep one of them.") for kind in sorted(twice)]
    if wrong:
        told = [(f"{place} of {first.name} and {second.name} together", what, action) for place, what, action in wrong]
        raise mistakes_found(told, "")
    return Scenario(
        name=f"{first.name}; {second.name}", changes=changes, assumptions=(*first.assumptions, *second.assumptions)
    )


def _change(name: str, of: Reform, parameters: Mapping[str, Parameter]) -> Change:
    start, size = _switched_on(parameters[name]), parameters[of.size].values[-1]
    middle = float(size.value or 0.0)
    low, high = (middle if end is None else end for end in (size.low, size.high))
    return Change(
        name=_plain(name),
        rate=of.rate,
        start=start.from_date,
        until=_switched_on(parameters[of.ends]).from_date if of.ends else None,
        year_groups=of.year_groups,
        settings=of.settings,
        to_settings=of.to_settings,
        low=low,
        high=high,
        reason=f"{parameters[name].label}. {size.note}".strip(),
        source=f"Date: {start.source_title}{_doubt(start)}. Size: {size.source_title}{_doubt(size)}",
        owner=PROPOSED,
    )


def _switched_on(parameter: Parameter) -> Value:
    """The last value of a switch, which turns it on."""
    value = parameter.values[-1]
    if value.value in (None, False):
        raise UserError(
            f"{parameter.label}: it is not proposed any more.", where=parameter.name, action="Leave it out."
        )
    return value


def _doubt(value: Value) -> str:
    return "" if value.verified else " (not verified)"


def _known(name: str) -> str:
    plain = name.strip().casefold().replace("-", "_").replace(" ", "_")
    if plain in REFORMS or plain == EVERYTHING:
        return plain
    near = get_close_matches(plain, REFORMS, n=2)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Use {EVERYTHING}, or {', '.join(REFORMS)}."
    raise UserError(f"No proposal that acts on a rate is called {name!r}.", where="--reform", action=hint)


def _plain(name: str) -> str:
    return name.replace("_", " ")
