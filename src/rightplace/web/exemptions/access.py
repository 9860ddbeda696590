"""Who may record and withdraw exemptions, and who is told of them."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import FAMILY, OFFICERS
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask the case officer."

RULES: Final = (
    Rule(action="exemptions.see", words="see exemptions from time limits", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="exemptions.record", words="record an exemption", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="exemptions.withdraw", words="withdraw an exemption", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="exemptions.told", words="read why the law gives more time", roles=each(FAMILY, of_case), ask=_ASK),
)
