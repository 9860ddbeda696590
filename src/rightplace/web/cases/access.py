"""Who may do what with cases."""

from __future__ import annotations

from typing import Any, Final

from rightplace.web.cases.models import Case
from rightplace.web.cases.scope import sees
from rightplace.web.policy.role import OFFICERS
from rightplace.web.policy.rule import Rule, each

_ASK: Final = "Ask the case officer, or the team that looks after plans."


def of_case(user: Any, record: Any) -> str:
    """As for the case that a record belongs to."""
    return sees(user, record if record is None or isinstance(record, Case) else record.case)


RULES: Final = (
    Rule(action="cases.list", words="see the list of cases", roles=each(OFFICERS), ask=_ASK),
    Rule(action="case.see", words="open this record", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="case.record", words="record what happened in this case", roles=each(OFFICERS, of_case), ask=_ASK),
    Rule(action="case.strike_out", words="strike out an event of this case", roles=each(OFFICERS, of_case), ask=_ASK),
)
