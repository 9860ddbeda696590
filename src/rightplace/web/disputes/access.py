"""Who may see disagreements."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="disputes.list", words="see mediation and appeals", roles=each(OFFICERS)),
    Rule(
        action="dispute.see",
        words="see the disagreement in this case",
        roles=each(OFFICERS, of_case),
        ask="Ask the case officer.",
    ),
    Rule(
        action="dispute.bundle",
        words="make a bundle of the papers of this case",
        roles=each(OFFICERS, of_case),
        ask="Ask the case officer.",
    ),
)
