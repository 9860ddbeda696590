"""Letters as they were made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Letter(Recorded):
    """A letter about a decision, kept as it was made. ``event`` is the number of the event it tells of; ``body`` the text
    after the greeting, in paragraphs. ``services`` are whom the family can turn to, kept so that the next letter has them.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    event = models.PositiveIntegerField()
    day = models.DateField()
    title = models.CharField(max_length=200)
    to = models.CharField(max_length=300)
    body = models.TextField()
    signed = models.CharField(max_length=200)
    services = models.JSONField(default=dict)
    verified = models.BooleanField()
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-recorded_at", "-pk"]
