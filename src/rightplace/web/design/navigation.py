"""The doors of the service: the few places to start from, each with the action it needs.

A subject adds its door here, in the order in which people look for it.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.urls import NoReverseMatch

from rightplace.web.design.addresses import address
from rightplace.web.policy.decide import may

DOORS: Final = (
    ("Today", "today", "today.see"),
    ("Cases", "cases", "cases.list"),
    ("Families to confirm", "claims", "claims.list"),
    ("Reviews", "reviews", "reviews.list"),
    ("Moves", "transfers", "transfers.see"),
    ("Appeals", "disputes", "disputes.list"),
    ("Panels", "panel", "panel.list"),
    ("Caseload", "caseload", "caseload.see"),
    ("What you owe", "advice_owed", "advice.owed"),
    ("Where we are", "family", "family.home"),
    ("What you owe", "school", "school.owed"),
    ("Messages", "messages_inbox", "messages.inbox"),
    ("Registers", "registers", "registers.list"),
    ("News", "notices", "notices.see"),
    ("The area at a glance", "planning", "planning.see"),
    ("Accounts", "people", "people.list"),
    ("Yearly return", "return_header", "return.header"),
    ("Inspection lists", "annex_a", "annex_a.take"),
    ("Log of access", "audit_log", "audit.read"),
)
"""Words, name of the address, action."""


class Door(NamedTuple):
    """A door as the navigation of a page shows it."""

    text: str
    href: str
    active: bool


def doors(user: Any, here: str) -> tuple[Door, ...]:
    """The doors that a person may open, for the navigation of a page; the one they stand in is marked."""
    found = []
    for text, name, action in DOORS:
        if not may(user, action):
            continue
        try:
            href = address(name)
        except NoReverseMatch:
            continue
        found.append(Door(text, href, here.startswith(href)))
    return tuple(found)
