"""Events and exemptions of a case, as they were recorded. They are added and read, and nothing else."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from rightplace.errors import RefusedError
from rightplace.web.audit.models import OnlyAdded
from rightplace.web.cases.models.case import Case


class Recorded(models.Model):
    """What rows of a case's record have in common."""

    recorded_by = models.CharField(max_length=150)
    recorder = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField()

    objects = OnlyAdded.as_manager()

    class Meta:
        """A base only."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises ``RefusedError`` for one that is there already."""
        if not self._state.adding:
            raise RefusedError("What was recorded is never changed.", action="Strike it out and record it again.")
        super().save(*args, force_insert=True, using=kwargs.get("using"))


class CaseEvent(Recorded):
    """An event of a case: a kind and facts of ``casework.events``, numbered from 1 within the case and sealed in a chain.

    ``inferred``: the event must have happened, but its day was not in what was loaded, and the day here is not known.
    ``source``: the load it came with; "" when it was recorded here. ``key`` is the number of the form it came from, so that
    a form sent twice is recorded once. The kind ``struck_out`` is not of casework: it says that the event whose number is
    in its facts does not count, and why.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    day = models.DateField()
    facts = models.JSONField(default=dict)
    inferred = models.BooleanField(default=False)
    source = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=64, null=True, unique=True)
    before = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64)

    class Meta:
        """One event of each number in a case, however many record at once."""

        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_event_of_each_number")]


class CaseExemption(Recorded):
    """An exemption on a deadline of a case: the facts of ``casework.exemptions.Exemption``."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exemptions")
    deadline = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    ground = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField()
    evidence = models.TextField()
    decided_by = models.CharField(max_length=150)
    advice_asked_on = models.DateField(null=True)
