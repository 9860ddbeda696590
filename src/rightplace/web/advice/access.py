"""Who may ask for advice, see what is owed, and give it."""

from __future__ import annotations

from typing import Any, Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import ADVISERS, FAMILY, OFFICERS, Role
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask the case officer."
_PANEL: Final = frozenset({Role.PANEL})


def asked_of(user: Any, record: Any) -> str:
    """Advice is given by the person it was asked of, while they are linked to the case."""
    if record is None or record.user_id != user.pk:
        return "This advice was not asked of you."
    return of_case(user, record)


def given_of_own(user: Any, record: Any) -> str:
    """A family, and a panel that hears the case, read advice once it was given."""
    if record is None or record.given_on is None:
        return "This advice is not one that was given in a matter of yours."
    return of_case(user, record)


RULES: Final = (
    Rule(action="advice.ask", words="ask for advice in this case", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="advice.record", words="record what happened to this advice", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="advice.owed", words="see the advice you owe", roles=each(ADVISERS), ask=_ASK),
    Rule(action="advice.give", words="give this advice", roles=each(ADVISERS, asked_of), ask=_ASK),
    Rule(
        action="advice.read",
        words="read this advice",
        roles={**each(OFFICERS, of_case), **each(ADVISERS, asked_of), **each(FAMILY | _PANEL, given_of_own)},
        ask=_ASK,
    ),
)
