"""Review paperwork, answers to consultations, and the log of provision that was given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class ReviewPaper(models.Model):
    """The report of one review meeting, saved as it is written. Once ``sent_at`` is set nothing of it changes.

    ``entered`` are the answers by the names of the form; ``revision`` counts the savings. One at most is in hand in a case.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="review_papers")
    entered = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.CharField(max_length=150)
    saved_at = models.DateTimeField()
    sent_by = models.CharField(max_length=150, blank=True)
    sent_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The newest first; one in hand at most."""

        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(sent_at__isnull=True), name="one_review_paper_in_hand"
            )
        ]


class ConsultationAnswer(Recorded):
    """A setting's answer to a consultation, in full: the event says only whether it can meet the needs."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consultation_answers")
    setting = models.CharField(max_length=200)
    answers = models.JSONField(default=dict)
    event = models.PositiveIntegerField()
    key = models.CharField(max_length=64, null=True, unique=True)


class Delivered(Recorded):
    """One time that provision of Section F was given, or was not and why. ``entry`` is the entry's number in the plan.

    ``promised`` is the entry's text on that day, so that the line can be read when the plan has changed.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="delivered")
    entry = models.PositiveIntegerField()
    promised = models.TextField()
    day = models.DateField()
    given = models.BooleanField()
    minutes = models.PositiveIntegerField(null=True)
    who = models.CharField(max_length=150, blank=True)
    why_not = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-day", "-pk"]
        indexes: ClassVar = [models.Index(fields=["case", "entry", "day"], name="delivered_of_entry")]
