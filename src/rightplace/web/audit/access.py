"""Who may read the log."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import Role
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(
        action="audit.read",
        words="read the log of access",
        roles=each(frozenset({Role.AUDITOR, Role.ADMINISTRATOR})),
        ask="Ask your auditor.",
    ),
)
