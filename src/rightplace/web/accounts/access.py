"""Who may do what with accounts."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import ANYONE
from rightplace.web.policy.rule import Rule, each

RULES: Final = (Rule(action="account.own", words="change how you sign in", roles=each(ANYONE)),)
