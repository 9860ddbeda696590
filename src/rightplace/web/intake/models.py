"""What a request said beside the facts of its event, and who says that a child is theirs."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Intake(Recorded):
    """How a request came, who made it and how to reach them. One for each request that an officer entered."""

    class How(models.TextChoices):
        """How it came."""

        LETTER = "letter", "Letter or paper form"
        EMAIL = "email", "E-mail"
        TELEPHONE = "telephone", "Telephone"
        IN_PERSON = "in_person", "In person"
        ONLINE = "online", "Online"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="intakes")
    how = models.CharField(max_length=20, choices=How.choices)
    asked_by = models.CharField(max_length=150)
    reach = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)


class Claim(models.Model):
    """That an account says a child is theirs, or that they are the young person. Until an officer confirms it, and says how
    it was checked, the account sees nothing of any record.

    ``case`` is the record that their request opened, or the one it was joined to.
    """

    class State(models.TextChoices):
        """How it stands."""

        WAITING = "waiting", "Waits for an officer"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Not confirmed"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    own = models.BooleanField()
    named = models.CharField(max_length=170)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    how = models.TextField(blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """The oldest first."""

        ordering: ClassVar = ["made_at", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "made_at"], name="claim_waiting")]
