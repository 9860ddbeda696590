"""Who may open the pages about the service: everyone who signs in; the rest is public."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import ANYONE
from rightplace.web.policy.rule import Rule, each

RULES: Final = (Rule(action="home", words="open the first page", roles=each(ANYONE)),)
