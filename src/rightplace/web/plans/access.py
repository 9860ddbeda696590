"""Who may write, issue and read plans."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import FAMILY, OFFICERS, SETTINGS, Role
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask the case officer."
_READERS: Final = OFFICERS | FAMILY | SETTINGS | frozenset({Role.PANEL})

RULES: Final = (
    Rule(action="plan.write", words="write this plan", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="plan.issue", words="issue this plan", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="plan.read", words="read this plan", roles=each(_READERS, of_case), ask=_ASK),
)
