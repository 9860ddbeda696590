"""Records that were proposed for removal, and removed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Removal(models.Model):
    """That a case's record was proposed for removal, and perhaps removed. The case is held as text: it outlives it."""

    reference = models.CharField(max_length=20)
    reason = models.TextField()
    proposed_by = models.CharField(max_length=150)
    proposer = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    removed_by = models.CharField(max_length=150, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        """One open proposal for a case."""

        ordering: ClassVar = ["-proposed_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], condition=models.Q(removed_at=None), name="one_open_removal_of_a_case"
            )
        ]
