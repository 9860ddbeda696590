"""Answers to what the yearly return asks of a person."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from rightplace.web.cases.models import Case
from rightplace.web.cases.models.event import Recorded


class ReturnAnswers(Recorded):
    """The answers of one case as they were saved: the latest count, the earlier ones stay.

    ``values`` are texts by the names of ``form.ItemsForm``, with codes as in the SEN2 return; what is not answered is "".
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="return_answers")
    number = models.PositiveIntegerField()
    values = models.JSONField(default=dict)
    key = models.CharField(max_length=64, null=True, unique=True)

    class Meta:
        """In order, one of each number."""

        ordering: ClassVar = ["case", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_answers_of_each_number")]
