"""Who may see caseloads and hand cases over."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS, Role
from rightplace.web.policy.rule import Rule, each

_MANAGER: Final = frozenset({Role.TEAM_MANAGER})

RULES: Final = (
    Rule(
        action="caseload.see", words="see the caseload of the team", roles=each(_MANAGER), ask="Ask the team manager."
    ),
    Rule(
        action="case.hand_over", words="hand this case over", roles=each(OFFICERS, of_case), ask="Ask the team manager."
    ),
)
