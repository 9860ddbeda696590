"""What families said to us, in their own words, and why something is late."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Said(Recorded):
    """Words of a family, as they were sent: never changed. ``answers`` are the questions' names to what was written.

    ``event`` is the number of the event that was recorded with it, None where there was none.
    """

    class Kind(models.TextChoices):
        """On what occasion."""

        REQUEST = "request", "Asked us to find out what help is needed"
        VIEWS = "views", "Told us their views"
        REPLY = "reply", "Answered the draft plan"
        PREFERENCE = "preference", "Told us which school or college they want"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="said")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    answers = models.JSONField(default=dict)
    event = models.PositiveIntegerField(null=True)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-recorded_at", "-pk"]


class Explained(Recorded):
    """Why something is late, and when it is expected now, as an officer told the family. The latest of a deadline counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="explained")
    rule = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    expected = models.DateField(null=True)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-recorded_at", "-pk"]
