"""Entries of the plan in hand, every saving of each, and the versions that were issued."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Part(models.Model):
    """An entry of the plan in hand. ``number`` is its own within the case; ``ties`` are numbers of other entries."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_parts")
    section = models.CharField(max_length=2)
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    ties = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=0)
    removed = models.BooleanField(default=False)

    class Meta:
        """One entry of each number in a case."""

        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_part_of_each_number")]


class PartSaved(Recorded):
    """One saving of an entry: everything it said from then on. Nothing that was saved is ever lost."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="saved")
    revision = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    ties = models.JSONField(default=list)
    removed = models.BooleanField(default=False)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """One saving of each revision."""

        ordering: ClassVar = ["part", "revision"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "revision"], name="one_saving_of_each_revision")
        ]


class PlanVersion(Recorded):
    """A version that was issued, as it was sent: never changed.

    ``kind`` is the event it was issued with, ``event`` the number of that event in the case, ``content`` the entries as
    ``written.to_json`` gives them, and ``seal`` their SHA-256, which a row of the log repeats.
    """

    class Kind(models.TextChoices):
        """What was issued."""

        DRAFT = "draft_plan_sent", "Draft plan"
        FINAL = "final_plan_issued", "Final plan"
        PROPOSED = "amendment_notice_sent", "Proposed amendments"
        AMENDED = "amended_plan_issued", "Final amended plan"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=Kind.choices)
    day = models.DateField()
    event = models.PositiveIntegerField()
    content = models.JSONField()
    seal = models.CharField(max_length=64)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """One version of each number in a case."""

        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_version_of_each_number")]

    def __str__(self) -> str:
        return f"Version {self.number}: {self.get_kind_display().lower()}"
