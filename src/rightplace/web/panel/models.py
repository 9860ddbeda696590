"""Meetings, what is on their agenda, and what was recommended."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Meeting(models.Model):
    """A meeting of a panel, with the members asked to it."""

    day = models.DateField()
    name = models.CharField(max_length=150)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="panels")
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The latest first."""

        ordering: ClassVar = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """A case on an agenda, and what is asked of the panel."""

    class Question(models.TextChoices):
        """What is asked."""

        ASSESS = "assess", "Whether to assess"
        PLAN = "plan", "Whether to issue a plan"
        SETTING = "setting", "Which setting to name"
        CHANGE = "change", "Whether to change the provision"
        CEASE = "cease", "Whether to end the plan"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="panel_items")
    question = models.CharField(max_length=20, choices=Question.choices)
    note = models.TextField(blank=True)

    class Meta:
        """In the order they were put on it; each question of a case once."""

        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "case", "question"], name="one_item_of_each_question")
        ]


class Recommendation(Recorded):
    """What the panel recommended, why, and who was there: kept as it was recorded; a later one adds to it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="recommendations")
    words = models.CharField(max_length=300)
    reasons = models.TextField()
    present = models.CharField(max_length=500)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """In order."""

        ordering: ClassVar = ["pk"]
