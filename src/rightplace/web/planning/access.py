"""Who may see and ask for forecasts, and who sees numbers as they are."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import Role
from rightplace.web.policy.rule import Rule, each

EXACT: Final = frozenset({Role.PLANNER, Role.TEAM_MANAGER})
"""Staff of the authority who plan with its own data: they see every number. Others see published figures only."""
PUBLISHED: Final = frozenset({Role.SCHOOL, Role.TRUST, Role.PANEL})
_ASK: Final = "Ask the planner."

RULES: Final = (
    Rule(
        action="planning.see",
        words="see the forecasts and plans of places of the area",
        roles=each(EXACT | PUBLISHED),
        ask=_ASK,
    ),
    Rule(action="planning.exact", words="see small numbers", roles=each(EXACT), ask=_ASK),
    Rule(action="planning.run", words="ask for a forecast or a plan of places", roles=each(EXACT), ask=_ASK),
)
