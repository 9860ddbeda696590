"""Who keeps the accounts."""

from __future__ import annotations

from typing import Any

KEEPERS = {"administrator"}
ROUTES = {"people": KEEPERS, "account_add": KEEPERS, "account_change": KEEPERS, "account_act": KEEPERS}
ADDRESS = {"account_change": {"account": 990001}, "account_act": {"account": 990001}}


def prepare(area: Any) -> None:
    """Somebody whose account can be changed."""
    from rightplace.web.accounts.models import User

    User.objects.create(pk=990001, username="somebody", name="Some Body", role="planner")
