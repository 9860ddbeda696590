"""Who may see and keep the agenda of a panel."""

from __future__ import annotations

from typing import Any, Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS, Role
from rightplace.web.policy.rule import Rule, each

_PANEL: Final = frozenset({Role.PANEL})
_ASK: Final = "Ask the officer who runs the panel."


def member(user: Any, record: Any) -> str:
    """A panel member sees the meetings they are asked to."""
    if record is None or not record.members.filter(pk=user.pk).exists():
        return "You are not asked to this meeting."
    return ""


RULES: Final = (
    Rule(action="panel.list", words="see the meetings of panels", roles=each(OFFICERS | _PANEL), ask=_ASK),
    Rule(action="panel.keep", words="set a meeting of a panel", roles=each(OFFICERS), ask=_ASK),
    Rule(action="panel.see", words="see this agenda", roles={**each(OFFICERS), **each(_PANEL, member)}, ask=_ASK),
    Rule(action="panel.add", words="put a case on this agenda", roles=each(OFFICERS), ask=_ASK),
    Rule(action="panel.item", words="see these papers", roles=each(OFFICERS | _PANEL, of_case), ask=_ASK),
    Rule(action="panel.record", words="record what the panel said", roles=each(OFFICERS, of_case), ask=_ASK),
)
