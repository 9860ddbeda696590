"""Who may take out a whole record, and who may remove one."""

from __future__ import annotations

from typing import Any, Final

from rightplace.web.cases.access import of_case
from rightplace.web.policy.role import OFFICERS, Role
from rightplace.web.policy.rule import Rule, each
from rightplace.web.records.models import Removal
from rightplace.web.records.retention import past

_ASK: Final = "Ask your team manager."
_MANAGER: Final = frozenset({Role.TEAM_MANAGER})


def kept_long_enough(user: Any, record: Any) -> str:
    """A record may be proposed for removal when its time is up."""
    return of_case(user, record) or ("" if past(record) else "The time for which this record is kept is not up.")


def proposed_by_another(user: Any, record: Any) -> str:
    """Two people remove a record: one proposes it, and a manager who is not that one reviews it."""
    why = kept_long_enough(user, record)
    if why:
        return why
    proposal = Removal.objects.filter(reference=record.reference, removed_at=None).first()
    if proposal is None:
        return "Nobody has proposed to remove this record."
    return "You proposed to remove it, so somebody else must review it." if proposal.proposer == user.pk else ""


RULES: Final = (
    Rule(action="records.export", words="take out a whole record", roles=each(_MANAGER, of_case), ask=_ASK),
    Rule(action="records.list", words="see which records were kept long enough", roles=each(OFFICERS), ask=_ASK),
    Rule(
        action="records.propose",
        words="propose to remove this record",
        roles=each(OFFICERS, kept_long_enough),
        ask=_ASK,
    ),
    Rule(action="records.remove", words="remove this record", roles=each(_MANAGER, proposed_by_another), ask=_ASK),
)
