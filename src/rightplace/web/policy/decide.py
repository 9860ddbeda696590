"""``may``: whether a person may do something to a record, with the reason."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.apps import apps

from rightplace.web.policy.role import Role
from rightplace.web.policy.rule import PUBLIC, Answer, Rule


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its action, gathered from the ``access.py`` of each subject.

    Raises ``ValueError`` where two subjects name one action.
    """
    found = {PUBLIC: Rule(action=PUBLIC, words="open this page", public=True)}
    for app in apps.get_app_configs():
        if not app.name.startswith("rightplace.web.") or find_spec(f"{app.name}.access") is None:
            continue
        for rule in import_module(f"{app.name}.access").RULES:
            if rule.action in found:
                raise ValueError(f"The action {rule.action!r} is listed twice.")
            found[rule.action] = rule
    return found


def may(user: Any, action: str, record: Any = None) -> Answer:
    """Whether a person may do this to this record. An action with no rule is refused to everyone."""
    rule = rules().get(action)
    if rule is None:
        return Answer(allowed=False, reason="Nobody has been given this yet.")
    if rule.public:
        return _YES
    if not user.is_authenticated:
        return Answer(allowed=False, reason="You have not signed in.", ask="Sign in first.")
    role = user.role
    if role not in rule.roles:
        return _not_as(action, role)
    test = rule.roles[role]
    reason = test(user, record) if test else ""
    return Answer(allowed=False, reason=reason, ask=rule.ask) if reason else _YES


_YES: Final = Answer(allowed=True)


@cache
def _not_as(action: str, role: str) -> Answer:
    rule = rules()[action]
    who = Role(role).label.lower() if role in Role.values else "person without a role"
    return Answer(allowed=False, reason=f"You cannot {rule.words} as a {who}.", ask=rule.ask)
