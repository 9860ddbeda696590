"""Who may put documents on record, see the list of them, open one, and say who else may."""

from __future__ import annotations

from typing import Final

from rightplace.web.cases.access import of_case
from rightplace.web.documents.sharing import why_not_open, why_not_share
from rightplace.web.policy.role import ADVISERS, FAMILY, OFFICERS, SETTINGS, Role
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
    Rule(
        action="document.get",
        words="open this document",
        roles=each(OFFICERS | ADVISERS | SETTINGS | FAMILY | {Role.PANEL}, why_not_open),
        ask=_ASK,
    ),
    Rule(
        action="document.share",
        words="say who may open this document",
        roles=each(OFFICERS | FAMILY, why_not_share),
        ask=_ASK,
    ),
)
