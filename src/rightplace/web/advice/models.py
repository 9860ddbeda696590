"""Requests for advice, reminders, and the advice itself."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models

from rightplace.casework.deadline_rules import RULE
from rightplace.casework.terms import Adviser
from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Request(models.Model):
    """Advice asked of somebody for an assessment. ``adviser`` is a ``casework.terms.Adviser`` code, ``event`` the number
    of the event it was asked with. ``user`` gives it here; None where it comes on paper.

    ``needs``, ``provision`` and ``outcomes`` are the advice, saved as it is written; ``revision`` counts the savings.
    Once ``given_on`` is set nothing of it changes.
    """

    class Source(models.TextChoices):
        """How the advice came."""

        HERE = "here", "Given through this service"
        PAPER = "paper", "Sent to us and put on record by an officer"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="advice_requests")
    adviser = models.CharField(max_length=20, choices=list(Adviser.labels().items()))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="advice_requests"
    )
    asked_of = models.CharField(max_length=150)
    asked_on = models.DateField()
    note = models.TextField(blank=True)
    event = models.PositiveIntegerField()
    key = models.CharField(max_length=64, null=True, unique=True)
    needs = models.TextField(blank=True)
    provision = models.TextField(blank=True)
    outcomes = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    given_on = models.DateField(null=True)
    given_by = models.CharField(max_length=150, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, blank=True)

    class Meta:
        """What one adviser owes is asked for at each visit."""

        ordering: ClassVar = ["asked_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["user", "given_on"], name="advice_of_user")]

    @property
    def due(self) -> date:
        """The last day in time: each adviser has six weeks from the day the request reached them (regulation 8(1))."""
        return RULE["advice_return"].limit.last_day(self.asked_on)


class Chaser(Recorded):
    """A reminder that an officer sent. It does not start the six weeks again."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="chasers")
    day = models.DateField()
    how = models.CharField(max_length=200)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """In order."""

        ordering: ClassVar = ["day", "pk"]
