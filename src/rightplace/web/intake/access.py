"""Who may enter a request."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="intake.enter", words="enter a request for an assessment", roles=each(OFFICERS)),
    Rule(action="claims.list", words="see who says that a child is theirs", roles=each(OFFICERS)),
    Rule(action="claims.decide", words="confirm who somebody is", roles=each(OFFICERS, of_case)),
    Rule(action="family_accounts.keep", words="say which accounts are this family's", roles=each(OFFICERS, of_case)),
)
