"""That a case passed from one officer to another."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Handover(Recorded):
    """From whom, to whom, and what the next officer needs to know."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handovers")
    before = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-recorded_at", "-pk"]
