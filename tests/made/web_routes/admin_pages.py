"""Who keeps the accounts."""

from __future__ import annotations

from typing import Any

KEEPERS = {"administrator"}
NAMES = (
    "people", "account_add", "account_change", "account_act", "area_contacts", "area_contact", "post",
    "organisations", "organisation_add", "organisation_change",
)  # fmt: skip
ROUTES = dict.fromkeys(NAMES, KEEPERS)
ADDRESS = {
    "account_change": {"account": 990001},
    "account_act": {"account": 990001},
    "area_contact": {"kind": "advice"},
    "organisation_change": {"organisation": 990002},
}


def prepare(area: Any) -> None:
    """Somebody whose account can be changed, and a trust."""
    from rightplace.web.accounts.models import Organisation, User

    User.objects.create(pk=990001, username="somebody", name="Some Body", role="planner")
    Organisation.objects.create(pk=990002, kind="trust", name="A Trust", code="a-trust")
