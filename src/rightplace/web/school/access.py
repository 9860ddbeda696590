"""What schools and colleges owe; and the log of provision, which officers and the family read too."""

from __future__ import annotations

from typing import Any, Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import FAMILY, OFFICERS, SETTINGS
from rightplace.web.policy.rule import Rule, each
from rightplace.web.school.scope import consultation

_ASK: Final = "Ask the case officer."


def asked(user: Any, record: Any) -> str:
    """A setting answers a consultation that waits for it."""
    return "" if consultation(user, record) is not None else "No consultation of this child waits for your answer."


RULES: Final = (
    Rule(action="school.owed", words="see what your school owes", roles=each(SETTINGS), ask=_ASK),
    Rule(action="school.answer", words="answer this consultation", roles=each(SETTINGS, asked), ask=_ASK),
    Rule(
        action="school.draft", words="read the draft plan you were asked about", roles=each(SETTINGS, asked), ask=_ASK
    ),
    Rule(action="school.answers", words="read what settings answered", roles=each(OFFICERS, of_case)),
    Rule(action="school.advice", words="give your school's advice", roles=each(SETTINGS, of_case), ask=_ASK),
    Rule(action="school.review", words="write this review", roles=each(SETTINGS, of_case), ask=_ASK),
    Rule(
        action="school.review_read",
        words="read this review",
        roles=each(SETTINGS | OFFICERS | FAMILY, of_case),
        ask=_ASK,
    ),
    Rule(
        action="provision.see", words="see what was given", roles=each(SETTINGS | OFFICERS | FAMILY, of_case), ask=_ASK
    ),
    Rule(action="provision.log", words="log what was given", roles=each(SETTINGS, of_case), ask=_ASK),
)
