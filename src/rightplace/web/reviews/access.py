"""Who may see reviews that are due."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="reviews.list", words="see which reviews are due", roles=each(OFFICERS)),
    Rule(action="review.see", words="see this review", roles=each(OFFICERS, of_case), ask="Ask the case officer."),
)
