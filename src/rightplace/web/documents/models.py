"""Who may open a document beside the officers and the family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import models

from rightplace.web.cases.models import Document
from rightplace.web.policy.role import ADVISERS, SETTINGS, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who may be let in together: a name, what they are called, how a sender is asked about them, and their roles."""

    name: str
    words: str
    ask: str
    roles: frozenset[Role]


GROUPS: Final = (
    Group(name="school", words="The school or college", ask="Let the school or college open it", roles=SETTINGS),
    Group(
        name="advisers",
        words="The people asked for advice, such as a psychologist or a doctor",
        ask="Let the people asked for advice open it, such as a psychologist or a doctor",
        roles=ADVISERS,
    ),
    Group(
        name="panel",
        words="The panel that looks at the papers before a decision",
        ask="Let the panel open it, which looks at the papers before a decision",
        roles=frozenset({Role.PANEL}),
    ),
)
"""Who can be let in. Nobody is until somebody says so."""


class Sharing(models.Model):
    """Who sent a document, and whom else it was opened for: by who sent it, or by an officer who says why.

    A document with no such row was sent before this was asked; it is open to officers, and to the family if it is meant for
    them.
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="sharing")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    of_family = models.BooleanField(default=False)
    chosen_school = models.BooleanField(default=False)
    chosen_advisers = models.BooleanField(default=False)
    chosen_panel = models.BooleanField(default=False)
    opened_school = models.BooleanField(default=False)
    opened_advisers = models.BooleanField(default=False)
    opened_panel = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    opened_by = models.CharField(max_length=150, blank=True)
    opened_at = models.DateTimeField(null=True)

    def open_to(self) -> list[Group]:
        """The groups that may open it."""
        return [one for one in GROUPS if getattr(self, f"chosen_{one.name}") or getattr(self, f"opened_{one.name}")]
