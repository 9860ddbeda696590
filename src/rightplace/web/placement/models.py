"""Findings about settings, every saving of them, decisions, and where somebody is placed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.vocabulary.codes import Sen2Setting
from rightplace.web.accounts.models import Organisation
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


class Stay(models.Model):
    """That somebody attends a setting, or is under another arrangement, from a day and perhaps until one.

    ``kind`` is a ``vocabulary.codes.Sen2Setting`` code where it is no setting that we know, ``other`` then says what it is.
    ``struck`` says why it does not count, where it was entered by mistake. ``replaced`` is the case's setting before it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stays")
    rank = models.PositiveSmallIntegerField(default=1)
    setting = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="stays")
    replaced = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, blank=True)
    other = models.CharField(max_length=150, blank=True)
    entry = models.DateField()
    leaving = models.DateField(null=True, blank=True)
    sen_unit = models.BooleanField(default=False)
    resourced = models.BooleanField(default=False)
    residential = models.CharField(max_length=1, blank=True)
    work_based = models.CharField(max_length=1, blank=True)
    struck = models.CharField(max_length=500, blank=True)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-entry", "rank", "-pk"]

    def __str__(self) -> str:
        return str(self.setting) if self.setting else (self.other or Sen2Setting.labels().get(self.kind, self.kind))
