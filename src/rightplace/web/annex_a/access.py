"""Who may take the lists of an inspection."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import Role
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(
        action="annex_a.take",
        words="take the lists that an inspection asks for",
        roles=each(frozenset({Role.TEAM_MANAGER, Role.ADMINISTRATOR})),
    ),
)
