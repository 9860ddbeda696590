"""Families and the officers of a case write to each other."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import FAMILY, OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="messages.inbox", words="see messages of families", roles=each(OFFICERS)),
    Rule(
        action="messages.thread",
        words="read and send these messages",
        roles=each(OFFICERS | FAMILY, of_case),
        ask="Ask the case officer, or ring the council's team for plans.",
    ),
)
