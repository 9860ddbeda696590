"""What an account that is not confirmed yet is told of its own request: that we have it, and by when we must answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.timezone import localdate

from rightplace.casework.deadline_rules import RULE
from rightplace.web.intake.models import Claim


def sent_requests(user: Any) -> list[dict[str, Any]]:
    """Requests of an account whose claim waits or was not confirmed. Nothing in it comes from any record."""
    rows = Claim.objects.filter(user=user).exclude(state=Claim.State.CONFIRMED)
    return [
        {
            "named": one.named,
            "sent": _day(one),
            "state": one.state,
            "decide_by": RULE["assess_decision"].limit.last_day(_day(one)),
        }
        for one in rows
    ]


def _day(one: Claim) -> date:
    return localdate(one.made_at)
