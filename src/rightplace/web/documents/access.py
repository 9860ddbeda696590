"""Who may put documents on record and see the list of them."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import ADVISERS, FAMILY, OFFICERS, SETTINGS
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask the case officer."

RULES: Final = (
    Rule(
        action="documents.list",
        words="see the documents",
        roles=each(OFFICERS | ADVISERS | SETTINGS, of_case),
        ask=_ASK,
    ),
    Rule(
        action="documents.add",
        words="add a document",
        roles=each(OFFICERS | ADVISERS | SETTINGS | FAMILY, of_case),
        ask=_ASK,
    ),
)
