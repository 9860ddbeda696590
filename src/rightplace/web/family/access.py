"""Families see their own record; officers read what families said, and explain delays to them."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import FAMILY, OFFICERS
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask your case officer, or ring the council's team for plans."
_MINE: Final = each(FAMILY, of_case)

RULES: Final = (
    Rule(action="family.home", words="open the pages for families", roles=each(FAMILY), ask=_ASK),
    Rule(action="family.ask", words="ask for help for a child or young person", roles=each(FAMILY), ask=_ASK),
    Rule(action="family.see", words="open this page", roles=_MINE, ask=_ASK),
    Rule(action="family.say", words="tell us what you think", roles=_MINE, ask=_ASK),
    Rule(action="family.said", words="read what the family said", roles=each(OFFICERS, of_case)),
    Rule(action="family.explain", words="explain a delay to the family", roles=each(OFFICERS, of_case)),
)
