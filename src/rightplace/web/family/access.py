"""Families see their own record."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import FAMILY
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="family.home", words="open the pages for families", roles=each(FAMILY)),
    Rule(
        action="family.see",
        words="open this page",
        roles=each(FAMILY, of_case),
        ask="Ask your case officer, or ring the council's team for plans.",
    ),
)
