"""Who may answer what the yearly return asks."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS, Role
from rightplace.web.policy.rule import Rule, each

_KEEPERS: Final = frozenset({Role.TEAM_MANAGER, Role.ADMINISTRATOR})

RULES: Final = (
    Rule(action="return.answer", words="answer what the yearly return asks", roles=each(OFFICERS, of_case)),
    Rule(action="return.download", words="download the yearly return", roles=each(_KEEPERS)),
    Rule(action="return.header", words="set the header of the yearly return", roles=each(_KEEPERS)),
)
