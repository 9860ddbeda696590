"""What the entries of every register have in common."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case


class Entry(models.Model):
    """An entry of a register, from a day and perhaps until one. ``revision`` counts its savings, which are all kept.

    ``mistaken``: it was made by mistake, and no longer counts. ``key`` is the number of the form that made it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss")
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    review_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    mistaken = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """A base only."""

        abstract = True
        ordering: ClassVar = ["-starts", "-pk"]

    def running(self, on: date) -> bool:
        """Whether it runs on a day."""
        return (
            not self.mistaken and (self.starts is None or self.starts <= on) and (self.ends is None or self.ends >= on)
        )

    def doubts(self, on: date) -> list[str]:
        """What an officer should look at, in sentences."""
        late = self.review_on is not None and self.review_on < on and self.running(on)
        return ["The review is late."] if late else []


def money() -> models.DecimalField:
    """Pounds and pence a year; None where it is not known, which is not nothing."""
    return models.DecimalField(max_digits=11, decimal_places=2, null=True)
