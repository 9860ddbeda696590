"""Who has a list of work."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (Rule(action="today.see", words="see the work of case officers", roles=each(OFFICERS)),)
