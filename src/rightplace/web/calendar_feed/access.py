"""Who may have a feed of their deadlines."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import ADVISERS, OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="calendar.own", words="have your deadlines in a calendar", roles=each(OFFICERS | ADVISERS)),
)
