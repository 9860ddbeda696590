"""Every rule, in the order of the ids."""

from __future__ import annotations

from typing import Final

from rightplace.returns.checks.rule import Rule
from rightplace.returns.checks.sections import (
    active_plan,
    assessment,
    attended_setting,
    header,
    named_setting,
    need,
    person,
    person_number,
    placement,
    plan,
    reasonableness,
    requests,
    values,
)

_SECTIONS: Final = (
    header,
    person,
    person_number,
    requests,
    assessment,
    plan,
    named_setting,
    active_plan,
    placement,
    attended_setting,
    need,
    values,
    reasonableness,
)

RULES: Final[tuple[Rule, ...]] = tuple(
    sorted((rule for section in _SECTIONS for rule in section.RULES), key=lambda rule: rule.id)
)
"""Every rule, sorted by id."""

BY_ID: Final[dict[str, Rule]] = {rule.id: rule for rule in RULES}
"""Rule id to rule."""


def applies(edition: int) -> tuple[Rule, ...]:
    """The rules that hold in an edition, sorted by id."""
    return tuple(rule for rule in RULES if rule.applies(edition))
