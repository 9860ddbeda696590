"""Who keeps the accounts."""

from __future__ import annotations

from typing import Any

KEEPERS = {"administrator"}
NAMES = ("people", "account_add", "account_change", "account_act", "area_contacts", "area_contact", "post")
ROUTES = dict.fromkeys(NAMES, KEEPERS)
ADDRESS = {
    "account_change": {"account": 990001},
    "account_act": {"account": 990001},
    "area_contact": {"kind": "advice"},
}


def prepare(area: Any) -> None:
    """Somebody whose account can be changed."""
    from rightplace.web.accounts.models import User

    User.objects.create(pk=990001, username="somebody", name="Some Body", role="planner")
