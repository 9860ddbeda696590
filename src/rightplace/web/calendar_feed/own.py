"""A person's own deadlines as entries of a calendar: the reference of the case and the rule, and nobody's name."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from django.conf import settings

from rightplace.casework.deadline_rules import RULE
from rightplace.casework.terms import Adviser
from rightplace.web.advice.models import Request
from rightplace.web.calendar_feed.ics import Entry
from rightplace.web.cases.models import OpenDeadline
from rightplace.web.cases.scope import cases
from rightplace.web.policy.role import ADVISERS
from rightplace.web.today import work_list

MOST: Final = 2000
"""Entries in a feed, the soonest first."""


def entries(user: Any) -> list[Entry]:
    """What a person owes, or for an officer what is due in the cases they hold, the soonest first."""
    if user.role in ADVISERS:
        owed = Request.objects.filter(user=user, given_on=None, case__in=cases(user)).select_related("case")
        return sorted((_advice(one) for one in owed[:MOST]), key=lambda entry: (entry.day, entry.uid))
    rows = work_list.mine(user).select_related("case").order_by("due", "case__reference", "pk")
    return [_deadline(row) for row in rows[:MOST]]


def _advice(owed: Request) -> Entry:
    title = f"{RULE['advice_return'].title} ({Adviser.labels().get(owed.adviser, owed.adviser)})"
    return Entry(
        uid=_uid(owed.case.reference, "advice", str(owed.pk)),
        day=owed.due,
        summary=f"{owed.case.reference}: {title}",
        description=f"Asked for on {owed.asked_on:%d %B %Y}.",
    )


def _deadline(row: OpenDeadline) -> Entry:
    rule = RULE[row.rule]
    about = Adviser.labels().get(row.about, "")
    return Entry(
        uid=_uid(row.case.reference, row.rule, row.about, row.started.isoformat()),
        day=row.due,
        summary=f"{row.case.reference}: {rule.title}{f' ({about})' if about else ''}",
        description=f"{rule.owner.label}. {rule.basis}.",
    )


def _uid(*parts: str) -> str:
    """A name that stays while the deadline is the same one, and that tells nothing."""
    text = "\x1f".join((settings.AUTHORITY_NAME, *parts))
    return f"{sha256(text.encode()).hexdigest()[:32]}@rightplace"
