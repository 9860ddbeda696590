"""Who may do what with cases."""

from __future__ import annotations

from typing import Any, Final

from rightplace.web.cases.models import Case
from rightplace.web.cases.scope import sees
from rightplace.web.policy.role import ADVISERS, FAMILY, OFFICERS, SETTINGS, Role
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask the case officer, or the team that looks after plans."


def family_document(user: Any, record: Any) -> str:
    """A family sees the documents of its own case that are meant for it."""
    if record is None or not record.for_family or sees(user, record.case):
        return "This document is not one that was shared with you."
    return ""


def of_case(user: Any, record: Any) -> str:
    """As for the case that a record belongs to."""
    return sees(user, record if record is None or isinstance(record, Case) else record.case)


RULES: Final = (
    Rule(action="cases.list", words="see the list of cases", roles=each(OFFICERS), ask=_ASK),
    Rule(action="case.see", words="open this record", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="case.record", words="record what happened in this case", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="case.strike_out", words="strike out an event of this case", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(
        action="document.get",
        words="open this document",
        roles={
            **each(OFFICERS | ADVISERS | SETTINGS | frozenset({Role.PANEL}), of_case),
            **each(FAMILY, family_document),
        },
        ask=_ASK,
    ),
)
