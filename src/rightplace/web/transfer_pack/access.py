"""Who may make a pack, and take one in."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="pack.make", words="make the pack of this record for another authority", roles=each(OFFICERS, of_case)),
    Rule(action="pack.receive", words="take in a plan from another authority", roles=each(OFFICERS)),
)
