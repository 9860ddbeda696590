"""Who may write and read letters."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import FAMILY, OFFICERS
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask the case officer."

RULES: Final = (
    Rule(action="letter.write", words="write letters in this case", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="letter.read", words="read this letter", roles=each(OFFICERS | FAMILY, of_case), ask=_ASK),
)
