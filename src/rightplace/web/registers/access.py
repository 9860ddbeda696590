"""Who keeps the registers: the officers of the authority. They hold prices of contracts, which are nobody else's."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="registers.list", words="see the registers", roles=each(OFFICERS)),
    Rule(
        action="registers.case",
        words="see and change what the registers hold of this case",
        roles=each(OFFICERS, of_case),
    ),
)
