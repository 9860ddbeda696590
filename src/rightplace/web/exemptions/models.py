"""That an exemption no longer counts."""

from __future__ import annotations

from django.db import models

from rightplace.web.cases.models import CaseExemption
from rightplace.web.cases.models.event import Recorded


class Withdrawal(Recorded):
    """Why an exemption was withdrawn. The exemption stays in the record; nothing counts it any more."""

    exemption = models.OneToOneField(CaseExemption, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
