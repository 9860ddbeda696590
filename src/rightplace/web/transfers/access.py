"""Who may see the board of moves between phases."""

from __future__ import annotations

from typing import Final

from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

RULES: Final = (
    Rule(action="transfers.see", words="see who moves to a new phase", roles=each(OFFICERS)),
    Rule(action="transfers.expect", words="record that moves are expected", roles=each(OFFICERS)),
)
