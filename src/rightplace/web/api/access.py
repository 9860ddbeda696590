"""Who may read the description of the API, and who makes keys. What it gives is under the same rules as the pages."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import OFFICERS, SETTINGS, Role
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(
        action="api.describe",
        words="read the description of the programming interface",
        roles=each(OFFICERS | SETTINGS | {Role.ADMINISTRATOR}),
    ),
    Rule(action="api.keys", words="make keys for programs", roles=each(frozenset({Role.ADMINISTRATOR}))),
)
