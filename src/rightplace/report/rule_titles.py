"""What each rule of the SEN2 return is about, in a few words."""

from __future__ import annotations

from functools import cache


def title(rule: str) -> str:
    """The title of a rule; the rule's own name where the catalogue does not have it."""
    return _titles().get(rule, rule)


@cache
def _titles() -> dict[str, str]:
    from rightplace.returns.checks.rules import RULES

    return {rule.id: rule.title for rule in RULES}
