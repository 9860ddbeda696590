"""Who may work on the setting that a plan names."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask the case officer."

RULES: Final = (
    Rule(action="placement.see", words="see how this setting is chosen", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="placement.consult", words="consult a setting in this case", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="placement.find", words="record findings about a setting", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(
        action="placement.decide", words="record the decision about a setting", roles=each(OFFICERS, of_case), ask=_ASK
    ),
    Rule(action="stays.keep", words="keep where somebody is placed", roles=each(OFFICERS, of_case), ask=_ASK),
)
