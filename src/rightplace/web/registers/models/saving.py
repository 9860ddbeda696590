"""Every saving of an entry: what it said then, who saved it and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Saving(Recorded):
    """One saving of an entry of a register. It is added and read, and nothing else."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="register_savings")
    register = models.CharField(max_length=20)
    entry = models.BigIntegerField()
    revision = models.PositiveIntegerField()
    values = models.JSONField()
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        """One of each revision of an entry."""

        ordering: ClassVar = ["-revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "entry", "revision"], name="one_register_saving_of_each_revision"
            )
        ]
