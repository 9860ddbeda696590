"""Who keeps the accounts."""

from __future__ import annotations

from typing import Any, Final

from rightplace.web.policy.role import Role
from rightplace.web.policy.rule import Rule, each

_KEEPERS: Final = frozenset({Role.ADMINISTRATOR})


def of_another(user: Any, record: Any) -> str:
    """Nobody changes their own role, ends their own account or gives themselves a new password here."""
    return "This is your own account: another administrator must change it." if record == user else ""


RULES: Final = (
    Rule(action="people.list", words="see everyone's accounts", roles=each(_KEEPERS)),
    Rule(action="contacts.change", words="say who helps families in this area", roles=each(_KEEPERS)),
    Rule(action="organisations.change", words="enter schools, trusts and services", roles=each(_KEEPERS)),
    Rule(action="people.add", words="make accounts", roles=each(_KEEPERS)),
    Rule(action="people.change", words="change this account", roles=each(_KEEPERS, of_another)),
)
