"""Packs that came in, until somebody has taken them or sent them back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.paper import hidden_name


class PackIn(models.Model):
    """A pack that was read and found whole. The file is kept under a name that says nothing, and only until it is decided."""

    class State(models.TextChoices):
        """How it stands."""

        WAITING = "waiting", "Waits"
        TAKEN = "taken", "Taken in"
        DROPPED = "dropped", "Not taken"

    name = models.CharField(max_length=200)
    authority = models.CharField(max_length=200)
    file = models.FileField(upload_to=hidden_name)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="packs_in")
    received_by = models.CharField(max_length=150)
    received_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        """The oldest first."""

        ordering: ClassVar = ["received_at", "pk"]
