"""Findings about settings, every saving of them, and decisions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class Findings(Recorded):
    """The answers to the questions of law of one case as they were saved: the latest count, the earlier ones stay.

    ``values`` is {question: {"answer": true, false or null, "evidence": text}}, and "status": a
    ``placement_facts.SettingStatus`` code.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placement_findings")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """In order, one of each number."""

        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_findings_of_each_number")]


class Decision(Recorded):
    """What a named person decided, on which findings, and how the tests stood: kept as it was.

    ``tests`` are {id, ground, question, result, reason, evidence} in the order of the law.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placement_decisions")
    day = models.DateField()
    asked_for = models.CharField(max_length=200, blank=True)
    named = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=200)
    reasons = models.TextField()
    decided_by = models.CharField(max_length=150)
    without_ground = models.BooleanField(default=False)
    findings = models.PositiveIntegerField()
    tests = models.JSONField()
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-day", "-pk"]
