"""Who may enter a request."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (Rule(action="intake.enter", words="enter a request for an assessment", roles=each(OFFICERS)),)
