"""Who has news."""

from __future__ import annotations

from typing import Any, Final

from rightplace.web.notices.shown import news
from rightplace.web.policy.role import ADVISERS, FAMILY, OFFICERS, SETTINGS
from rightplace.web.policy.rule import Rule, each

_TOLD: Final = OFFICERS | ADVISERS | FAMILY | SETTINGS


def own(user: Any, record: Any) -> str:
    """Only the person a notice is for opens it, while they may see what it is about."""
    mine = record is not None and record.user_id == user.pk and news(user).filter(pk=record.pk).exists()
    return "" if mine else "This notice is not for you."


RULES: Final = (
    Rule(action="notices.see", words="have news here", roles=each(_TOLD)),
    Rule(action="notices.open", words="open this notice", roles=each(_TOLD, own)),
)
